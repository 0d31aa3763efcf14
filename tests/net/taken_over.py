#!/usr/bin/env python3
"""Twenty at once, and one that stands still for longer than its lease lasts: imports and payouts.

A sender is stopped (SIGSTOP) wherever it holds the lease; its lease runs out, another one takes over, ends the transaction that it may
stand in, and pays; then the first one is continued: it finds its lease lost, writes nothing, and what it may still send is what was
sent already. The same for an importer: its lease runs out while it stands still, another one imports; continued, it commits nothing.
Twenty of each at once do the work once.

Skipped (77), visibly, where contracts/localnet was not built. Usage: taken_over.py PASSA LOCALNET
"""
import os
import signal
import subprocess
import sys

from faults import GOES_ON
from killed import EVENT, HEAD, KilledDay
from payday import run_in_home

TWENTY = 20
# With the attempt stored, about to send it, sent and not written down, and about to write the proof down.
MOMENTS = ("payout.reserve.after", "payout.attempt.after", "rpc.sendTransaction.before", "rpc.sendTransaction.after", "payout.outcome.confirmed.before")
IN_IMPORT = ("sale.import.block", "sale.import.commit", "sale.import.finish")
RUNS_OUT = "UPDATE lease SET until = clock_timestamp() - interval '1 second' WHERE until IS NOT NULL"  # as a minute would
AT_IT = ("payout.busy", "sale.import_busy", "payout.lease_lost")


class Story(KilledDay):
    def approved(self, name):
        self.set_clock(self.newest_time() + 1)
        batch = self.make_batch(name)
        return batch, ("--passphrase-file", str(self.secret), "--yes", "standalone", "--quiet", "--json")

    def stand_still(self, words, point):
        process = self.begin_command(words, fault=f"{point}:1:stop")
        _, status = os.waitpid(process.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status), f"{words} ended before {point}: {process.communicate()}"
        return process

    def sql(self, text):
        subprocess.run(["psql", "-qAtX", self.connect, "-v", "ON_ERROR_STOP=1", "-c", text], check=True, capture_output=True, timeout=120)

    def go_on(self, process, *problems):
        process.send_signal(signal.SIGCONT)
        code, said = self.end_command(process)
        assert code != 0 and any(problem in said for problem in problems), f"continued: exit {code}\n{said}"

    def end_sessions(self):
        self.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
                 "AND application_name LIKE 'passa%'")

    def require_paid(self, batch):
        self.paid += 1
        self.expect_paid(self.paid)
        assert self.states(batch) <= {"confirmed", "settled"}, self.states(batch)


def stopped_senders(story):
    for point in MOMENTS:
        batch, how = story.approved(f"stopped-{story.paid}")
        process = story.stand_still(("payout", "send", batch, *how), point)
        code, said = story.perform(("payout", "resume", batch, *how))
        assert code == 75 and "payout.busy" in said, f"taken from a living holder at {point}: exit {code}\n{said}"
        story.sql(RUNS_OUT)
        code, said = story.perform(("payout", "resume", batch, *how))
        assert code == 0, f"taken over at {point}: exit {code}\n{said}"
        before = story.count("(SELECT count(*) FROM journal), (SELECT count(*) FROM payout_move), (SELECT count(*) FROM payout_attempt)")
        story.go_on(process, "payout.lease_lost", "db.connection_lost", "db.commit_in_doubt")
        assert story.count("(SELECT count(*) FROM journal), (SELECT count(*) FROM payout_move), (SELECT count(*) FROM payout_attempt)") == before, f"{point}: it wrote"
        story.close()
        story.require_paid(batch)
    print(f"stopped at {len(MOMENTS)} points of sending, taken over, continued: nothing written, nobody paid twice", flush=True)


def stopped_importers(story):
    for number, point in enumerate(IN_IMPORT):
        words = write_sales(story, f"stopped-{number}")
        before = story.book()
        process = story.stand_still(words, point)
        story.sql(RUNS_OUT)
        code, said = story.perform(words)
        assert code == 0, f"taken over at {point}: exit {code}\n{said}"
        after = story.book()
        assert after[0] == before[0] + 1, (before, after)
        story.go_on(process, "db.connection_lost", "db.commit_in_doubt", "sale.lease_lost")
        assert story.book() == after, f"{point}: it wrote"
    print(f"stopped at {len(IN_IMPORT)} points of an import, taken over, continued: nothing twice", flush=True)


def write_sales(story, name):
    (story.home / f"{name}.csv").write_text(HEAD + f"{name},1,regular,150000,paid,2026-10-05T10:00:00+03:00\n")
    return "sale", "import", f"{name}.csv", "--profile", "passa", "--event", EVENT, "--quiet", "--json"


def all_at_once(story, words):
    ends = [story.end_command(process) for process in [story.begin_command(words) for _ in range(TWENTY)]]
    assert any(code == 0 for code, _ in ends), ends
    for code, said in ends:
        assert code == 0 or any(problem in said for problem in AT_IT), f"exit {code}\n{said}"
    return sum(code == 0 for code, _ in ends)


def twenty(story):
    words, before = write_sales(story, "twenty"), story.book()
    imports = all_at_once(story, words)
    assert story.perform(words)[0] == 0
    assert story.book()[0] == before[0] + 1, "imported twice"
    batch, how = story.approved("twenty")
    sends = all_at_once(story, ("payout", "send", batch, *how))
    assert story.perform(("payout", "resume", batch, *how))[0] == 0
    story.require_paid(batch)
    print(f"twenty at once: {imports} imports and {sends} sends found it free or done, the others busy", flush=True)


def tell_story(story):
    story.prepare()
    story.plan(GOES_ON)
    stopped_importers(story)
    stopped_senders(story)
    twenty(story)


if __name__ == "__main__":
    sys.exit(run_in_home(Story, tell_story, "once is once"))
