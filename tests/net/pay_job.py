#!/usr/bin/env python3
"""Payouts as a job: what was approved is sent, once, whoever else sends, stops or dies meanwhile.

Without consent to the network nothing is sent, and what nobody approved never is. Twenty at once pay once. One that was stopped with
its bytes stored, past its leases, and goes on after another has paid, sends nothing. Killed at every point it passes, the next one goes
on. Each time every payee holds what the books say.

Skipped (77), visibly, where contracts/localnet was not built. Usage: pay_job.py PASSA LOCALNET
"""
import json
import os
import signal
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

from killed import KilledDay
from liar import AMOUNTS, Liar
from payday import run_in_home

DECLARED = """apiVersion: passa/v1
kind: Job
metadata: {name: payer}
spec: {job: payout, schedule: every 5m, network: standalone}
"""
TILL = """apiVersion: passa/v1
kind: Treasury
metadata: {{name: demo-till}}
spec: {{rail: stellar, network: testnet, address: {}, asset: "{}"}}
"""
NOBODY = "GBRYFM6MRAKBFN337SXO2ATAAHAA3HRQEXTGYIHW47US6B4YKFDCVDWK"
STATIONS = ("payout.attempt.after", "rail.ask.before")  # stored, not sent


class Counter(Liar):
    """Passes everything on, and counts what is handed in."""

    def __init__(self, behind):
        self.sent = 0
        super().__init__(behind, "none")

    def answer(self, method, params):
        self.sent += method == "sendTransaction"
        return self.ask(method, params)


class PayingDay(KilledDay):
    def prepare(self):
        super().prepare()
        self.calls = 0
        self.tick()

    def tick(self):
        """The network's time; a period of its own for each story."""
        self.now = self.newest_time() + 1
        self.set_clock(self.now)
        self.calls += 1
        until = datetime.fromtimestamp(self.now, timezone.utc) - timedelta(hours=1) + timedelta(seconds=self.calls)
        self.period = [word for name, at in (("--from", until - timedelta(seconds=1)), ("--until", until)) for word in (name, at.strftime("%Y-%m-%dT%H:%M:%SZ"))]

    def approved(self):
        self.batches += 1
        return self.make_batch(f"batch-{self.batches}")

    def words(self, *more):
        return ("job", "run", "payout", *self.period, "--yes", "standalone", "--passphrase-file", str(self.secret), "--json", *more)

    def begin_job(self, *more, fault="", **environment):
        environment = {**self.environment, **environment, **({"PASSA_FAULT": fault} if fault else {})}
        return subprocess.Popen([self.passa, *self.words(*more)], env=environment, cwd=self.home, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def end_job(self, process, codes=(0,)):
        out, err = process.communicate(timeout=300)
        assert process.returncode in codes, (process.returncode, codes, out, err)
        return out, err

    def job(self, *more):
        return json.loads(self.end_job(self.begin_job(*more))[0])

    def refuse_job(self, code, exit_code, *words):
        exit_was, said = self.perform(("job", "run", "payout", *words, "--json"))
        assert exit_was == exit_code and f'"code":"{code}"' in said, (exit_was, said)

    def expire_leases(self):
        """As fifteen minutes would."""
        subprocess.run(["psql", "-qAtX", self.connect, "-c", "UPDATE lease SET until = clock_timestamp() - interval '1 s' WHERE until IS NOT NULL"], check=True, timeout=60)

    def expect_one_more(self, batch):
        assert self.states(batch) == {"confirmed"}, self.states(batch)
        self.paid += 1
        self.expect_paid(self.paid)


def only_what_is_agreed_to(day):
    batch = day.approved()
    other = day.ask("payout", "create", "--file", str(write_more(day)))["batch"]
    day.refuse_job("cli.needs_yes", 2)
    day.refuse_job("cli.other_network", 2, "--network", "testnet", "--yes", "standalone")
    assert day.ask("job", "run", "payout", "--yes", "testnet")["planned"] == 0
    assert day.ask("job", "run", "payout", "--yes", "standalone", "--event", "demo-night")["planned"] == 0
    plan = day.ask("job", "run", "payout", "--dry-run")["plan"]
    assert [item["item"] for item in plan] == [batch], plan
    day.expect_paid(day.paid)
    run = day.job()
    assert (run["state"], run["planned"], run["counts"]) == ("done", 1, {"batches": 1, "not_paid": 0, "paid": 3}), run
    day.expect_one_more(batch)
    assert day.ask("payout", "show", other)["state"] == "awaiting_approval"
    day.run("payout", "cancel", other)
    return "pays what was approved, where somebody agreed to it"


def write_more(day):
    path = day.home / "more.csv"
    path.write_text(f"destination,amount,asset,reference\n{day.payees[0]},1,{day.asset},more\n")
    return path


def as_declared(day):
    """Consent stands in the manifest, the passphrase in passa's folder."""
    (day.home / "payer.yaml").write_text(DECLARED)
    day.run("apply", "payer.yaml", "--quiet")
    day.set_clock(day.now + 600)
    kept = Path(day.environment["PASSA_HOME"]) / "credentials/passa-passphrase"
    kept.parent.mkdir(exist_ok=True)
    batch = day.approved()
    code, said = day.perform(("job", "run", "payer", "--json", "--max-catchup", "1"))
    assert code == 3 and "key.no_passphrase" in said, (code, said)
    day.expect_paid(day.paid)
    kept.write_text(day.secret.read_text())
    kept.chmod(0o600)
    runs = day.ask("job", "run", "payer")["runs"]
    assert [run["state"] for run in runs] == ["done"] and runs[0]["counts"]["paid"] == 3, runs
    day.expect_one_more(batch)
    kept.unlink()
    day.run("delete", "Job", "payer")
    return "pays as declared"


def twenty_at_once(day):
    batch = day.approved()
    codes = [process.returncode for process in [day.begin_job() for _ in range(20)] if day.end_job(process, (0, 75))]
    assert 0 in codes, codes
    if day.states(batch) != {"confirmed"}:
        raise AssertionError(f"{codes}: {day.states(batch)}")
    run = day.job()  # the period was done: nothing is done now
    assert run["attempts"] == 1, run
    day.expect_one_more(batch)
    return f"twenty at once: {codes.count(0)} found it free or done, the others busy"


def stopped_and_continued(day, station):
    batch = day.approved()
    counter = Counter(day.honest)
    process = day.begin_job(fault=f"{station}:1:stop", PASSA_RPC_URL=counter.url)
    _, status = os.waitpid(process.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status), f"{station}: {status}"
    day.expire_leases()
    run = day.job()
    assert (run["state"], run["attempts"]) == ("done", 2), run
    day.expect_one_more(batch)
    process.send_signal(signal.SIGCONT)
    _, err = day.end_job(process, (75,))
    assert "job.lease_lost" in err, err
    assert counter.sent == 0, f"{station}: it sent {counter.sent} transactions after it was taken over"
    day.expect_paid(day.paid)
    assert day.job()["attempts"] == 2
    return f"stopped at {station}, taken over, continued: sent nothing"


def asked_to_stop(day):
    """Stands still before it hands in, is asked to end, and goes on: what it sends it does not wait for. The next one finds it."""
    batch = day.approved()
    process = day.begin_job(fault="rail.ask.before:1:stop")
    assert os.WIFSTOPPED(os.waitpid(process.pid, os.WUNTRACED)[1])
    process.send_signal(signal.SIGTERM)
    process.send_signal(signal.SIGCONT)
    out, _ = day.end_job(process, (143,))
    run = json.loads(out)
    assert (run["state"], run["exit_code"]) == ("interrupted", 143), run
    assert day.job()["state"] == "done"
    day.expect_one_more(batch)
    return "asked to stop: the next one goes on"


def refused_by_the_chain(day):
    """Who has no account is not paid, and a person is told; the others are."""
    path = day.home / "one-too-many.csv"
    lines = [f"{payee},{amount},{day.asset},one-too-many" for payee, amount in zip([*day.payees, NOBODY], [*AMOUNTS, "1"])]
    path.write_text("destination,amount,asset,reference\n" + "\n".join(lines) + "\n")
    batch = day.ask("payout", "create", "--file", str(path))["batch"]
    day.run("payout", "approve", batch, actor="demo-approver")
    out, err = day.end_job(day.begin_job(), (3,))
    run = json.loads(out)
    assert (run["state"], run["exit_code"], run["counts"]) == ("done", 3, {"batches": 1, "not_paid": 1, "paid": 3}), run
    assert '"code":"payout.not_paid"' in err, err
    day.paid += 1
    day.expect_paid(day.paid)
    return "what the chain refuses is told"


def on_two_networks(day):
    """Nobody guesses where money moves."""
    here = day.approved()  # while there is one treasury
    (day.home / "till.yaml").write_text(TILL.format(day.payees[0], day.asset))
    day.run("apply", "till.yaml", "--quiet")
    path = day.home / "there.csv"
    path.write_text(f"destination,amount,asset,reference\n{day.payees[1]},1,{day.asset},there\n")
    there = day.ask("payout", "create", "--file", str(path), "--treasury", "demo-till")["batch"]
    day.run("payout", "approve", there, actor="demo-approver")
    day.refuse_job("job.which_network", 2)
    assert day.job()["planned"] == 1
    day.expect_one_more(here)
    assert day.ask("payout", "show", there)["state"] == "approved"
    return "on two networks: only where it was agreed to"


def killed_everywhere(day):
    log = day.home / "job.points"
    batch = day.approved()
    day.end_job(day.begin_job(PASSA_FAULT_LOG=str(log)))
    day.expect_one_more(batch)
    points = list(dict.fromkeys(log.read_text().split()))
    assert {"lease.take.after", "payout.attempt.after", "rail.ask.after", "payout.drain.before", "job.end.before"} <= set(points), points
    for point in points:
        day.tick()
        batch = day.approved()
        day.end_job(day.begin_job(fault=f"{point}:1:kill"), (-signal.SIGKILL,))
        run = day.job()
        assert run["state"] == "done", (point, run)
        day.expect_one_more(batch)
    return f"killed at {len(points)} points and typed again: each paid once"


def tell_story(day):
    day.prepare()
    for story in (only_what_is_agreed_to, as_declared, twenty_at_once, *(lambda day, at=at: stopped_and_continued(day, at) for at in STATIONS), asked_to_stop, refused_by_the_chain, killed_everywhere, on_two_networks):
        day.tick()
        print(story(day), flush=True)
    day.run("recon", "run", "--treasury", "demo-treasury", "--quiet")  # every movement is explained


if __name__ == "__main__":
    sys.exit(run_in_home(PayingDay, tell_story, "a job pays as a person does"))
