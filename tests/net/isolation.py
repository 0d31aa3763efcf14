"""Real rows of every table stay unseen: asked as passa_app for another organizer, every table and view is empty, and nothing
can be changed, taken away or slipped in. Called by payday.py when its story has filled the tables, and by escrow.py and outbox.py for
theirs; the shape of each policy is held by tests/db/db/isolation_test.cpp."""
import json
import subprocess

RIVAL = """apiVersion: passa/v1
kind: Organizer
metadata: {name: rival}
spec: {title: "rival'; DROP TABLE sale_line; -- \\" OR 1=1", zone: Africa/Nairobi}
"""
# What contracts hold and are told: escrow.py and outbox.py fill these, and channels.py the channels.
OF_CONTRACTS = {"contract_outbox", "escrow", "escrow_movement", "escrow_payee", "escrow_release", "escrow_version"}
# What a payday on the local network does not write to: nothing oversold, no break, no refund row of its own, no network declared, no job gave up an item, no server stayed away.
STAYS_EMPTY = OF_CONTRACTS | {"audit", "payout_channel", "contract_call", "contract_event", "contract_gap", "contract_heard", "job_circuit", "job_verdict", "network", "oversell_audit", "recon_break", "recon_break_move", "sale_refund_row"}


class Room:
    """psql as the commands work: the role passa_app, in one organizer's scope."""

    def __init__(self, connect):
        self.connect = connect

    def ask(self, sql, organizer=None):
        scope = f"SET ROLE passa_app; SET passa.organizer = '{organizer}';" if organizer else ""
        done = subprocess.run(["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", self.connect, "-c", scope + sql], capture_output=True, text=True, timeout=60)
        return done.returncode, done.stdout.strip(), done.stderr.strip()

    def lines(self, sql, organizer=None):
        code, out, err = self.ask(sql, organizer)
        assert code == 0, (sql, err)
        return out.splitlines()


def check(day):
    (day.home / "rival.yaml").write_text(RIVAL)
    day.run("apply", "rival.yaml", "--quiet")
    room = Room(json.loads(day.run("db", "status", "--json"))["connect"])
    owner, rival = room.lines("SELECT id FROM organizer ORDER BY name = 'rival'")
    relations = room.lines("SELECT relname FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v') AND EXISTS "
                           "(SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'organizer_id') ORDER BY 1")
    tables = set(room.lines("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"))
    empty = {name for name in relations if room.lines(f"SELECT count(*) FROM {name}", owner) == ["0"]}
    assert empty & tables <= STAYS_EMPTY, f"nothing was tried on {sorted(empty & tables - STAYS_EMPTY)}"
    hold(room, (owner, rival), relations, tables)
    for words in (("event", "list"), ("ledger", "balance"), ("payout", "list"), ("settlement", "list"), ("recon", "list")):
        shown = day.ask(*words, "--organizer", "rival")
        assert not any(value for value in shown.values() if isinstance(value, list)), (words, shown)


def check_filled(story, names):
    """Of a story whose organizer is the only one yet: these tables, each with rows."""
    (story.folder / "rival.yaml").write_text(RIVAL)
    story.run("apply", "rival.yaml", "--quiet")
    check_rows(Room(json.loads(story.run("db", "status", "--json")[0])["connect"]), names)


def check_rows(room, names):
    owner, rival = room.lines("SELECT id FROM organizer ORDER BY name = 'rival'")
    for name in names:
        assert room.lines(f"SELECT count(*) > 0 FROM {name}", owner) == ["t"], f"nothing was tried on {name}"
    hold(room, (owner, rival), names, names)


def hold(room, organizers, relations, tables):
    owner, rival = organizers
    for name in relations:
        assert room.lines(f"SELECT count(*) FROM {name} WHERE organizer_id = '{owner}'", rival) == ["0"], f"the rival reads {name}"
    for name in sorted(set(tables) & set(relations)):
        before = room.lines(f"SELECT count(*), md5(string_agg(t::text, '' ORDER BY t::text)) FROM {name} t")
        for sql in (f"UPDATE {name} SET organizer_id = organizer_id WHERE organizer_id = '{owner}' RETURNING 1", f"DELETE FROM {name} WHERE organizer_id = '{owner}' RETURNING 1"):
            code, out, err = room.ask(sql, rival)
            assert (code == 0 and out == "") or "permission denied" in err or "are never changed" in err, (sql, out, err)
        if before[0].split("|")[0] != "0":
            # The owner's own row, offered by the rival through a table that has its shape.
            columns = columns_of(room, name)
            code, _, err = room.ask(f"INSERT INTO {name} ({columns}) SELECT {columns} FROM jsonb_populate_record(NULL::{name}, $row${row_of(room, name)}$row$::jsonb)", rival)
            assert code != 0 and ("row-level security" in err or "permission denied" in err), (name, err)
        assert room.lines(f"SELECT count(*), md5(string_agg(t::text, '' ORDER BY t::text)) FROM {name} t") == before, name


# Without those that the database makes itself.
def columns_of(room, name):
    return room.lines(f"SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = '{name}'::regclass "
                      "AND attnum > 0 AND NOT attisdropped AND attgenerated = ''")[0]


def row_of(room, name):
    return room.lines(f"SELECT to_jsonb(t) FROM {name} t LIMIT 1")[0]
