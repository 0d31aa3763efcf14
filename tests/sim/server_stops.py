#!/usr/bin/env python3
"""PostgreSQL goes away under passa: stopped fast, stopped immediately, or it ends the session; in the middle of a COPY, of a
transaction, and of COMMIT itself, when nobody but the server knows whether the change was made.

Each time the command says so by its exit code, and the same command once more comes to the same books as where nothing happened.

Usage: server_stops.py PASSA
"""
import contextlib
import json
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from book import EVENT, HEAD, LIMIT, Server, sale_row, wait_for

IMPORT = ("sale", "import", "sales.csv", "--profile", "passa", "--event", EVENT, "--quiet", "--json")
LARGE = ("sale", "import", "large.csv", "--profile", "passa", "--event", EVENT, "--quiet", "--json")
SETTLE = ("settle", "--event", EVENT, "--quiet", "--json")
ROWS_UNTIL_REPORT = 1 << 16  # of an import: only then sale.import.stage is passed
HOWS = ("fast", "immediate", "cut")
LOST, IN_DOUBT = (75, "db.connection_lost"), (20, "db.commit_in_doubt")

# Where it stands when the server goes; how it ends; what was done before it.
MOMENTS = [
    ("sale.import.stage", LARGE, LOST),  # in the middle of COPY
    ("sale.import.commit", IMPORT, IN_DOUBT),  # all was said but COMMIT: passa cannot know that it did not arrive
    ("sale.import.finish", IMPORT, LOST),  # between two transactions
    ("settle.before", SETTLE, IN_DOUBT),
]


def prepared(server, command):
    book = server.book()
    if command is SETTLE:
        book.run(*IMPORT)
    return book


def undisturbed(server, command):
    book = prepared(server, command)
    book.run(*command)
    return book.truth()


def take_away(server, book, how):
    if how == "cut":
        book.cut()
    else:
        server.stop(how)


def end_badly(book, process, code, problem):
    done = book.end(process, (code,))
    assert f'"code":"{problem}"' in done.err, done.err


def stopped(server, point, command, ending):
    truth = undisturbed(server, command)
    for how in HOWS:
        book = prepared(server, command)
        process = book.start_until(point, *command)
        take_away(server, book, how)
        process.send_signal(signal.SIGCONT)
        end_badly(book, process, *ending)
        server.start()
        book.run(*command)
        assert book.truth() == truth, (point, how)
    print(f"{point}: {ending[1]}, and once more comes to the same books", flush=True)


class NoStandby:
    """From now on a COMMIT writes and then waits for a second server that never comes."""

    def __init__(self, server):
        self.server = server
        server.sql("postgres", "CREATE TABLE IF NOT EXISTS probe (x int)")
        server.sql("postgres", "ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
        server.sql("postgres", "SELECT pg_reload_conf()")
        self.probe = None
        wait_for(self.is_in_force, "a COMMIT waits for another server")

    def waiting(self, database):
        return int(self.server.sql("postgres", f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{database}' AND wait_event = 'SyncRep'"))

    def is_in_force(self):
        if self.probe is None or self.probe.poll() is not None:
            self.probe = subprocess.Popen(["psql", "-qX", self.server.target("postgres"), "-c", "INSERT INTO probe VALUES (1)"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return self.waiting("postgres") > 0

    def end(self):
        """At the server's next start, or at once."""
        self.server.sql("postgres", "ALTER SYSTEM RESET synchronous_standby_names")

    def let_go(self):
        self.server.sql("postgres", "SELECT pg_reload_conf()")
        self.probe.wait(timeout=LIMIT)


def during_commit(server):
    """COMMIT has arrived and was carried out, and the answer never comes."""
    truth = undisturbed(server, SETTLE)
    for how in HOWS:
        book = prepared(server, SETTLE)
        process = book.start_until("settle.before", *SETTLE)
        standby = NoStandby(server)
        process.send_signal(signal.SIGCONT)
        wait_for(lambda: standby.waiting(book.name) == 1, "settle is in COMMIT")
        standby.end()
        take_away(server, book, how)
        end_badly(book, process, *IN_DOUBT)
        server.start()
        standby.let_go()
        assert book.sql("SELECT count(*) FROM settlement") == "1", "it was committed"
        book.run(*SETTLE)
        assert book.truth() == truth, how
    print("in COMMIT: in doubt, was made, and once more posts nothing", flush=True)


def restarted_under_a_lease(server):
    """The holder of the job's lease lives, and its server was another one in between."""
    truth = undisturbed(server, SETTLE)
    for how in ("fast", "immediate"):
        book = prepared(server, SETTLE)
        job = ("job", "run", "settle", "--json")
        process = book.start_until("settle.before", *job)
        server.stop(how)
        server.start()
        assert book.sql("SELECT count(*) FROM lease WHERE work = 'settle'") == "1", "the lease outlives the server"
        process.send_signal(signal.SIGCONT)
        run = json.loads(book.end(process, (0,)).out)
        assert [(item["state"], item["tries"]) for item in run["items"]] == [("done", 2)], run
        assert book.truth() == truth, how
    print("restarted while a lease is held: the run goes on, tries again, and settles once", flush=True)


def main():
    home = Path(tempfile.mkdtemp(prefix="passa-server-"))
    home.chmod(0o711)
    (home / "sales.csv").write_text(HEAD + "".join(sale_row(f"A{n}") for n in range(50)))
    (home / "large.csv").write_text(HEAD + "".join(sale_row(f"L{n}") for n in range(ROWS_UNTIL_REPORT + 50)))
    try:
        server = Server(sys.argv[1], home)
        for point, command, ending in MOMENTS:
            stopped(server, point, command, ending)
        during_commit(server)
        restarted_under_a_lease(server)
    finally:
        with contextlib.suppress(Exception):
            server.run("db", "stop", "--quiet")
        shutil.rmtree(home, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
