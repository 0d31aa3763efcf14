#!/usr/bin/env python3
"""A payday as scripts/demo has it, small: the example's sales settled and 40 payees paid over a real local network.

On the way passa is killed in the middle of sending and of waiting, and two senders run at once; after each, resume goes on.
At the end every payee has exactly what the book says, read from the chain by other code than passa's rail (getLedgerEntries
through `account show`), every movement is explained, and a second round finds nothing to do.

Skipped (77), visibly, where contracts/localnet was not built. Usage: payday.py PASSA LOCALNET
"""
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

import isolation

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import leaks

leaks.watch()

PASSPHRASE = "quiet-heron-" + os.urandom(8).hex()  # of every book of this process: keys move between them
ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "manifests/examples/nairobi-live"
EVENT = "nairobi-live"
UNATTENDED = """apiVersion: passa/v1
kind: Job
metadata: {name: nightly}
spec: {job: settle, schedule: daily at 03:00}
---
apiVersion: passa/v1
kind: NoticeChannel
metadata: {name: nobody}
spec: {type: ping, url: "https://ping.invalid/"}
"""


class Payday:
    def __init__(self, passa, home):
        self.passa, self.home = passa, home
        self.environment = {**os.environ, "PASSA_HOME": str(home), "PASSA_ACTOR": "demo-maker"}
        for name in ("PASSA_DB", "PASSA_RPC_URL", "PASSA_LOCALNET", "PASSA_NETWORK"):
            self.environment.pop(name, None)
        self.secret = home / "passphrase"
        self.secret.write_text(PASSPHRASE + "\n")
        self.secret.chmod(0o600)

    def start(self, *words, actor=None):
        environment = {**self.environment, "PASSA_ACTOR": actor or "demo-maker"}
        return subprocess.Popen([self.passa, *words], env=environment, cwd=self.home, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run(self, *words, actor=None, codes=(0,)):
        process = self.start(*words, actor=actor)
        out, err = process.communicate(timeout=300)
        assert process.returncode in codes, f"passa {' '.join(words)}: exit {process.returncode}\n{out}{err}"
        return out

    def ask(self, *words, **how):
        return json.loads(self.run(*words, "--json", **how))

    def sender(self, verb, batch):
        return self.start("payout", verb, batch, "--passphrase-file", str(self.secret), "--yes", "standalone", "--json")

    def prepare(self):
        self.run("localnet", "up", "--port", "0")
        self.run("localnet", "accounts", "--count", "41", "--quiet")
        self.run("localnet", "key", "0", "--name", "demo-treasury", "--passphrase-file", str(self.secret), "--quiet")
        self.run("apply", str(EXAMPLE), "--quiet")
        subprocess.run([ROOT / "scripts/generate-sales", self.home / "sales", "--sales", "400"], check=True, stdout=subprocess.DEVNULL)

    def take_in_and_settle(self):
        self.run("sale", "import", *map(str, sorted((self.home / "sales").glob("*.csv"))), "--profile", "pretix", "--event", EVENT, "--quiet")
        return self.ask("settle", "--event", EVENT)

    def make_batch(self):
        batch = self.ask("payout", "create", "--event", EVENT)["batch"]
        digest = self.ask("payout", "show", batch)["sha256"]
        self.run("payout", "approve", batch, "--sha256", digest, codes=(4,))  # the maker may not
        self.run("payout", "approve", batch, "--sha256", digest, actor="demo-approver")
        return batch

    def send_under_fire(self, batch):
        """kill -9 while a transaction is under way and while one is waited for, then two at once: one pays, the other finds the
        batch busy or done."""
        self.kill_when(batch, "send", lambda states: "reserved" in states or "sending" in states)
        self.kill_when(batch, "resume", lambda states: "sending" in states or "accepted" in states)
        both = [self.sender("resume", batch) for _ in range(2)]
        codes = [(process.communicate(timeout=300), process.returncode) for process in both]
        assert {code for _, code in codes} <= {0, 75} and any(code == 0 for _, code in codes), codes

    def kill_when(self, batch, verb, is_moment):
        """The stored states say when: a sender that ended by itself before, or a moment that never came, is a failure. It stands
        still while it is looked at, and runs a hundredth of a second between two looks: neither a slow look (sanitizers, a busy
        machine) nor a fast sender misses the moment."""
        room = isolation.Room(self.ask("db", "status")["connect"])
        process = self.sender(verb, batch)
        until, states = time.monotonic() + 120, set()
        try:
            while not is_moment(states):
                process.send_signal(signal.SIGCONT)
                time.sleep(0.01)
                process.send_signal(signal.SIGSTOP)
                assert time.monotonic() < until, f"{verb} was never seen at the moment to kill it: {states}"
                assert process.poll() is None, f"{verb} ended before it could be killed: {process.communicate()}"
                states = set(room.lines("SELECT DISTINCT state FROM payout"))  # of the only batch there is
        finally:
            process.kill()
            process.communicate()
        assert process.returncode == -signal.SIGKILL, f"{verb} ended before it was killed: exit {process.returncode}"

    def look_before(self, batch, verb, left):
        """What tools read of a dry run: one object, the plan's figures, which add up; nothing beside it."""
        process = self.start("payout", verb, batch, "--dry-run", "--quiet", "--json")
        out, err = process.communicate(timeout=300)
        plan = json.loads(out)
        assert process.returncode == 0 and not err and plan["schema"] == f"passa.payout.{verb}.v1", (out, err)
        assert (plan["batch"], plan["network"], plan["to_send"]) == (batch, "standalone", left), plan
        figure = lambda name: Decimal(plan[name]["amount"])
        if left:
            fees = figure("fee_at_most") if plan["fee_at_most"]["asset"] == plan["holds"]["asset"] else 0
            assert figure("total") > 0 and figure("holds_after") == figure("holds") - figure("total") - fees, plan
        head, row = self.run("payout", verb, batch, "--dry-run", "-o", "csv").splitlines()
        assert batch in row.split(",") and "to_send" in head.split(","), (head, row)

    def refuse_without_key(self, batch):
        """A wrong passphrase or a key that is elsewhere is found out before anybody consents and any money is set aside."""
        before = self.ask("ledger", "balance")
        wrong = self.home / "wrong"
        wrong.write_text("other words\n")
        wrong.chmod(0o600)
        words = ("payout", "send", batch, "--json", "--passphrase-file") # without --yes, which would be asked for next
        self.refuse("crypto.wrong_passphrase", *words, str(wrong))
        wrong.chmod(0o644)
        self.refuse("key.passphrase_file", *words, str(wrong))
        key, away = self.home / "keys/demo-treasury.key", self.home / "away"
        key.rename(away)
        self.refuse("treasury.key_missing", *words, str(self.secret))
        away.rename(key)
        self.expect_untouched(batch)
        assert self.ask("ledger", "balance") == before

    def pause(self, batch):
        """Whoever pauses an event pauses its batches, in a run over all of them, too; a look at another network finds none."""
        self.run("job", "pause", "payout", "--event", EVENT, "--reason", "a dispute")
        run = self.ask("job", "run", "payout", "--yes", "standalone", "--passphrase-file", str(self.secret), codes=(3,))
        assert (run["state"], run["planned"], run["items"]) == ("partial", 1, []), run
        self.expect_untouched(batch)
        self.run("job", "resume", "payout", "--event", EVENT, "--reason", "it is settled")
        plan = lambda *network: [item["item"] for item in self.ask("job", "run", "payout", "--dry-run", *network)["plan"]]
        assert plan("--network", "standalone") == [batch] and plan("--network", "testnet") == []

    def expect_untouched(self, batch):
        shown = self.ask("payout", "show", batch)
        assert shown["state"] == "approved" and {p["state"] for p in shown["payouts"]} == {"ready"}, shown

    def refuse(self, code, *words):
        process = self.start(*words)
        out, err = process.communicate(timeout=300)
        assert process.returncode == 40 and f'"code":"{code}' in err, (process.returncode, out, err)
        assert not out and json.loads(err), (out, err)  # no text beside the JSON

    def resume_elsewhere(self, batch):
        """Where nothing is left to be signed, no key is needed."""
        key, away = self.home / "keys/demo-treasury.key", self.home / "away"
        key.rename(away)
        assert self.ask("payout", "resume", batch, "--yes", "standalone")["left"] == 0
        for verb in ("send", "resume"):
            out, err = self.start("payout", verb, batch).communicate(timeout=300)
            assert "state: drained" in out and err == "everything was paid before: nothing was sent\n", (out, err)
        away.rename(key)

    def holding(self, account, asset):
        lines = self.ask("account", "show", account, "--network", "standalone", "--asset", asset)["trustlines"]
        return Decimal(lines[0]["balance"]["amount"])


def tell_story(day):
    day.prepare()
    assert day.take_in_and_settle()["lines"] > 0
    batch = day.make_batch()
    day.look_before(batch, "send", 40)
    day.pause(batch)
    day.refuse_without_key(batch)
    day.send_under_fire(batch)
    day.resume_elsewhere(batch)
    day.look_before(batch, "resume", 0)
    payouts = day.ask("payout", "show", batch)["payouts"]
    assert len(payouts) == 40 and {p["state"] for p in payouts} <= {"confirmed", "settled"}, [p["state"] for p in payouts]
    acts = [(act["action"], act["actor"]) for act in day.ask("audit", "list")["items"] if act["subject"] == batch]
    assert {("made", "demo-maker"), ("approved", "demo-approver"), ("sent", "demo-maker")} == set(acts), acts
    job = day.ask("job", "run", "reconcile")  # as a timer would
    assert (job["state"], job["exit_code"], job["planned"]) == ("done", 0, 1), job
    assert job["counts"]["lines"] > 0 and job["counts"]["open_breaks"] == 0, job
    assert {p["state"] for p in day.ask("payout", "show", batch)["payouts"]} == {"settled"}
    assert all(item["holds"] for item in day.ask("ledger", "check")["items"])

    for payout in payouts:
        owed = payout["amount"]
        held = day.holding(payout["destination"], owed["asset"])
        assert held == Decimal(owed["amount"]), f"{payout['party']} holds {held}, the book says {owed}"

    day.run("report", "event", EVENT, "--out", "report.html")
    day.run("report", "statement", EVENT, "--out", "statements")
    assert len(list((day.home / "statements").glob("*.html"))) == 40
    for payout in payouts[:3]:
        told = day.ask("explain", "payout", payout["payout"])
        assert all(attempt["replay"] == "equal" for attempt in told["attempts"]), told["attempts"]
        assert any(found["kind"] == "found" and found["replay"] == "equal" for found in told["evidence"]), told["evidence"]

    before = day.ask("ledger", "balance")
    day.take_in_and_settle()
    assert day.ask("payout", "create", "--event", EVENT)["batch"] is None
    day.run("recon", "run", "--event", EVENT)
    assert day.ask("ledger", "balance") == before, "a second round moved money"
    (day.home / "unattended.yaml").write_text(UNATTENDED)
    day.run("apply", "unattended.yaml", "--quiet")
    day.run("job", "pause", "nightly", "--reason", "the books are being looked at")
    day.run("notice", "test", "nobody", codes=(1,))
    day.run("audit", "seal", "--sign", "demo-treasury", "--passphrase-file", str(day.secret))
    sealed = day.ask("audit", "verify")
    assert sealed["records"] > 80 and sealed["unsealed"] == 0 and len(sealed["signatures"]) == 1 and not sealed["faults"], sealed
    isolation.check(day)


def run_in_home(kind, story, done):
    """Plays a story in a home of its own that is gone afterwards, with its network and its database; the exit code of the test."""
    passa, program = sys.argv[1:3]
    if not Path(program).exists():
        print(f"skipped: {program} was not built (scripts/build)")
        return 77
    home = Path(tempfile.mkdtemp(prefix="passa-net-"))
    home.chmod(0o755)  # as root the database lives with its home only where its own user can enter
    day = kind(passa, home)
    try:
        story(day)
    finally:
        for words in (("localnet", "down"), ("db", "stop")):
            subprocess.run([passa, *words, "--quiet"], env=day.environment, timeout=120, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        shutil.rmtree(home, ignore_errors=True)
    print(done)
    return 0


if __name__ == "__main__":
    sys.exit(run_in_home(Payday, tell_story, "40 payees paid once, the chain and the book agree"))
