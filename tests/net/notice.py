#!/usr/bin/env python3
"""Notices over real sockets: a webhook receiver that misbehaves and checks signatures by itself, a ping receiver, a real mail server.

A job fails for a reason that stays; every channel is told. Each time: what arrived, what passa says, that the job's own exit code is
the same whatever receivers do, and that no secret of a channel stands in any output.

Skipped (77), visibly, where python3-aiosmtpd is not installed. Usage: notice.py PASSA
"""
import base64
import email
import email.policy
import hashlib
import hmac
import http.server
import json
import logging
import os
import shutil
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import leaks

LEAKS = leaks.watch()

DEBIAN = "/usr/bin/python3"  # where Debian's packages are, when another Python comes first
try:
    from aiosmtpd.controller import Controller
    from aiosmtpd.smtp import AuthResult
except ModuleNotFoundError:
    if sys.executable == DEBIAN or not os.path.exists(DEBIAN):
        print("skipped: python3-aiosmtpd is not installed; run scripts/deps")
        sys.exit(77)
    os.execv(DEBIAN, [DEBIAN, *sys.argv])

os.environ["AIOSMTPD_CONTROLLER_TIMEOUT"] = "60"  # seconds: on a busy machine one is not enough
PASSA = str(Path(sys.argv[1]).resolve())
LIMIT = 120  # seconds that a single command may take
SECRETS = ["whsec_" + base64.b64encode(os.urandom(32)).decode() for _ in range(2)]
PASSWORD = "quiet-heron-" + os.urandom(8).hex()
WORLD = """
apiVersion: passa/v1
kind: Organizer
metadata: {name: demo-organizer}
spec: {title: Demo Organizer, zone: Africa/Nairobi}
"""


class Receiver(http.server.ThreadingHTTPServer):
    """Answers as `mood` says and keeps what it was sent."""
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Visit)
        self.mood, self.seen, self.released = "well", [], threading.Event()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}"


class Visit(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen.append((self.path, dict(self.headers), body))
        mood = self.server.mood
        if mood == "hang":
            self.server.released.wait(LIMIT)
            return
        if mood == "huge":
            self.send_response(200)
            self.send_header("Content-Length", str(1 << 30))
            self.end_headers()
            try:
                while not self.server.released.is_set():
                    self.wfile.write(b"x" * 65536)
            except OSError:
                pass
            return
        if mood == "slow":
            self.send_response(200)
            self.send_header("Content-Length", "10000")
            self.end_headers()
            try:
                while not self.server.released.wait(1):
                    self.wfile.write(b"x")
            except OSError:
                pass
            return
        status = {"well": 204, "broken": 500, "moved": 302, "gone": 410}[mood]
        self.send_response(status)
        if mood == "moved":
            self.send_header("Location", self.server.url + "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def check_signature(headers, body, now):
    """As a receiver does: constant time, its own secret, no older than five minutes."""
    headers = {key.lower(): value for key, value in headers.items()}
    stamp = headers["webhook-timestamp"]
    assert abs(int(stamp) - now) <= 300, (stamp, now)
    signed = b".".join([headers["webhook-id"].encode(), stamp.encode(), body])
    given = headers["webhook-signature"].split(" ")
    assert len(given) == len(SECRETS), given
    for secret in SECRETS:
        key = base64.b64decode(secret.removeprefix("whsec_"))
        wanted = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        assert any(hmac.compare_digest(wanted, each) for each in given), "a signature is wrong"
    return headers["webhook-id"]


class MailServer(Controller):
    """On a free port: aiosmtpd looks for itself on the port it was given."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class Mailbox:
    def __init__(self):
        self.letters, self.refuse, self.unknown = [], None, {}

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if address in self.unknown:
            return self.unknown[address]
        envelope.rcpt_tos.append(address)
        return "250 known"

    async def handle_DATA(self, _server, _session, envelope):
        if self.refuse:
            return self.refuse
        self.letters.append(envelope)
        return "250 taken"


class Story:
    def __init__(self, home):
        self.home, self.clock = home, 0
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(home), "PASSA_HOME": str(home / "passa"), "PASSA_IDLE_STOP": "2h", "LC_ALL": "C.UTF-8", "PASSA_ACTOR": "tester"}

    def now(self):
        return int(time.time()) + self.clock

    def run(self, *words, exits=0, fault=None):
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self.now()))
        done = subprocess.run([PASSA, *words], env={**self.environment, "PASSA_NOW": stamp, **({"PASSA_FAULT": fault} if fault else {})}, cwd=self.home, capture_output=True, text=True, timeout=LIMIT, umask=0o077)
        assert done.returncode == exits, f"passa {' '.join(words)}: exit {done.returncode}, not {exits}\n{done.stdout}{done.stderr}"
        return done

    def ask(self, *words, exits=0):
        return json.loads(self.run(*words, "--json", "--quiet", exits=exits).stdout)

    def declare(self, name, spec):
        text = f"apiVersion: passa/v1\nkind: NoticeChannel\nmetadata: {{name: {name}, organizer: demo-organizer}}\nspec: {json.dumps(spec)}\n"
        (self.home / f"{name}.yaml").write_text(text)
        self.run("apply", f"{name}.yaml", "--quiet")

    def keep_secret(self, name, text):
        folder = self.home / "passa" / "credentials"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / name).write_text(text)
        (folder / name).chmod(0o600)

    def fail_a_job(self):
        self.clock += 1
        self.run("job", "run", "settle", "--event", "nowhere", "--quiet", exits=1)

    def deliver(self, exits=0):
        return {item["channel"]: item for item in self.ask("notice", "deliver", exits=exits)["items"]}

    def later(self, seconds):
        self.clock += seconds


def webhooks(story, receiver):
    story.keep_secret("hook-secret", "\n".join(SECRETS) + "\n")
    story.declare("hook", {"type": "webhook", "url": receiver.url + "/hook", "credential": "hook-secret", "privateAddresses": True})
    story.fail_a_job()
    assert story.deliver()["hook"]["state"] == "sent"
    path, headers, body = receiver.seen[-1]
    told = json.loads(body)
    assert path == "/hook" and told["type"] == "run.failed" and told["data"]["error_code"] == "event.not_found", told
    assert check_signature(headers, body, story.now()) == told["id"]

    story.fail_a_job()
    ids, bodies, waits = set(), set(), [60, 300, 1800, 7200, 18000]
    for mood, wait in zip(["broken", "moved", "hang", "huge", "slow"], waits):
        receiver.mood, began = mood, time.monotonic()
        item = story.deliver(exits=3)["hook"]
        assert item["state"] == "waiting" and item["error"], item
        assert time.monotonic() - began < 60, f"{mood} was waited for too long"
        assert receiver.seen[-1][0] == "/hook", "a redirect was followed"
        ids.add(check_signature(receiver.seen[-1][1], receiver.seen[-1][2], story.now()))
        bodies.add(receiver.seen[-1][2])
        assert story.deliver() == {}, "it was tried again too early"
        story.later(wait)
    receiver.mood = "well"
    assert story.deliver()["hook"]["state"] == "sent"
    ids.add(check_signature(receiver.seen[-1][1], receiver.seen[-1][2], story.now()))
    assert len(ids) == 1 and len(bodies) == 1, "tries of one notice are not one message"

    before = len(receiver.seen)
    story.fail_a_job()
    story.run("notice", "deliver", fault="notice.end.before:1:kill", exits=-9)  # taken by the receiver, and nobody knows it
    assert story.deliver() == {}, "another courier took what may be on its way"
    story.later(60)
    assert story.deliver()["hook"]["state"] == "sent"
    twice = receiver.seen[before:]
    assert len(twice) == 2 and len({check_signature(headers, body, story.now()) for _, headers, body in twice}) == 1, "two messages for one notice"

    receiver.mood = "gone"
    story.fail_a_job()
    assert story.deliver(exits=3)["hook"]["state"] == "dead"
    receiver.mood = "well"


def closed_doors(story, receiver):
    """Without leave, nothing inside the house is reached, whatever the address looks like."""
    before = len(receiver.seen)
    port = receiver.server_address[1]
    for host in ("127.0.0.1", "localhost"):
        story.declare("hook", {"type": "webhook", "url": f"http://{host}:{port}/hook", "credential": "hook-secret"})
        problem = json.loads(story.run("notice", "test", "hook", "--json", "--quiet", exits=1).stderr)["problems"][0]
        assert problem["code"] == "notice.not_sent" and "private address" in problem["message"], problem
    assert len(receiver.seen) == before
    story.fail_a_job()
    story.run("delete", "NoticeChannel", "hook", "--quiet")
    given_up = story.ask("notice", "deliver", exits=3)["items"]
    assert [item["error"] for item in given_up] == ["its channel was deleted"], given_up


def pings(story, receiver):
    """Its address is a secret: it comes from the credential, and stands in no output."""
    story.keep_secret("ping-url", receiver.url + "/ping/5ecre7-0ne\n")
    story.declare("ping", {"type": "ping", "credential": "ping-url", "privateAddresses": True, "jobs": ["settle"]})
    story.later(1)
    story.run("job", "run", "settle", "--quiet")
    story.fail_a_job()
    assert [item["state"] for item in story.ask("notice", "deliver")["items"]] == ["sent", "sent"]
    paths = [path.split("?")[0] for path, _, _ in receiver.seen[-2:]]
    assert paths == ["/ping/5ecre7-0ne", "/ping/5ecre7-0ne/fail"], paths
    rids = [path.split("?rid=")[1] for path, _, _ in receiver.seen[-2:]]
    assert rids[0] != rids[1], rids
    story.declare("ping", {"type": "ping", "credential": "ping-url", "privateAddresses": True, "tell": ["run.started", "run.done", "run.failed"]})
    story.later(1)
    story.run("job", "run", "settle", "--quiet")
    story.deliver()
    paths = [path.split("?")[0] for path, _, _ in receiver.seen[-2:]]
    assert paths == ["/ping/5ecre7-0ne/start", "/ping/5ecre7-0ne"], paths
    rids = [path.split("?rid=")[1] for path, _, _ in receiver.seen[-2:]]
    assert rids[0] == rids[1], rids
    story.declare("ping", {"type": "ping", "credential": "ping-url", "privateAddresses": True, "exitStatus": True, "tell": ["run.started", "run.done", "run.failed"]})
    before = len(receiver.seen)
    story.later(1)
    story.run("job", "run", "settle", "--quiet")
    story.deliver()
    story.fail_a_job()
    story.deliver()
    story.run("notice", "test", "ping", "--quiet")
    paths = [path.split("?")[0].removeprefix("/ping/5ecre7-0ne") for path, _, _ in receiver.seen[before:]]
    assert paths == ["/start", "/0", "/start", "/1", ""], paths
    rids = [path.split("?rid=")[1] for path, _, _ in receiver.seen[before:]]
    assert rids[0] == rids[1] != rids[2] == rids[3], rids
    story.run("delete", "NoticeChannel", "ping", "--quiet")


def letters(story):
    box = Mailbox()
    server = MailServer(box, hostname="127.0.0.1", port=0)
    server.start()
    port = server.port
    spec = {"type": "email", "server": f"127.0.0.1:{port}", "tls": "none", "from": "passa@example.org", "to": ["ann@example.org", "ben@example.org"], "language": "sw"}
    try:
        story.declare("mail", spec)
        story.fail_a_job()
        assert story.deliver()["mail"]["state"] == "sent"
        envelope = box.letters[-1]
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert envelope.rcpt_tos == spec["to"] and envelope.mail_from == spec["from"]
        assert letter["Subject"] == "Demo Organizer: kazi settle imeshindwa", letter["Subject"]
        assert "passa job resume job_" in letter.get_content() and letter["Message-ID"].startswith("<ntc_"), letter
        story.declare("mail", {**spec, "language": "en"})
        story.run("notice", "test", "mail", "--quiet")
        assert email.message_from_bytes(box.letters[-1].content, policy=email.policy.default)["Subject"] == "Demo Organizer: notices arrive"

        box.unknown = {"ben@example.org": "550 \x1b[31mleft the firm"}
        story.fail_a_job()
        item = story.deliver()["mail"]
        assert box.letters[-1].rcpt_tos == ["ann@example.org"], "one who left silences the others"
        assert item["state"] == "sent" and "the recipient <ben@example.org>: 550 \\x1b[31mleft the firm" in item["error"], item
        box.unknown = {"ben@example.org": "451 later"}
        story.fail_a_job()
        assert story.deliver(exits=3)["mail"]["state"] == "waiting", "who was put off hears nothing"
        box.unknown = {}
        story.later(60)
        assert story.deliver()["mail"]["state"] == "sent" and box.letters[-1].rcpt_tos == spec["to"]
        box.unknown = dict.fromkeys(spec["to"], "550 nobody")
        story.fail_a_job()
        assert story.deliver(exits=3)["mail"]["state"] == "dead"
        box.unknown = {}

        box.refuse = "451 later"
        story.fail_a_job()
        item = story.deliver(exits=3)["mail"]
        assert item["state"] == "waiting" and "refuses the letter: 451 later" in item["error"], item
        box.refuse = None
        story.later(60)
        assert story.deliver()["mail"]["state"] == "sent"
        box.refuse = "554 never"
        story.fail_a_job()
        assert story.deliver(exits=3)["mail"]["state"] == "dead"
        box.refuse = None

        story.declare("mail", {**spec, "tls": "starttls", "privateAddresses": True})  # which this server has not
        story.fail_a_job()
        item = story.deliver(exits=3)["mail"]
        assert item["state"] == "waiting" and "STARTTLS" in item["error"], item
    finally:
        server.stop()
    item = json.loads(story.run("notice", "test", "mail", "--json", "--quiet", exits=1).stderr)["problems"][0]
    assert "refused" in item["message"], item
    return spec


def hidden_letters(story, spec):
    """A password goes only to a server whose certificate is trusted: this one's is its own."""
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem", "-days", "2", "-subj", "/CN=localhost"], cwd=story.home, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(story.home / "cert.pem", story.home / "key.pem")
    logins, box = [], Mailbox()

    def log_in(_server, _session, _envelope, _mechanism, data):
        logins.append(data)
        return AuthResult(success=True)

    server = MailServer(box, hostname="127.0.0.1", port=0, tls_context=context, authenticator=log_in, auth_required=True)
    server.start()
    try:
        story.keep_secret("mail-password", PASSWORD + "\n")
        port = server.port
        story.declare("mail", {**spec, "server": f"localhost:{port}", "tls": "starttls", "username": "passa", "credential": "mail-password", "privateAddresses": True})
        problem = json.loads(story.run("notice", "test", "mail", "--json", "--quiet", exits=1).stderr)["problems"][0]
        assert "certificate" in problem["message"], problem
        assert logins == [] and box.letters == []
    finally:
        server.stop()


class HiddenMailServer(MailServer):
    """TLS from the first byte: then aiosmtpd cannot look for itself."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        self.smtpd = "made at the first connection"
        self._factory_invoked.set()


def make_certificate(home, name, subject, *dates):
    """Signed by the test's own authority."""
    def openssl(*words):
        subprocess.run(["openssl", *words], cwd=home, check=True, capture_output=True)

    if not (home / "ca.pem").exists():
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=Demo Authority")
        (home / "index.txt").write_text("")
        (home / "ca.conf").write_text("[ca]\ndefault_ca=it\n[it]\ndatabase=index.txt\nnew_certs_dir=.\nrand_serial=yes\ndefault_md=sha256\npolicy=any\nunique_subject=no\ncopy_extensions=copy\n[any]\ncommonName=supplied\n")
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={subject}", "-addext", f"subjectAltName=DNS:{subject}")
    openssl("ca", "-batch", "-config", "ca.conf", "-in", f"{name}.csr", "-out", f"{name}.pem", "-cert", "ca.pem", "-keyfile", "ca.key", "-notext", *(dates or ("-days", "2")))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(home / f"{name}.pem", home / f"{name}.key")
    return context


def trusted_letters(story, spec):
    """With the authority named in the channel, letters and the password go out, hidden: by STARTTLS and from the first byte. A certificate
    of another name or of yesterday, or another authority, gets neither."""
    well = make_certificate(story.home, "well", "localhost")
    other_name = make_certificate(story.home, "other-name", "mail.example.org")
    expired = make_certificate(story.home, "expired", "localhost", "-startdate", "20200101000000Z", "-enddate", "20200102000000Z")
    story.keep_secret("mail-ca", (story.home / "ca.pem").read_text())
    story.keep_secret("another-ca", (story.home / "cert.pem").read_text())
    story.keep_secret("no-ca", "this is no certificate\n")
    logins, box = [], Mailbox()

    def log_in(_server, _session, _envelope, _mechanism, data):
        logins.append(data)
        return AuthResult(success=True)

    for tls, make in (("starttls", lambda context: MailServer(box, hostname="127.0.0.1", port=0, tls_context=context, require_starttls=True, authenticator=log_in, auth_required=True)),
                      ("implicit", lambda context: HiddenMailServer(box, hostname="127.0.0.1", port=0, ssl_context=context, authenticator=log_in, auth_required=True, auth_require_tls=False))):
        for context, authority, refusal in ((well, "mail-ca", None), (other_name, "mail-ca", "not to be trusted"), (expired, "mail-ca", "not to be trusted"), (well, "another-ca", "not to be trusted"), (well, "no-ca", "no certificates"), (well, None, "not to be trusted")):
            del logins[:], box.letters[:]
            server = make(context)
            server.start()
            try:
                more = {"caFile": authority} if authority else {}
                story.declare("mail", {**spec, "server": f"localhost:{server.port}", "tls": tls, "username": "passa", "credential": "mail-password", "privateAddresses": True, **more})
                done = story.run("notice", "test", "mail", "--json", "--quiet", exits=1 if refusal else 0)
                if refusal:
                    assert refusal in json.loads(done.stderr)["problems"][0]["message"], (tls, authority, done.stderr)
                    assert logins == [] and box.letters == [], (tls, authority)
                else:
                    assert [login.password.decode() for login in logins] == [PASSWORD] and len(box.letters) == 1, (tls, logins)
            finally:
                server.stop()


def main():
    logging.getLogger("mail.log").setLevel(logging.CRITICAL + 1)  # it tells of the handshake that is refused
    warnings.filterwarnings("ignore", message="Requiring AUTH while not requiring TLS")  # it does not know of TLS from the first byte
    home = Path(tempfile.mkdtemp(prefix="passa-notice-"))
    LEAKS.know(*SECRETS, *(secret.removeprefix("whsec_") for secret in SECRETS), PASSWORD, "5ecre7-0ne")
    LEAKS.keep(home / "passa" / "credentials")
    story = Story(home)
    receiver = Receiver()
    try:
        (home / "world.yaml").write_text(WORLD)
        story.run("apply", "world.yaml", "--quiet")
        webhooks(story, receiver)
        print("a webhook is signed, tried again as one message, and given up")
        closed_doors(story, receiver)
        print("nothing inside the house is reached without leave")
        pings(story, receiver)
        print("pings say well or not")
        spec = letters(story)
        hidden_letters(story, spec)
        print("letters arrive, in Swahili and English; none leaves in the clear")
        trusted_letters(story, spec)
        print("hidden letters go to the server that was meant, and to no other")
    finally:
        receiver.released.set()
        story.run("db", "stop")
        shutil.rmtree(home)
    return 0


if __name__ == "__main__":
    sys.exit(main())
