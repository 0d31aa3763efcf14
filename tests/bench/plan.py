#!/usr/bin/env python3
"""A payment file of N lines (default 1,000,000) planned, and made a batch; beside it psql, which copies the same file into a table and out
again. By the clock, for the database works in both. Usage: tests/bench/plan.py PASSA LOCALNET [N]"""
import sys

from payouts import spent, verdict
import channels
from payday import run_in_home

ROWS = int(sys.argv[3]) if len(sys.argv) > 3 else 1_000_000
TARGETS = {"planned": 3, "memory": 128}


class Bench(channels.Season):
    def write(self):
        path = self.home / "payments.csv"
        with path.open("w") as file:
            file.write("destination,amount,asset,reference\n")
            for number in range(ROWS):
                file.write(f"{self.payees[number % len(self.payees)]},{1 + number % 97 / 100:.2f},{self.asset},prize {number}\n")
        return path

    def copied(self, path):
        """Seconds in which psql copies the file in and out."""
        connect, script = self.ask("db", "status")["connect"], self.home / "copy.sql"
        script.write_text("CREATE TEMP TABLE payment (destination text, amount numeric, asset text, reference text);\n"
                          f"\\copy payment FROM '{path}' WITH (FORMAT csv, HEADER)\n\\copy payment TO '{self.home}/out.csv' WITH (FORMAT csv, HEADER)\n")
        return spent(["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", connect, "-f", str(script)])[0]

    def create(self, path, *words):
        return spent([self.passa, "payout", "create", "--file", path, "--treasury", "demo-treasury", "--quiet", *words], env=self.environment, cwd=self.home)


def measure(bench):
    bench.prepare()
    path = bench.write()
    floor = bench.copied(path)
    planned, processor, memory = bench.create(path, "--dry-run")
    made, _, made_memory = bench.create(path)
    good = verdict("planned, times copied in and out", planned / floor, TARGETS["planned"], True,
                   f"({ROWS} lines in {planned:.1f} s, {processor:.1f} s of it passa's own; copied in {floor:.1f} s)")
    verdict("made, times copied in and out", made / floor, None, True, f"({made:.1f} s)")
    good &= verdict("peak memory, MB", max(memory, made_memory), TARGETS["memory"], True, "")
    return good


if __name__ == "__main__":
    result = {}
    code = run_in_home(Bench, lambda bench: result.update(good=measure(bench)), "")
    sys.exit(code or (0 if result["good"] else 1))
