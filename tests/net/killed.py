#!/usr/bin/env python3
"""Killed at every fault point of a payday from the shell: import, settle, create, approve, send, reconcile, over a local network.

A day that nobody disturbs tells which points each command passes, and how often: every durable write, before and behind its commit,
and every call to the network, before and behind it. Then there are as many days as the longest command has points: on the n-th,
each command is killed at its n-th point and typed again. Every day must add to the books and to the chain what the calm one did.
A point in the sources that no command passed is a failure.

Skipped (77), visibly, where contracts/localnet was not built. Usage: killed.py PASSA LOCALNET
"""
import json
import re
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

from faults import GOES_ON, FaultyDay
from liar import AMOUNTS
from payday import run_in_home

LIMIT = 300
ROOT = Path(__file__).resolve().parents[2]
EVENT = "demo-night"
HEAD = "external_order_id,external_line_id,tier,gross_minor,status,paid_at\n"
# Where the flows have points of their own, beside those of every transaction and every call.
ROOMS = ("lib/sale", "lib/settle", "lib/payout", "lib/recon", "lib/stellar")
LONG_FILES_ONLY = {"sale.import.stage"}  # once in 65,536 rows: tests/sim/server_stops.py


class KilledDay(FaultyDay):
    def prepare(self):
        super().prepare()
        self.days = 0
        self.plan(GOES_ON)
        self.connect = self.ask("db", "status")["connect"]

    def count(self, what):
        done = subprocess.run(["psql", "-qAtX", self.connect, "-c", f"SELECT {what}"], capture_output=True, text=True, timeout=LIMIT, check=True)
        return done.stdout.strip()

    def book(self):
        return [int(n) for n in self.count("(SELECT count(*) FROM sale_line), (SELECT count(*) FROM settlement_line), (SELECT count(*) FROM payout WHERE state = 'settled'), "
                                           "(SELECT count(*) FROM payout WHERE state <> 'settled'), (SELECT count(*) FROM journal), "
                                           "(SELECT count(*) FROM recon_break WHERE closed_at IS NULL)").split("|")]

    def perform(self, words, fault="", log=""):
        environment = {**self.environment, "PASSA_FAULT": fault, "PASSA_FAULT_LOG": log}
        environment = {name: value for name, value in environment.items() if value}
        done = subprocess.run([self.passa, *words], env=environment, cwd=self.home, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LIMIT)
        return done.returncode, done.stdout + done.stderr

    def step(self, name, words, faults, again=None):
        """Undisturbed, or killed at the point that is planned for it and typed again."""
        fault = faults.get(name, "")
        if fault:
            code, said = self.perform(words, fault=f"{fault}:kill")
            assert code == -signal.SIGKILL, f"{name} was to be killed at {fault}: exit {code}\n{said}"
            words = again or words
        code, said = self.perform(words, log="" if fault else str(self.home / f"{name}.points"))
        assert code == 0, f"{name}, killed at {fault or 'nothing'}, typed again: exit {code}\n{said}"

    def live(self, faults):
        """One day; what it added to the books."""
        self.days += 1
        self.set_clock(self.newest_time() + 1)
        before, name = self.book(), f"day-{self.days}"
        (self.home / f"{name}.csv").write_text(HEAD + f"{name},1,regular,150000,paid,2026-10-05T10:00:00+03:00\n")
        lines = [f"{payee},{amount},{self.asset},{name}" for payee, amount in zip(self.payees, AMOUNTS)]
        (self.home / f"{name}-pay.csv").write_text("destination,amount,asset,reference\n" + "\n".join(lines) + "\n")
        self.step("import", ("sale", "import", f"{name}.csv", "--profile", "passa", "--event", EVENT), faults)
        self.step("settle", ("settle", "--event", EVENT), faults)
        made = int(self.count("count(*) FROM payout_batch"))
        create = ("payout", "create", "--file", f"{name}-pay.csv")
        fault = faults.get("create", "")
        code, said = self.perform(create, fault=f"{fault}:kill" if fault else "", log="" if fault else str(self.home / "create.points"))
        assert code == (-signal.SIGKILL if fault else 0), (fault, code, said)
        if int(self.count("count(*) FROM payout_batch")) == made:  # else a second one would be refused: it was made
            assert self.perform(create)[0] == 0
        batch = [b["batch"] for b in self.ask("payout", "list")["items"]][0]
        self.environment["PASSA_ACTOR"] = "demo-approver"
        self.step("approve", ("payout", "approve", batch), faults)
        self.environment["PASSA_ACTOR"] = "demo-maker"
        pay = ("--passphrase-file", str(self.secret), "--yes", "standalone", "--quiet")
        self.step("send", ("payout", "send", batch, *pay), faults, again=("payout", "resume", batch, *pay))
        self.step("recon", ("recon", "run", "--quiet"), faults)
        self.paid += 1
        self.expect_paid(self.paid)
        return [after - b for after, b in zip(self.book(), before)]


def passed_by(day, name):
    seen, points = Counter(), []
    for point in (day.home / f"{name}.points").read_text().splitlines():
        seen[point] += 1
        points.append(f"{point}:{seen[point]}")
    return points


def named_in_sources():
    text = "".join(path.read_text() for room in ROOMS for path in (ROOT / room).rglob("*.cpp"))
    return set(re.findall(r'fault_point\("([^"]+)"\)', text))


def tell_story(day):
    day.prepare()
    day.live({})  # the first is another one: it opens accounts in the books
    for log in day.home.glob("*.points"):
        log.unlink()
    calm = day.live({})
    points = {name: passed_by(day, name) for name in ("import", "settle", "create", "approve", "send", "recon")}
    names = {point.rsplit(":", 1)[0] for passed in points.values() for point in passed}
    missed = named_in_sources() - names - LONG_FILES_ONLY
    assert not missed, f"no command passes {sorted(missed)}"
    for n in range(max(map(len, points.values()))):
        faults = {name: passed[n] for name, passed in points.items() if n < len(passed)}
        added = day.live(faults)
        assert added == calm, f"{faults}: added {added}, a calm day {calm}"
    told = ", ".join(f"{name} {len(passed)}" for name, passed in points.items())
    print(f"killed at all {sum(map(len, points.values()))} points ({told}) of {len(names)} names, and typed again: every day like the calm one")


if __name__ == "__main__":
    sys.exit(run_in_home(KilledDay, tell_story, "nobody was paid twice"))
