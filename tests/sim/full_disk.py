#!/usr/bin/env python3
"""The disk is full, and the disk became read-only: an import, a report, a new key, a backup, a start of the private database. And the
disk of the write-ahead log alone is full: the server goes down in the middle of an import.

Each fails with a code and a reason, leaves nothing half-made, and once there is room again the same command comes to its end: the
books are those of a day on which nothing happened. The disk is a small tmpfs in a mount space of its own, which takes root; skipped
(77), visibly, for anybody else.

Usage: full_disk.py PASSA
"""
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from book import EVENT, HEAD, Server, sale_row, wait_for

IMPORT = ("sale", "import", "sales.csv", "--profile", "passa", "--event", EVENT, "--quiet", "--json")
SETTLE = ("settle", "--event", EVENT, "--quiet", "--json")
REPORT = ("report", "event", EVENT, "--out", "papers/report.html", "--quiet")
KEY = ("key", "new", "demo-key", "--passphrase-file", "passphrase", "--quiet")
BACKUP = ("db", "backup", "--key", "backup-key", "--out", "papers/night.backup", "--quiet")
ROWS = 60_000  # more than what is left of the files that the database has already


class Disk:
    def __init__(self, place, size):
        place.mkdir(exist_ok=True)
        self.place, self.ballast = place, place / "ballast"
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size},mode=0711", "tmpfs", place], check=True)

    @contextlib.contextmanager
    def full(self):
        try:
            with contextlib.suppress(OSError), self.ballast.open("wb", buffering=0) as file:
                for block in (1 << 20, 1 << 12, 1):
                    with contextlib.suppress(OSError):
                        while True:
                            assert file.write(bytes(block)) > 0
            yield
        finally:
            self.ballast.unlink()

    @contextlib.contextmanager
    def read_only(self):
        """Once the server and who watches it have let go of their files."""
        remount = ["mount", "-o", "remount,ro", self.place]
        wait_for(lambda: subprocess.run(remount, check=False, capture_output=True).returncode == 0, "nobody writes there any more")
        try:
            yield
        finally:
            subprocess.run(["mount", "-o", "remount,rw", self.place], check=True)


def files_of(home):
    """All but the database's own and what its users leave beside it."""
    return sorted(str(path.relative_to(home)) for path in home.rglob("*") if path.is_file() and "db" not in path.relative_to(home).parts and path.name != "ballast")


def refused(book, code, problem, *words):
    before = files_of(book.server.home)
    done = book.run(*words, "--json", codes=(code,))
    assert f'"code":"{problem}"' in done.err, done.err
    assert files_of(book.server.home) == before, set(files_of(book.server.home)) ^ set(before)


def tell_story(server, disk):
    home = server.home
    server.run(*("key", "new", "backup-key"), *KEY[3:])
    calm = server.book()
    calm.run(*IMPORT)
    calm.run(*SETTLE)
    truth = calm.truth()
    book = server.book()
    book.truth()  # the server writes a file at the first session of a database
    with disk.full():
        refused(book, 75, "db.resources", *IMPORT[:-1])
        refused(book, 1, "key.write", *KEY)
    book.run(*IMPORT)
    book.run(*SETTLE)
    assert book.truth() == truth
    with disk.full():
        refused(book, 75, "db.resources", *REPORT)  # the database has no room to sort
    book.run(*BACKUP[:4], "--out", "first.backup", "--quiet")  # the first one makes the key that signs them
    papers = Disk(home / "papers", "64m")
    with papers.full():
        refused(book, 1, "report.unwritable", *REPORT)
        refused(book, 1, "backup.write", *BACKUP)
    book.run(*REPORT)
    book.run(*KEY)
    book.run(*BACKUP)
    print("full: nothing half-made, and the same books once there was room", flush=True)

    server.run("db", "stop", "--quiet")
    key = (home / "keys/demo-key.key").read_bytes()
    with disk.read_only():
        failed = server.run("event", "list", "--json", codes=(40, 75))
        assert '"code":"db.cluster_' in failed.stderr, failed.stderr
        refused(book, 1, "key.write", "key", "new", "other-key", *KEY[3:])
        assert (home / "keys/demo-key.key").read_bytes() == key
    server.start()
    assert book.truth() == truth
    print("read-only: said so, and nothing lost", flush=True)


def lose_the_log(server):
    """The log on a disk of its own: without room the server cannot go on, and begins again when there is some."""
    truth_of = server.book()
    truth_of.run(*IMPORT)
    truth_of.run(*SETTLE)
    book = server.book()
    server.sql("postgres", "ALTER SYSTEM SET min_wal_size = '32MB'")
    server.sql("postgres", "ALTER SYSTEM SET max_wal_size = '32MB'")
    server.sql("postgres", "SELECT pg_reload_conf()")
    server.sql("postgres", "CHECKPOINT")
    server.stop("fast")
    small = Disk(server.home / "log", "144m")
    log, place = server.data / "pg_wal", small.place / "pg_wal"
    shutil.copytree(log, place)
    owner = server.data.stat()
    for path in (place, *place.rglob("*")):
        os.chown(path, owner.st_uid, owner.st_gid)
    place.chmod(0o700)
    shutil.rmtree(log)
    log.symlink_to(place)
    server.start()
    use_up_spare_files(server)
    with small.full():
        done = book.run(*IMPORT, codes=(20, 75))
        assert any(f'"code":"{code}"' in done.err for code in ("db.connection_lost", "db.commit_in_doubt", "db.resources")), done.err
        assert "No space left on device" in server_log(server), "the log never ran out of room"
    wait_for(lambda: answers(server), "the server begins again")
    server.sql("postgres", "SELECT pg_drop_replication_slot('keeps_the_log')")
    book.run(*IMPORT)
    book.run(*SETTLE)
    assert book.truth() == truth_of.truth()
    print("no room for the log: said so, and the same books once there was", flush=True)


def use_up_spare_files(server):
    """Files that the log has for later would do for an import, and so would those that a checkpoint in its middle gives back."""
    server.sql("postgres", "SELECT pg_create_physical_replication_slot('keeps_the_log', true)")
    spare = "SELECT count(*) FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$' AND name > pg_walfile_name(pg_current_wal_lsn())"
    while int(server.sql("postgres", spare)) > 0:
        server.sql("postgres", "SELECT pg_logical_emit_message(true, 'test', 'a file that is empty is not left')")
        server.sql("postgres", "SELECT pg_switch_wal()")


def server_log(server):
    return "".join(path.read_text(errors="replace") for path in server.data.parent.glob("*log*") if path.is_file())


def answers(server):
    server.run("db", "status", "--quiet", codes=(0, 40, 75))
    return subprocess.run(["psql", "-qAtX", server.target("postgres"), "-c", "SELECT 1"], check=False, capture_output=True).returncode == 0


def main():
    mount = ["unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", tempfile.gettempdir()]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        print("skipped: a disk of its own takes root, and a machine that lets it mount")
        return 77
    if "--mounted" not in sys.argv:  # what is mounted is gone with the mount space, however this ends
        return subprocess.run(["unshare", "-m", sys.executable, __file__, sys.argv[1], "--mounted"], check=False).returncode
    home = Path(tempfile.mkdtemp(prefix="passa-disk-"))
    server = None
    try:
        disk = Disk(home, "600m")
        (home / "sales.csv").write_text(HEAD + "".join(sale_row(f"A{n}") for n in range(ROWS)))
        (home / "passphrase").write_text("quiet-heron-" + os.urandom(8).hex() + "\n")
        (home / "passphrase").chmod(0o600)
        server = Server(sys.argv[1], home)
        tell_story(server, disk)
        lose_the_log(server)
    finally:
        if server:
            with contextlib.suppress(Exception):
                server.run("db", "stop", "--quiet")
        for place in (home / "papers", home / "log", home):
            subprocess.run(["umount", "-l", place], check=False, stderr=subprocess.DEVNULL)
        home.rmdir()
    return 0


if __name__ == "__main__":
    sys.exit(main())
