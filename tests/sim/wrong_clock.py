#!/usr/bin/env python3
"""Machines whose clocks and zones are wrong, at one database: a day ahead, an hour back, at both ends of the world's zones, and the
hours that a zone repeats or leaves out.

Leases go by the database's clock, sales by the instant in their file, so the books are those of one machine that is right. What a
wrong clock must refuse it refuses by name, and nothing of it is lost. The clocks are libfaketime's (Debian: faketime); skipped (77),
visibly, without it.

Usage: wrong_clock.py PASSA
"""
import contextlib
import json
import shutil
import signal
import sys
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

from book import EVENT, HEAD, Server, sale_row

SETTLE = ("settle", "--event", EVENT, "--quiet", "--json")
AHEAD, BACK = ("faketime", "-f", "+1d"), ("faketime", "-f", "-1h")
EAST, WEST = {"TZ": "Pacific/Kiritimati"}, {"TZ": "Pacific/Pago_Pago"}  # 25 hours apart
# An address sanitizer wants to be first, and reads the clock as it allocates, which libfaketime does before it is ready.
FAKED = {"ASAN_OPTIONS": "verify_asan_link_order=0:allocator_release_to_os_interval_ms=-1", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}


def importing(file):
    return ("sale", "import", file, "--profile", "passa", "--event", EVENT, "--quiet", "--json")


def told_time(book, before, zone):
    """What passa itself takes for now."""
    posted = json.loads(book.run(*SETTLE, "--dry-run", before=before, **zone, **FAKED).out)
    return datetime.fromisoformat(posted["through"].replace("Z", "+00:00"))


def wrong_clocks(server):
    """Two files imported and settled by two machines: one a day ahead in the east, one an hour back in the west."""
    calm = server.book()
    for file in ("first.csv", "second.csv"):
        calm.run(*importing(file))
        calm.run(*SETTLE)
    book = server.book()
    now = datetime.now(timezone.utc)
    ahead, back = told_time(book, AHEAD, EAST) - now, told_time(book, BACK, WEST) - now
    assert ahead > timedelta(hours=23) and back < timedelta(minutes=-50), f"the clocks are not wrong: {ahead}, {back}"
    book.run(*importing("first.csv"), before=AHEAD, **EAST, **FAKED)
    book.run(*SETTLE, before=AHEAD, **EAST, **FAKED)
    book.run(*importing("second.csv"), before=BACK, **WEST, **FAKED)
    book.run(*SETTLE, before=BACK, **WEST, **FAKED)
    assert book.truth() == calm.truth()
    print("a day ahead in the east, an hour back in the west: the books of one right machine", flush=True)


def sold_after_now(server):
    """A clock that is back takes a sale of just now for one of the future: refused by name, taken when the clock is right."""
    (server.home / "now.csv").write_text(HEAD + sale_row("N1", datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")))
    book = server.book()
    back = ("faketime", "-f", "-2d")
    done = book.run(*importing("now.csv"), codes=(3, 1, 2), before=back, **FAKED)
    assert book.sql("SELECT count(*) FROM sale_line") == "0", done.out
    assert "future" in done.out + done.err, done.out + done.err
    book.run(*importing("now.csv"))
    assert book.sql("SELECT count(*) FROM sale_line") == "1"
    print("sold after now: refused by name, and taken by a right clock", flush=True)


def held_lease(server):
    """No clock of another machine ends a lease: a day ahead is still too early for who holds it."""
    book = server.book()
    book.run(*importing("first.csv"))
    job = ("job", "run", "settle", "--json")
    holder = book.start_until("settle.before", *job)
    book.sql("UPDATE lease SET until = until + interval '10 minutes'")  # however slow this machine is
    other = book.run(*job, codes=(75,), before=AHEAD, **EAST, **FAKED)
    assert "job.busy" in other.err, other.err
    holder.send_signal(signal.SIGCONT)
    book.end(holder, (0,))
    assert book.sql("SELECT count(*) FROM settlement") == "1"
    print("a lease: not taken by a clock that is a day ahead", flush=True)


def periods_to_come(server):
    """A worker that is two days ahead leaves the periods of the coming days to those days."""
    book = server.book()
    manifest = server.home / "nightly.yaml"
    manifest.write_text("apiVersion: passa/v1\nkind: Job\nmetadata: {name: nightly, organizer: demo-organizer}\nspec: {job: settle, schedule: daily at 03:00}\n")
    book.run("apply", str(manifest), "--quiet")
    done = book.run("job", "run", "nightly", "--json", before=("faketime", "-f", "+2d"), **FAKED)
    assert book.sql("SELECT count(*) FROM job_run") == "0", done.out + done.err
    print("two days ahead: nothing of the days to come is done", flush=True)


def repeated_hour(server):
    """Two sales at half past two of the night that has that hour twice, and one in the hour that the other night leaves out."""
    rows = [("W", "2025-10-26T02:30:00+01:00"), ("S", "2025-10-26T02:30:00+02:00"), ("G", "2026-03-29T02:30:00+01:00")]
    (server.home / "nights.csv").write_text(HEAD + "".join(sale_row(order, at) for order, at in rows))
    seen = []
    for zone in (EAST, WEST, {"TZ": "Europe/Berlin"}):
        book = server.book()
        book.run(*importing("nights.csv"), **zone)
        for cut in ("2025-10-26T02:45:00+02:00", "2025-10-26T02:45:00+01:00", "2026-03-29T03:29:59+02:00", "2026-03-29T03:30:01+02:00"):
            book.run(*SETTLE, "--through", cut, **zone)
        seen.append(book.truth())
        taken = book.sql("SELECT string_agg(n::text, ' ' ORDER BY through) FROM (SELECT s.through, count(l.*) AS n FROM settlement s JOIN settlement_line l "
                         "ON l.settlement_id = s.id GROUP BY s.through, s.id) x")
        assert taken == "1 1 1", taken
    assert seen[0] == seen[1] == seen[2], seen
    print("the repeated and the missing hour: each sale in its own instant, whatever the zone of the machine", flush=True)


def main():
    if shutil.which("faketime") is None:
        print("skipped: faketime is not installed (scripts/deps)")
        return 77
    home = Path(tempfile.mkdtemp(prefix="passa-clock-"))
    home.chmod(0o711)
    (home / "first.csv").write_text(HEAD + "".join(sale_row(f"A{n}") for n in range(20)))
    (home / "second.csv").write_text(HEAD + "".join(sale_row(f"B{n}", "2026-10-06T10:00:00+02:00") for n in range(31)))
    server = None
    try:
        server = Server(sys.argv[1], home)
        for story in (wrong_clocks, sold_after_now, held_lease, periods_to_come, repeated_hour):
            story(server)
    finally:
        with contextlib.suppress(Exception):
            server.run("db", "stop", "--quiet")
        shutil.rmtree(home, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
