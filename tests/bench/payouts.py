#!/usr/bin/env python3
"""Payouts in bulk over a local network with ledgers of a second: N payments (default 10,000) by ten channels, beside a runner that puts one
payment into a transaction, which the same engine by the same channels is when each payment has a memo of its own. Then how much of what
the channels could carry was used, ledger by ledger, and the processor time of a payment beside waiting. Its floor, taken in the same run:
three signatures for a hundred payments (openssl), and psql copying as many rows out and in. Usage: tests/bench/payouts.py PASSA LOCALNET [N]"""
import os
import subprocess
import sys
import time
from pathlib import Path

ROWS = int(sys.argv[3]) if len(sys.argv) > 3 else 10_000
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "net"))
import channels
from payday import run_in_home

CHANNELS, ALONE = 10, 200
TARGETS = {"faster": 50, "used": 0.9, "processor": 2}
SIGNATURES = 3 / 100  # of a payment: the channel's, the treasury's, and that of its fee bump


def verdict(name, figure, target, is_most, detail):
    holds = target is None or (figure <= target if is_most else figure >= target)
    bound = "none" if target is None else f"{'<=' if is_most else '>='} {target}"
    print(f"{name:<34} {figure:>9.2f}       target {bound:<8} {'-' if target is None else 'ok' if holds else 'NOT OK':<7} {detail}")
    return holds


def spent(arguments, **how):
    """Seconds by the clock, and of processor time; it must succeed."""
    began = time.monotonic()
    process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, **how)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, f"{arguments}: exit {process.returncode}"
    return time.monotonic() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


class Bench(channels.Season):
    def pay(self, name, rows):
        (self.home / name).write_text("\n".join(["destination,amount,asset,memo,reference", *rows]) + "\n")
        batch = self.ask("payout", "create", "--file", name, "--treasury", "demo-treasury")["batch"]
        self.run("payout", "approve", batch, "--sha256", self.ask("payout", "show", batch)["sha256"], actor="demo-approver")
        words = [self.passa, "payout", "send", batch, "--channels", str(CHANNELS), "--passphrase-file", str(self.secret), "--yes", "standalone", "--quiet"]
        return spent(words, env=self.environment, cwd=self.home)

    def row(self, number, memo=""):
        return f"{self.payees[number % len(self.payees)]},{1 + number % 97 / 100:.2f},{self.asset},{memo},{memo} {number}"

    def ledgers(self):
        """Payments of the newest batch, by ledger."""
        rows = self.rows("SELECT e.details->>'ledger', count(*) FROM payout_attempt t JOIN payout_attempt_line l ON l.attempt_id = t.id JOIN evidence e "
                         "ON e.attempt_id = t.id AND e.kind = 'found' WHERE t.state = 'confirmed' "
                         "AND t.batch_id = (SELECT id FROM payout_batch ORDER BY made_at DESC LIMIT 1) GROUP BY 1")
        return {int(ledger): int(count) for ledger, count in (row.split("|") for row in rows)}

    def floor(self, count):
        """Seconds of processor time of a client that copies the payouts out and in, and of the signatures."""
        connect, file = self.ask("db", "status")["connect"], self.home / "rows"
        psql = lambda sql: spent(["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", connect, "-c", sql])[1]
        idle = psql("SELECT 1")
        out = psql(f"\\copy (SELECT * FROM payout LIMIT {count}) TO '{file}'") - idle
        script = self.home / "copy.sql"
        script.write_text(f"CREATE TEMP TABLE copied AS SELECT * FROM payout LIMIT 0;\n\\copy copied FROM '{file}'\n")
        into = spent(["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", connect, "-f", str(script)])[1] - idle
        speed = subprocess.run(["openssl", "speed", "-seconds", "1", "ed25519"], capture_output=True, text=True, check=True).stdout
        per_second = float(speed.splitlines()[-1].split()[-2])
        return max(out, 0.001) + max(into, 0.001) + count * SIGNATURES / per_second


def measure(bench):
    bench.prepare()
    bench.locked("create", "--count", str(CHANNELS))
    alone_took, _, _ = bench.pay("alone.csv", [bench.row(number, f"id:{number + 1}") for number in range(ALONE)])
    took, processor, memory = bench.pay("many.csv", [bench.row(number) for number in range(ROWS)])
    by_ledger = bench.ledgers()
    assert sum(by_ledger.values()) == ROWS, by_ledger
    span = max(by_ledger) - min(by_ledger) + 1
    _, opened, _ = spent([bench.passa, "message", "sign", "bench", "--key", "demo-treasury", "--passphrase-file", str(bench.secret)], env=bench.environment, cwd=bench.home)
    floor = bench.floor(ROWS)
    good = verdict("payments, times one in each", (ROWS / took) / (ALONE / alone_took), TARGETS["faster"], False,
                   f"({ROWS / took:.0f} a second, {took:.1f} s; one in a transaction: {ALONE / alone_took:.1f} a second)")
    good &= verdict("of what channels could carry", ROWS / (span * CHANNELS * 100), TARGETS["used"], False, f"({ROWS} in {span} ledgers by {CHANNELS} channels)")
    good &= verdict("processor, times the floor", (processor - opened) / floor, TARGETS["processor"], True,
                    f"({(processor - opened) / ROWS * 1e6:.0f} microseconds a payment; floor {floor / ROWS * 1e6:.1f}: its signatures and a row copied out and in)")
    verdict("peak memory, MB", memory, None, True, "(opening the key costs 256 of it)")
    return good


if __name__ == "__main__":
    result = {}
    code = run_in_home(Bench, lambda bench: result.update(good=measure(bench)), "")
    sys.exit(code or (0 if result["good"] else 1))
