#!/usr/bin/env python3
"""Contracts on a real local network: deployed from a manifest, once however often and by however many; asked, called, and what became of each call.

The contract is the one of the recorded vectors (hello, pay). Skipped (77), visibly, where contracts/localnet was not built.
Usage: contract.py PASSA LOCALNET
"""
import base64
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import leaks

leaks.watch()

WORKFLOW = Path(__file__).resolve().parents[2] / "templates/ci/github-contracts.yaml"
WASM = Path(__file__).resolve().parents[2] / "contracts/wasm"
VECTORS = Path(__file__).resolve().parents[1] / "fixtures/vectors/network/soroban_basic.json"
TEXT = """apiVersion: passa/v1
kind: {kind}
metadata: {{name: {name}}}
spec:
"""


def recorded_wasm():
    """The code in the recorded upload: an envelope with one operation that holds nothing else of that size."""
    steps = json.loads(VECTORS.read_text())["steps"]
    envelope = base64.b64decode(next(step["envelope"] for step in steps if step["label"] == "upload"))
    at = envelope.index(b"\0asm")
    size = int.from_bytes(envelope[at - 4:at], "big")
    return envelope[at:at + size]


def manifest(kind, name, **spec):
    return TEXT.format(kind=kind, name=name) + "".join(f"  {key}: {value}\n" for key, value in spec.items())


def workflow_steps():
    """The commands of each named step."""
    steps = {}
    for part in WORKFLOW.read_text().split("\n      - ")[1:]:
        name, run = re.match(r"name: (.*)\n", part), re.search(r"\n        run: \|\n((?:          .*\n?)+)", part)
        if name and run:
            steps[name[1]] = textwrap.dedent(run[1])
    return steps


class Story:
    def __init__(self, passa, url, folder):
        self.passa = passa
        self.folder = folder
        self.environment = {**os.environ, "PASSA_HOME": str(folder / "home"), "PASSA_RPC_URL": url, "PASSA_NETWORK": "standalone"}
        secret = folder / "pass"
        secret.write_text("quiet-heron-" + os.urandom(8).hex() + "\n")
        secret.chmod(0o600)
        self.wasm = recorded_wasm()
        (folder / "basic.wasm").write_bytes(self.wasm)
        self.sha256 = hashlib.sha256(self.wasm).hexdigest()
        self.pay = ("--yes", "standalone", "--passphrase-file", "pass")

    def start(self, *words, fault=None, cwd=None):
        environment = {**self.environment, **({"PASSA_FAULT": fault} if fault else {})}
        return subprocess.Popen([self.passa, *words], env=environment, cwd=cwd or self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run(self, *words, code=0, fault=None):
        process = self.start(*words, fault=fault)
        out, err = process.communicate(timeout=180)
        assert process.returncode == code, f"passa {' '.join(words)}: exit {process.returncode}, not {code}\n{out}{err}"
        return out, err

    def told(self, *words, code=0):
        return json.loads(self.run(*words, "--json", code=code)[0])

    def fails(self, code, exit_code, *words):
        err = self.run(*words, "--json", code=exit_code)[1]
        problem = json.loads(err.splitlines()[-1])["problems"][0]
        assert problem["code"] == code, problem
        return problem

    def apply(self, text):
        path = self.folder / "what.yaml"
        path.write_text(text)
        self.run("apply", "-f", str(path))

    def calls(self):
        return self.told("contract", "calls")["items"]

    def account(self, name):
        return self.run("key", "export-public", name)[0].strip()

    def begin(self):
        for name in ("deployer", "ops", "guest"):
            self.run("key", "new", name, "--passphrase-file", "pass")
            self.run("account", "create", name, "--friendbot")
        self.apply(manifest("Organizer", "demo", title="Demo", zone="Africa/Nairobi"))

    def deploy(self):
        """Planned, deployed, and the second time nothing is left to do."""
        self.apply(manifest("Contract", "basic", network="standalone", wasm="basic.wasm", sha256=self.sha256, key="deployer"))
        (self.folder / "basic.wasm").write_bytes(self.wasm + b"\0")
        self.fails("contract.pinned", 1, "contract", "plan")
        self.fails("contract.pinned", 1, "contract", "apply", *self.pay)
        (self.folder / "basic.wasm").write_bytes(self.wasm)
        plan = self.told("contract", "plan")["items"][0]
        assert (plan["state"], plan["steps"]) == ("absent", "upload, create"), plan
        assert float(plan["fee_of_first_step"]["amount"]) > 0, plan
        self.run("contract", "diff", code=5)
        self.fails("contract.absent", 1, "contract", "show", "basic")
        self.fails("cli.needs_yes", 2, "contract", "apply")
        assert self.told("contract", "apply", "--dry-run")["contracts"][0]["steps"] == "upload, create"
        assert self.calls() == []
        made = self.told("contract", "apply", *self.pay)["items"][0]
        assert made["state"] == "deployed" and made["address"] == plan["address"] and made["transaction"], made
        again = self.told("contract", "apply", *self.pay)["items"][0]
        assert again["transaction"] is None and again["address"] == made["address"], again
        assert [(one["what"].split()[0], one["state"]) for one in self.calls()] == [("create", "confirmed"), ("upload", "confirmed")], self.calls()
        self.run("contract", "diff")
        lock = json.loads((self.folder / "contracts.standalone.lock.json").read_text())["contracts"]["basic"]
        assert lock["address"] == made["address"] and lock["sha256"] == self.sha256 and lock["transaction"] == made["transaction"], lock
        self.address = made["address"]

    def refuse(self):
        """Other code, another meaning of a name, what the interface does not know."""
        self.apply(manifest("Contract", "basic", network="standalone", wasm="basic.wasm", sha256=self.sha256, key="deployer", salt="another"))
        self.fails("contract.locked", 1, "contract", "apply", *self.pay)
        self.apply(manifest("Contract", "basic", network="standalone", wasm="basic.wasm", sha256="12" * 32, key="deployer"))
        assert self.told("contract", "diff", code=5)["items"][0]["runs"] == self.sha256
        self.fails("contract.drifted", 5, "contract", "apply", *self.pay)
        self.apply(manifest("Contract", "basic", network="standalone", wasm="basic.wasm", sha256=self.sha256, key="deployer"))
        self.fails("contract.name", 1, "contract", "read", "basic", "pay", "--tok", "party:nobody", "--from", "account:ops", "--to", "account:ops", "--amount", "1")
        self.fails("contract.no_function", 2, "contract", "read", "basic", "helo")
        self.fails("contract.no_argument", 2, "contract", "read", "basic", "hello", "--name", "x")
        self.fails("contract.missing_argument", 2, "contract", "read", "basic", "pay", "--amount", "1")
        self.fails("contract.unknown", 1, "contract", "show", "basik")
        self.fails("contract.value", 2, "contract", "read", "basic", "pay", "--tok", "x", "--from", "x", "--to", "x", "--amount", "1")

    def ask(self):
        shown = self.told("contract", "show", "basic")
        assert [one["name"] for one in shown["functions"]] == ["pay", "hello"] and shown["sha256"] == self.sha256, shown
        arguments = self.told("contract", "show", self.address, "pay")["arguments"]
        assert [(one["name"], one["type"]) for one in arguments] == [("tok", "Address"), ("from", "Address"), ("to", "Address"), ("amount", "i128")], arguments
        assert self.told("contract", "show", "basic.wasm")["sha256"] == self.sha256
        read = self.told("contract", "read", "basic", "hello")
        assert read["value"] == "hi" and read["ledger"] > 0, read
        only_read = self.told("contract", "invoke", "basic", "hello", "--key", "ops", *self.pay)
        assert only_read["value"] == "hi" and "transaction" not in only_read, only_read

    def help(self):
        """What a function takes is told by the contract itself, by its name, by its address, and of a file."""
        for word in ("basic", self.address, "basic.wasm"):
            told = self.run("contract", "invoke", word, "pay", "--help")[0]
            assert "--amount VALUE\n      a whole number, -2^127 to 2^127-1\n" in told and "Returns:\n  nothing\n" in told, told
        assert "Functions:\n  pay\n  hello\n" in self.run("contract", "read", "basic", "--help")[0]
        problem = self.fails("contract.no_function", 2, "contract", "invoke", "basic", "helo", "--help")
        assert problem["hint"] == "did you mean hello? it has: pay, hello", problem
        self.fails("contract.unknown", 1, "contract", "read", "basik", "hello", "--help")

    def pay_through(self):
        """A call that moves money of its caller; and one that another must authorise."""
        self.apply(manifest("Contract", "xlm", network="standalone", asset="XLM", key="deployer"))
        before = len(self.calls())
        self.run("contract", "apply", "xlm", *self.pay)
        names = ("--tok", "contract:xlm", "--from", "account:ops", "--to", "account:guest", "--amount", "50000000")
        tried = self.told("contract", "invoke", "basic", "pay", *names, "--key", "ops", "--dry-run")
        assert [one["what"].split("(")[0].split()[-1] for one in tried["authorises"]] == ["pay", "transfer"], tried
        held = self.balance("guest")
        paid = self.told("contract", "invoke", "basic", "pay", *names, "--key", "ops", *self.pay)
        assert self.balance("guest") == held + 5 and paid["events"] and float(paid["fee"]["amount"]) < float(tried["fee_at_most"]["amount"]), (paid, tried)
        problem = self.fails("contract.unsigned", 4, "contract", "invoke", "basic", "pay", *names, "--key", "guest", *self.pay)
        assert self.account("ops") in problem["message"], problem
        self.run("contract", "invoke", "basic", "pay", *names, "--key", "guest", "--sign-with", "ops", *self.pay)
        too_much = names[:-1] + ("99999999999999999",)
        self.apply(manifest("Treasury", "till", rail="stellar", network="standalone", address=self.account("ops"), key="ops", asset="XLM"))
        self.fails("contract.treasury", 1, "contract", "invoke", "basic", "pay", *names, "--key", "ops", *self.pay)
        self.run("delete", "Treasury", "till")
        self.fails("contract.refused", 1, "contract", "invoke", "basic", "pay", *too_much, "--key", "ops", *self.pay)
        self.fails("contract.fee", 1, "contract", "invoke", "basic", "pay", *names, "--key", "ops", "--max-fee", "0.0001", *self.pay)
        assert all(one["state"] == "confirmed" for one in self.calls()) and len(self.calls()) == before + 3, self.calls()
        asked = self.told("contract", "read", "xlm", "balance", "--id", "account:guest")
        assert int(asked["value"]) == round(self.balance("guest") * 10**7), asked

    def listen(self):
        """Events by what the contract says of them; each once for whoever goes on behind the last."""
        told = self.told("contract", "events", "xlm")["items"]
        moved = [one["event"]["parameters"] for one in told if one["event"]["name"] == "transfer"][-2:]
        assert [(one["from"], one["to"], one["asset"], one["amount"]) for one in moved] == [(self.account("ops"), self.account("guest"), "native", "50000000")] * 2, told
        assert self.told("contract", "events", "xlm", "--after", told[0]["id"])["items"] == told[1:], told
        assert self.told("contract", "events", "xlm", "--after", told[-1]["id"])["items"] == []
        assert self.told("contract", "events", "xlm", "--limit", "1")["items"] == told[:1]
        self.fails("contract.from", 2, "contract", "events", "xlm", "--from", "4000000000")

    def keep(self):
        """Rent is paid ahead; what is paid for longer stays so."""
        before = self.told("contract", "show", "basic")
        kept = self.told("contract", "extend", "basic", "--ledgers", "500000", "--key", "ops", *self.pay)
        assert kept["lives_until"] >= before["ledger"] + 500000 and kept["code_lives_until"] >= before["ledger"] + 500000, (before, kept)
        self.fails("contract.ledgers", 2, "contract", "extend", "basic", "--ledgers", "0", "--key", "ops", *self.pay)

    def balance(self, name):
        return float(self.told("account", "show", name)["balance"]["amount"])

    def die_and_go_on(self):
        """Killed before and after each step: the next run makes one contract, and knows what was sent."""
        killed = 0
        for number, fault in enumerate(("contract.call.before:1", "contract.call.after:1", "rail.ask.before:1", "rail.ask.after:1", "contract.outcome.before:1", "contract.call.before:2", "rail.ask.after:3"), 1):
            name = f"copy-{number}"
            self.apply(manifest("Contract", name, network="standalone", wasm="basic.wasm", sha256=self.sha256, key="deployer"))
            process = self.start("contract", "apply", name, *self.pay, fault=fault + ":kill")
            process.communicate(timeout=180)
            if process.returncode == 0:  # the code is there already, so there are fewer steps
                continue
            assert process.returncode == -signal.SIGKILL, process.returncode
            killed += 1
            made = self.told("contract", "apply", name, *self.pay)["items"][0]
            assert made["state"] == "deployed", made
        assert killed >= 5, f"only {killed} of the points were reached"
        open_ones = [one for one in self.calls() if one["state"] not in ("confirmed", "dead")]
        assert open_ones == [], open_ones

    def two_at_once(self):
        """From one folder the second waits its turn or says so; from two homes with the same key one contract is made."""
        self.apply(manifest("Contract", "shared", network="standalone", wasm="basic.wasm", sha256=self.sha256, key="deployer"))
        ends = []
        starts = [self.start("contract", "apply", "shared", *self.pay, "--json") for _ in range(3)]
        for process in starts:
            out, err = process.communicate(timeout=180)
            ends.append((process.returncode, out, err))
        assert {code for code, _, _ in ends} <= {0, 75} and any(code == 0 for code, _, _ in ends), ends
        made = [json.loads(out)["items"][0]["transaction"] for code, out, _ in ends if code == 0]
        assert len([one for one in made if one]) == 1, ends

    def pipeline(self):
        """The workflow of templates/ci, step by step as its runner would: planned on a pull request, deployed by a push, and by the next one not again."""
        steps = workflow_steps()
        seed = "SBGWSG6BTNCKCOB3DIFBGCVMUPQFYPA2G4O34RMTB343OYPXU5DJDVMN"
        leaks.watch().know(seed)
        project = self.folder / "project"
        project.mkdir()
        (project / "basic.wasm").write_bytes(self.wasm)
        (project / "contracts.yaml").write_text(manifest("Organizer", "demo", title="Demo", zone="Africa/Nairobi") + "---\n" + manifest("Contract", "piped", network="standalone", wasm="basic.wasm", sha256=self.sha256, key="deployer"))
        self.run("account", "create", "GDRXE2BQUC3AZNPVFSCEZ76NJ3WWL25FYFK6RGZGIEKWE4SOOHSUJUJ6", "--friendbot")
        for run in ("first", "again"):
            home = self.folder / run
            home.mkdir()
            environment = {**self.environment, "PASSA_HOME": str(home / "home"), "KEY": "deployer", "RUNNER_TEMP": str(home), "GITHUB_STEP_SUMMARY": str(home / "summary"),
                           "DEPLOYER_SEED": seed, "PATH": f"{Path(self.passa).parent}:{os.environ['PATH']}"}
            told = ""
            for name in ("Declare", "Plan", "Apply"):
                done = subprocess.run(["bash", "-eo", "pipefail", "-c", steps[name]], env=environment, cwd=project, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=180)
                assert done.returncode == 0, (name, done.stdout, done.stderr)
                told += done.stdout + done.stderr
            subprocess.run([self.passa, "db", "stop"], env=environment, check=True, capture_output=True, timeout=60)
            planned = (home / "summary").read_text()
            assert ("absent" in planned, "deployed" in planned) == ((True, False) if run == "first" else (False, True)), planned
            assert seed not in told
        lock = json.loads((project / "contracts.standalone.lock.json").read_text())["contracts"]["piped"]
        assert lock["transaction"] and lock["sha256"] == self.sha256, lock

    def upgrade(self):
        """Held against everything that says what it should be; given other code by its own function, or told how it does that itself."""
        self.run("contract", "verify", "basic")
        (self.folder / "other.wasm").write_bytes(self.wasm + b"\0\x01\0")
        checks = self.told("contract", "verify", "basic", "--wasm", "other.wasm", code=5)["checks"]
        assert {one["by"]: one["agrees"] for one in checks} == {"manifest": True, "other.wasm": False, "lock file: address": True, "lock file: code": True, "lock file: interface": True}, checks
        self.run("contract", "verify", self.address, "--wasm", "basic.wasm", "--network", "standalone")
        self.fails("contract.nothing_to_verify", 2, "contract", "verify", self.address)
        self.fails("contract.no_code", 2, "contract", "verify", "xlm")
        old = (WASM / "successor.wasm").read_bytes()
        (self.folder / "till.wasm").write_bytes(old)
        declare = lambda code: self.apply(manifest("Contract", "till", network="standalone", wasm="till.wasm", sha256=hashlib.sha256(code).hexdigest(), key="deployer"))
        declare(old)
        made = self.told("contract", "apply", "till", *self.pay)["items"][0]
        assert self.told("contract", "upgrade", "till", "--key", "deployer", *self.pay)["transaction"] is None
        (self.folder / "till.wasm").write_bytes(self.wasm)
        declare(self.wasm)
        self.fails("contract.drifted", 5, "contract", "apply", "till", *self.pay)
        assert self.told("contract", "upgrade", "till", "--key", "deployer", "--dry-run")["would_run"] == self.sha256
        done = self.told("contract", "upgrade", "till", "--key", "deployer", *self.pay)
        assert done["state"] == "deployed" and done["runs"] == self.sha256 and done["address"] == made["address"], done
        assert self.told("contract", "read", "till", "hello")["value"] == "hi"
        self.run("contract", "verify", "till")
        (self.folder / "till.wasm").write_bytes(old)
        declare(old)
        self.fails("contract.own_upgrade", 1, "contract", "upgrade", "till", "--key", "deployer", *self.pay)
        self.run("delete", "Contract", "till")

    def remember(self):
        """Every call is an act in the trail, sealed with it."""
        acts = [one for one in self.told("audit", "tail", "--limit", "1000")["items"] if one["subject"].startswith("contract ")]
        calls = self.calls()
        assert len(acts) == len(calls) and {one["action"] for one in acts} == {"uploaded", "created", "called", "extended"}, (acts, calls)
        assert all(any(call["transaction"] in act["details"] for act in acts) for call in calls), (acts, calls)
        self.run("audit", "seal")
        self.run("audit", "verify")

    def tell(self):
        self.begin()
        self.deploy()
        self.refuse()
        self.ask()
        self.help()
        self.pay_through()
        self.listen()
        self.upgrade()
        self.keep()
        self.die_and_go_on()
        self.two_at_once()
        self.pipeline()
        self.remember()
        self.run("ledger", "check")


def main():
    passa, program = sys.argv[1:3]
    if not Path(program).exists():
        print(f"skipped: {program} was not built (scripts/build)")
        return 77
    folder = Path(tempfile.mkdtemp(prefix="passa-contract-"))
    network = subprocess.Popen([program, "--port", "0"], stdout=subprocess.PIPE, text=True)
    try:
        story = Story(passa, json.loads(network.stdout.readline())["rpc"], folder)
        try:
            story.tell()
        finally:
            story.start("db", "stop").communicate(timeout=60)
    finally:
        network.terminate()
        network.wait(timeout=30)
        shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
