#!/usr/bin/env python3
"""Every fault point of a payday from the shell: import, settle, create, approve, send, reconcile, over a local network.

A day that nobody disturbs tells which points each command passes, and how often: every durable write, before and behind its commit,
and every call to the network, before and behind it. Then there are as many days as the longest command has points: on the n-th,
each command meets at its n-th point what the day has for it, and is typed again:

  kill    it is gone, as by kill -9 or a power cut
  abort   it is gone by itself: once for every name of a point
  throw   an error comes up from there: the command says so and ends by itself
  delay   two of them at once, both standing still there for a while: once for every name of a point

Every day must add to the books and to the chain what the calm one did. A point in the sources that no command passed is a failure,
and so is one at which nothing happened.

Without an ACT, as in ctest, it is `kill`, and of the others some days each, other ones tomorrow: all of them take ten minutes more.
Skipped (77), visibly, where contracts/localnet was not built. Usage: killed.py PASSA LOCALNET [ACT...] [--seed N]
"""
import argparse
import datetime
import json
import random
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
SAMPLE = 3  # days of each act that is not played whole
GONE = {"kill": -signal.SIGKILL, "abort": -signal.SIGABRT}
# Errors that end the second of two that are at the same thing: somebody else is at it, did it, or took it over.
SECOND = ("sale.import_busy", "sale.lease_lost", "payout.busy", "payout.lease_lost", "payout.moved", "payout.file_known", "recon.moved_on", "db.locked", "fault.injected")
ROOT = Path(__file__).resolve().parents[2]
EVENT = "demo-night"
HEAD = "external_order_id,external_line_id,tier,gross_minor,status,paid_at\n"
# Where the flows have points of their own, beside those of every transaction and every call.
ROOMS = ("lib/sale", "lib/settle", "lib/payout", "lib/recon", "lib/stellar")
LONG_FILES_ONLY = {"sale.import.stage"}  # once in 65,536 rows: tests/sim/server_stops.py


class KilledDay(FaultyDay):
    def prepare(self):
        super().prepare()
        self.days, self.act, self.struck, self.swallowed = 0, "", Counter(), []
        self.plan(GOES_ON)
        self.connect = self.ask("db", "status")["connect"]

    def count(self, what):
        done = subprocess.run(["psql", "-qAtX", self.connect, "-c", f"SELECT {what}"], capture_output=True, text=True, timeout=LIMIT, check=True)
        return done.stdout.strip()

    def book(self):
        return [int(n) for n in self.count("(SELECT count(*) FROM sale_line), (SELECT count(*) FROM settlement_line), (SELECT count(*) FROM payout WHERE state = 'settled'), "
                                           "(SELECT count(*) FROM payout WHERE state <> 'settled'), (SELECT count(*) FROM journal), "
                                           "(SELECT count(*) FROM recon_break WHERE closed_at IS NULL)").split("|")]

    def begin_command(self, words, fault="", log=""):
        environment = {**self.environment, "PASSA_FAULT": fault, "PASSA_FAULT_LOG": log}
        environment = {name: value for name, value in environment.items() if value}
        return subprocess.Popen([self.passa, *words], env=environment, cwd=self.home, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def end_command(self, process):
        out, err = process.communicate(timeout=LIMIT)
        return process.returncode, out + err

    def perform(self, words, fault="", log=""):
        return self.end_command(self.begin_command(words, fault, log))

    def disturb(self, name, words, fault, act):
        """Once, and it ends as it must."""
        struck = str(self.home / "struck.points")
        Path(struck).unlink(missing_ok=True)
        if act == "delay":
            point = fault.rsplit(":", 1)[0]
            both = [self.begin_command(words, f"{point}:1:delay", struck) for _ in range(2)]
            ends = [self.end_command(process) for process in both]
            assert any(code == 0 for code, _ in ends), f"{name}, two at once, both late at {point}: {ends}"
            for code, said in ends:
                assert code == 0 or any(problem in said for problem in SECOND), f"{name}, late at {point}: exit {code}\n{said}"
        else:
            code, said = self.perform(words, f"{fault}:{act}", struck)
            if act == "throw":
                assert code in (0, 1, 3, 20) and (code == 0 or "fault.injected" in said), f"{name} was to fail at {fault}: exit {code}\n{said}"
                self.swallowed += [f"{name} {fault}"] if code == 0 else []
            else:
                assert code == GONE[act], f"{name} was to be gone by {act} at {fault}: exit {code}\n{said}"
        passed = Path(struck).read_text().splitlines()
        point, nth = fault.rsplit(":", 1)
        assert passed.count(point) >= (1 if act == "delay" else int(nth)), f"{name} never came to {fault}"
        self.struck[act] += 1

    def step(self, name, words, faults, again=None):
        """Undisturbed, or disturbed at the point that is planned for it and typed again."""
        fault = faults.get(name, "")
        if fault:
            self.disturb(name, words, fault, self.act)
            words = again or words
        code, said = self.perform(words, log="" if fault else str(self.home / f"{name}.points"))
        assert code == 0, f"{name}, {self.act} at {fault or 'nothing'}, typed again: exit {code}\n{said}"

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
        create = ("payout", "create", "--file", f"{name}-pay.csv", "--json")
        if "create" in faults:
            self.disturb("create", create, faults["create"], self.act)
        if int(self.count("count(*) FROM payout_batch")) == made:  # else a second one would be refused: it was made
            code, said = self.perform(create, log="" if faults else str(self.home / "create.points"))
            assert code == 0, (faults, code, said)
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


def first_of_each(passed):
    return [point for point in passed if point.endswith(":1")]


def named_in_sources():
    text = "".join(path.read_text() for room in ROOMS for path in (ROOT / room).rglob("*.cpp"))
    return set(re.findall(r'fault_point\("([^"]+)"\)', text))


def play(day, act, todo, calm, days):
    day.act, before = act, day.struck[act]
    planned = [{name: passed[n] for name, passed in todo.items() if n < len(passed)} for n in days]
    for faults in planned:
        added = day.live(faults)
        assert added == calm, f"{act} at {faults}: added {added}, a calm day {calm}"
    assert day.struck[act] - before == sum(map(len, planned)), (act, day.struck)


def tell_story(day):
    told = argparse.ArgumentParser()
    told.add_argument("acts", nargs="*")
    told.add_argument("--seed", type=int, default=datetime.date.today().toordinal())
    told = told.parse_args(sys.argv[3:])
    day.prepare()
    day.live({})  # the first is another one: it opens accounts in the books
    for log in day.home.glob("*.points"):
        log.unlink()
    calm = day.live({})
    points = {name: passed_by(day, name) for name in ("import", "settle", "create", "approve", "send", "recon")}
    names = {point.rsplit(":", 1)[0] for passed in points.values() for point in passed}
    missed = named_in_sources() - names - LONG_FILES_ONLY
    assert not missed, f"no command passes {sorted(missed)}"
    for act in ("kill", "abort", "throw", "delay"):
        todo = points if act in ("kill", "throw") else {name: first_of_each(passed) for name, passed in points.items()}
        days = range(max(map(len, todo.values())))
        if act in (told.acts or ["kill"]):
            play(day, act, todo, calm, days)
            counts = ", ".join(f"{name} {len(passed)}" for name, passed in todo.items())
            print(f"{act} at all {day.struck[act]} points ({counts}): every day like the calm one", flush=True)
        elif not told.acts:
            play(day, act, todo, calm, random.Random(f"{told.seed} {act}").sample(days, SAMPLE))
            print(f"{act} at {day.struck[act]} of {sum(map(len, todo.values()))} points, as --seed {told.seed} chose: every day like the calm one", flush=True)
    print(f"{len(names)} names of points; behind the end of what they had to do, nothing came of an error at {sorted(set(day.swallowed))}")


if __name__ == "__main__":
    sys.exit(run_in_home(KilledDay, tell_story, "nobody was paid twice"))
