#!/usr/bin/env python3
"""Every database that a release ever made becomes one of today, and a migration that is killed leaves nothing half-made.

From an empty database to the newest schema, each migration is killed before its first statement, behind its last one, before and
behind its commit, and its session is ended behind its 1st, 2nd, 4th, 8th … command; the server crashes in the first and the last;
typed again, it ends in the very schema that an undisturbed migration makes (pg_dump). Then each dump in tests/fixtures/released
(scripts/freeze-schema) is restored and migrated to the same schema: its books say what they said, its laws hold, its sealed trail
holds, and a settlement and a run over it post nothing.

Usage: upgrade.py PASSA
"""
import contextlib
import json
import lzma
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from book import LIMIT, Book, Server

RELEASED = Path(__file__).resolve().parents[1] / "fixtures/released"
POINTS = ("migrate.begin", "migrate.written", "migrate.before")
# Behind the command of that number: a sequence counts on when its transaction does not.
CUTTER = """
CREATE SCHEMA cutter;
CREATE SEQUENCE cutter.command;
CREATE TABLE cutter.wish (command integer);
INSERT INTO cutter.wish VALUES (0);
CREATE FUNCTION cutter.cut() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
    IF nextval('cutter.command') = (SELECT command FROM cutter.wish) THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
END $$;
CREATE EVENT TRIGGER cutter ON ddl_command_end EXECUTE FUNCTION cutter.cut();
"""
NO_CUTTER = "DROP EVENT TRIGGER cutter; DROP SCHEMA cutter CASCADE"


def empty(server):
    server.number += 1
    name = f"book_{server.number}"
    server.sql("postgres", f"CREATE DATABASE {name} TEMPLATE template0")
    return Book(server, name)


def dump_schema(book):
    """As text; but for the words that pg_dump makes up each time."""
    done = subprocess.run(["pg_dump", "--schema-only", "--no-owner", book.server.target(book.name)], capture_output=True, text=True, timeout=LIMIT, check=True)
    return [line for line in done.stdout.splitlines() if not re.match(r"\\(un)?restrict ", line)]


def settled_schema(server, book):
    """As it reads once it was dumped and restored: PostgreSQL names columns of a view then that had no name."""
    again = empty(server)
    load(server, again, "\n".join(dump_schema(book)).encode())
    return dump_schema(again)


def load(server, book, text):
    done = subprocess.run(["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", server.target(book.name)], input=text, capture_output=True, timeout=LIMIT)
    assert done.returncode == 0, done.stderr


def is_there(book):
    return book.sql("SELECT count(*) FROM pg_class WHERE relname = 'schema_migration'") == "1"


def version_of(book):
    return int(book.sql("SELECT max(version) FROM schema_migration")) if is_there(book) else 0


def killed(server, fresh, head):
    book = empty(server)
    for done in range(head):
        for point in POINTS:
            book.run("db", "migrate", fault=f"{point}:1:kill", codes=(-signal.SIGKILL,))
            assert version_of(book) == done, (point, done + 1)
        if done in (0, head - 1):  # a crash takes the server seconds
            stopped = book.start_until("migrate.written", "db", "migrate")
            server.stop("immediate")
            stopped.send_signal(signal.SIGCONT)
            book.end(stopped, (75,))
            server.start()
            assert version_of(book) == done, ("the server stopped", done + 1)
        book.run("db", "migrate", fault="migrate.after:1:kill", codes=(-signal.SIGKILL,))
        assert version_of(book) == done + 1, "what was committed stays"
    assert json.loads(book.run("db", "migrate", "--json").out)["items"] == []
    assert dump_schema(book) == fresh, "killed migrations make another schema"
    print(f"{head} migrations, each killed at {len(POINTS) + 1} points, two without their server: the same schema", flush=True)


def cut(server, fresh, head):
    book, cuts = empty(server), 0
    book.sql(CUTTER.format(0))
    for done in range(head):
        command = 1
        while True:
            book.sql(f"SELECT setval('cutter.command', 1, false); UPDATE cutter.wish SET command = {command}")
            process = book.run("db", "migrate", fault="migrate.after:1:kill", codes=(75, -signal.SIGKILL))
            if process.returncode != 75:
                break  # it has no such command, and was made
            assert version_of(book) == done, (done + 1, command)
            command, cuts = command * 2, cuts + 1
    book.sql(NO_CUTTER)
    assert version_of(book) == head and dump_schema(book) == fresh, "cut migrations make another schema"
    print(f"cut off behind {cuts} of their commands: the same schema", flush=True)


def is_within(told, now):
    """Fields may be added by a later release; what was said before stays."""
    if isinstance(told, dict):
        return isinstance(now, dict) and all(name in now and is_within(value, now[name]) for name, value in told.items())
    if isinstance(told, list):
        return isinstance(now, list) and len(told) == len(now) and all(map(is_within, told, now))
    return told == now


def said_by(book, organizer, words):
    return json.loads(book.run(*words, "--json", "--organizer", organizer).out)["items"]


SAYS = {"balances": ("ledger", "balance"), "batches": ("payout", "list"), "settlements": ("settlement", "list"), "breaks": ("recon", "list", "--all")}


def restored(server, dump, settled):
    truth = json.loads((RELEASED / dump.name.replace("sql.xz", "json")).read_text())
    book = empty(server)
    load(server, book, lzma.decompress(dump.read_bytes()))
    assert version_of(book) == truth["schema"]
    book.run("ledger", "balance", "--organizer", "demo-live", codes=(40,) if truth["schema"] < int(migrations()[-1][:4]) else (0,))
    book.run("db", "migrate")
    assert settled_schema(server, book) == settled, f"{dump.name} does not migrate to the schema that an empty database migrates to"
    for organizer, told in truth["organizers"].items():
        for name, value in told.items():
            now = said_by(book, organizer, SAYS[name])
            assert is_within(value, now), f"{dump.name}, {organizer}: {name} are {now}, were {value}"
        assert all(law["holds"] for law in said_by(book, organizer, ("ledger", "check")))
        trail = json.loads(book.run("audit", "verify", "--json", "--organizer", organizer).out)
        assert not trail["faults"], trail
    before = said_by(book, "demo-live", SAYS["balances"])
    for settlement in truth["organizers"]["demo-live"]["settlements"]:
        book.run("explain", "settlement", settlement["id"], "--organizer", "demo-live")
        book.run("settle", "--event", settlement["event"], "--organizer", "demo-live")
    assert said_by(book, "demo-live", SAYS["balances"]) == before, "a settlement after the migration posts something"
    print(f"{dump.name}: migrated from {truth['schema']}, and says what it said", flush=True)


def migrations():
    return sorted(file.name for file in (Path(__file__).resolve().parents[2] / "lib/db/migrations").glob("*.sql"))


def main():
    home = Path(tempfile.mkdtemp(prefix="passa-upgrade-"))
    home.chmod(0o711)
    try:
        server = Server(sys.argv[1], home)
        calm = empty(server)
        head = len(json.loads(calm.run("db", "migrate", "--json").out)["items"])
        assert head == len(migrations())
        fresh = dump_schema(calm)
        dumps = sorted(RELEASED.glob("*.sql.xz"))
        assert dumps, "no release has a dump"
        settled = settled_schema(server, calm)
        for dump in dumps:
            restored(server, dump, settled)
        killed(server, fresh, head)
        cut(server, fresh, head)
    finally:
        with contextlib.suppress(Exception):
            server.run("db", "stop", "--quiet")
        shutil.rmtree(home, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
