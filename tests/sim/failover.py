#!/usr/bin/env python3
"""The database server is gone for good, and its standby takes its place at the same address, in the middle of an import and of a
settlement.

The standby is a synchronous one: what was committed is on both. Each command ends saying that the connection is gone, or that it
is in doubt whether its COMMIT was made; the same command once more comes to the books of an undisturbed day. Meanwhile, before the
standby has been promoted, the address answers but takes no writes: passa says so and changes nothing.

Usage: failover.py PASSA
"""
import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from book import EVENT, HEAD, LIMIT, Server, sale_row, wait_for

IMPORT = ("sale", "import", "sales.csv", "--profile", "passa", "--event", EVENT, "--quiet", "--json")
SETTLE = ("settle", "--event", EVENT, "--quiet", "--json")
LOST, IN_DOUBT = (75, "db.connection_lost"), (20, "db.commit_in_doubt")
MOMENTS = [("sale.import.block", IMPORT, LOST), ("sale.import.commit", IMPORT, IN_DOUBT), ("sale.import.finish", IMPORT, LOST), ("settle.before", SETTLE, IN_DOUBT)]


class Pair(Server):
    """The private server of passa and its standby, which are one address: their socket."""

    def __init__(self, passa, home):
        super().__init__(passa, home)
        self.adopt()

    def adopt(self):
        """What a pair needs of the server that `connect` and `data` name."""
        self.programs = Path(f"/proc/{self.pid()}/exe").resolve().parent
        self.sockets = dict(word.split("=", 1) for word in self.connect.split())["host"]
        self.owner = pwd.getpwuid(self.data.stat().st_uid).pw_name
        self.role = dict(word.split("=", 1) for word in self.connect.split())["user"]
        self.serial = 0
        with (self.data / "pg_hba.conf").open("a") as rules:
            rules.write("local replication all trust\n")
        self.sql("postgres", "SELECT pg_reload_conf()")

    def pid(self):
        return int((self.data / "postmaster.pid").read_text().split()[0])

    def command(self, name, *words):
        before = ["setpriv", f"--reuid={self.owner}", f"--regid={self.owner}", "--init-groups"] if os.geteuid() == 0 else []
        done = subprocess.run([*before, str(self.programs / name), *map(str, words)], cwd="/", capture_output=True, text=True, timeout=LIMIT)
        assert done.returncode == 0, (name, words, done.stdout, done.stderr)

    def with_standby(self, synchronous=True):
        """A copy that follows; from now on a COMMIT waits for it, or else it hears of none that comes."""
        self.serial += 1
        self.copy = self.data.parent / f"standby-{self.serial}"
        self.command("pg_basebackup", "-h", self.sockets, "-U", self.role, "-D", self.copy, "-X", "stream", "-c", "fast", "-R")
        with (self.copy / "postgresql.auto.conf").open("a") as settings:
            settings.write(f"primary_conninfo = 'host={self.sockets} user={self.role} application_name=standby'\n")
            settings.write("synchronous_standby_names = ''\n")
        (self.data.parent / f"sockets-{self.serial}").mkdir()
        aside = self.data.parent / f"sockets-{self.serial}"
        shutil.chown(aside, self.owner)
        self.command("pg_ctl", "start", "-w", "-D", self.copy, "-l", self.copy / "log", "-o", f"-k {aside} -c listen_addresses=''")
        if not synchronous:
            newest = self.sql("postgres", "SELECT pg_current_wal_lsn()")
            wait_for(lambda: self.sql("postgres", f"SELECT count(*) FROM pg_stat_replication WHERE replay_lsn >= '{newest}'") == "1", "the standby has all so far")
            self.command("pg_ctl", "stop", "-w", "-m", "fast", "-D", self.copy)
            return
        self.sql("postgres", "ALTER SYSTEM SET synchronous_standby_names = 'standby'")
        self.sql("postgres", "SELECT pg_reload_conf()")
        wait_for(lambda: self.sql("postgres", "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") == "1", "the standby follows")

    def lose_primary(self):
        """Gone at once; and its standby answers where it did, but does not lead yet."""
        pid = self.pid()
        os.kill(pid, signal.SIGQUIT)
        wait_for(lambda: not Path(f"/proc/{pid}").exists(), "the server is gone")
        if (self.copy / "postmaster.pid").exists():
            self.command("pg_ctl", "stop", "-w", "-m", "fast", "-D", self.copy)
        self.data = self.copy
        self.command("pg_ctl", "start", "-w", "-D", self.copy, "-l", self.copy / "log", "-o", f"-k {self.sockets} -c listen_addresses=''")

    def promote(self):
        self.command("pg_ctl", "promote", "-w", "-D", self.data)

    def stop_all(self):
        with contextlib.suppress(AssertionError, OSError):
            self.command("pg_ctl", "stop", "-w", "-m", "immediate", "-D", self.data)
        shutil.rmtree(self.sockets, ignore_errors=True)


def tell_story(server):
    calm = server.book()
    calm.run(*IMPORT)
    calm.run(*SETTLE)
    truth = calm.truth()
    books = []
    for point, command, ending in MOMENTS:
        book = server.book()
        if command is SETTLE:
            book.run(*IMPORT)
        books.append((point, command, ending, book))
    for point, command, (code, problem), book in books:
        server.with_standby()
        process = book.start_until(point, *command)
        server.lose_primary()
        process.send_signal(signal.SIGCONT)
        done = book.end(process, (code,))
        assert f'"code":"{problem}"' in done.err, done.err
        early = book.run(*command, codes=(75,))
        assert '"code":"db.read_only"' in early.err, early.err
        server.promote()
        book.run(*IMPORT)
        book.run(*SETTLE)
        assert book.truth() == truth, point
        print(f"{point}: {problem}; before the standby leads nothing is written; then the same books", flush=True)


def main():
    home = Path(tempfile.mkdtemp(prefix="passa-pair-"))
    home.chmod(0o711)
    (home / "sales.csv").write_text(HEAD + "".join(sale_row(f"A{n}") for n in range(50)))
    server = None
    try:
        server = Pair(sys.argv[1], home)
        tell_story(server)
    finally:
        if server:
            server.stop_all()
        shutil.rmtree(home, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
