#!/usr/bin/env python3
"""The database server is gone for good in the middle of sending a payout, and its standby takes its place at the same address.

A synchronous standby has every attempt whose bytes may have left: it is followed to its end there. An asynchronous one that was
behind knows nothing of an attempt that the chain has: a reconciliation finds its payments, and nobody is paid twice. Neither sends
anything before a run has read the chain from its new place.

Skipped (77), visibly, where contracts/localnet was not built. Usage: standby.py PASSA LOCALNET
"""
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "sim"))
from failover import Pair
from faults import GOES_ON, FaultyDay
from liar import AMOUNTS
from payday import run_in_home

IN_FLIGHT = 180  # seconds that a restored, copied or failed-over book waits for
POINTS = ("rpc.sendTransaction.before", "rpc.sendTransaction.after", "payout.outcome.confirmed.before")


class Twin(Pair):
    """The pair that begins with the private server of a day."""

    def __init__(self, day):
        status = day.ask("db", "status")
        self.connect, self.data = status["connect"], Path(status["folder"]) / "data"
        self.adopt()


class StandbyDay(FaultyDay):
    def prepare(self):
        super().prepare()
        self.twin = Twin(self)
        self.environment["PASSA_DB"] = self.twin.connect  # a server of somebody else, that no command starts

    def start_until(self, point, verb, batch):
        words = ("payout", verb, batch, "--passphrase-file", str(self.secret), "--yes", "standalone", "--json")
        process = subprocess.Popen([self.passa, *words], env={**self.environment, "PASSA_FAULT": f"{point}:1:stop"}, cwd=self.home, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        _, status = os.waitpid(process.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status), f"{verb} ended before {point}: {process.communicate()}"
        return process

    def let_all_arrive(self):
        """What was handed in, and then time: past the bound of whatever the lost server sent."""
        self.close()
        now = max(self.newest_time(), int(time.time())) + 2 * IN_FLIGHT
        self.close(now)
        self.set_clock(now + 1)

    def refused(self, verb, batch, code, problem):
        err = self.finish(verb, batch, code, wait="0s")
        assert f'"code":"{problem}"' in err, err


def taken_over(day, point):
    batch, _ = day.begin()
    day.plan(GOES_ON)
    day.twin.with_standby()
    process = day.start_until(point, "send", batch)
    day.twin.lose_primary()
    process.send_signal(signal.SIGCONT)
    out, err = process.communicate(timeout=300)
    assert process.returncode in (20, 75), (point, process.returncode, out, err)
    day.refused("resume", batch, 75, "db.read_only")
    day.twin.promote()
    day.refused("resume", batch, 1, "payout.moved")
    day.let_all_arrive()
    day.run("recon", "run", codes=(0, 10))
    day.finish("resume", batch, 0)
    day.paid += 1
    day.expect_paid(day.paid)
    day.run("recon", "run")
    assert day.states(batch) == {"settled"}, (point, day.states(batch))
    print(f"{point}: followed on the standby, paid once", flush=True)


def forgotten(day):
    batch, _ = day.begin()
    day.plan(GOES_ON)
    day.twin.with_standby(synchronous=False)
    day.finish("send", batch, 0)
    day.paid += 1
    day.expect_paid(day.paid)
    day.twin.lose_primary()
    day.twin.promote()
    payouts = day.ask("payout", "show", batch)["payouts"]
    assert day.states(batch) == {"ready"} and not day.ask("explain", "payout", payouts[0]["payout"])["attempts"], day.states(batch)
    day.refused("send", batch, 1, "payout.moved")
    day.let_all_arrive()
    day.run("recon", "run", codes=(10,))
    found = day.ask("recon", "list")["items"]
    types = sorted(one["type"] for one in found)  # the same was paid in the batches before, so it looks like one too many
    assert types == ["DUPLICATE_EXTERNAL"] * len(AMOUNTS) + ["FEE"], types
    day.finish("send", batch, 1)
    day.expect_paid(day.paid)
    assert day.states(batch) == {"blocked"}, day.states(batch)
    for one in found:
        if one["type"] == "FEE":
            day.run("recon", "close", one["id"], "--code", "written_off", "--reason", "sent by the server that is gone")
            continue
        meant = [payout["payout"] for payout in payouts if payout["amount"]["amount"] == one["amount"]["amount"].removeprefix("-")]
        offer = f"recon close {one['id']} --code paid --payout {meant[0]}"
        assert len(meant) == 1 and one["why"].endswith(f"{batch} was to pay, and these books never sent: if they were behind, passa {offer}"), one["why"]
        day.run(*offer.split(), "--reason", "sent by the server that is gone")
    assert day.states(batch) == {"cancelled"}, day.states(batch)
    day.finish("resume", batch, 0)  # nothing is left to send
    day.run("recon", "run")
    day.expect_paid(day.paid)
    print("an attempt that the standby never heard of: found on the chain, nobody paid twice", flush=True)


def tell_story(day):
    day.prepare()
    try:
        for point in POINTS:
            taken_over(day, point)
        forgotten(day)
    finally:
        day.twin.stop_all()


if __name__ == "__main__":
    sys.exit(run_in_home(StandbyDay, tell_story, "whichever server leads, everybody was paid once"))
