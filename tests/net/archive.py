#!/usr/bin/env python3
"""The machine is gone: a private database with an archive is killed, its data folder deleted, and restored from base copy and log.

What was committed before the last segment that the archive took is there, to the row; a moment in between is found again; restored
books stand in another place, so that they send nothing before a run has read the chain from there. A segment that is missing,
changed, of another database or signed by somebody else restores nothing; a restore that is killed leaves the home without a database
or with the whole one; the archive's folder full or unreadable loses nothing, and status says so.

Usage: archive.py PASSA
"""
import contextlib
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import leaks

leaks.watch()

LIMIT = 300
ROOT = Path(__file__).resolve().parents[2]
EVERY = 2  # seconds


def wait_for(is_so, what):
    until = time.monotonic() + LIMIT
    while not is_so():
        assert time.monotonic() < until, f"waited in vain: {what}"
        time.sleep(0.1)


class Home:
    def __init__(self, passa, folder):
        self.passa, self.folder = passa, folder
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)
        self.environment = {**os.environ, "PASSA_HOME": str(folder), "PASSA_ACTOR": "tester", "PASSA_IDLE_STOP": "2h"}
        for name in ("PASSA_DB", "PASSA_NOW", "PASSA_FAULT"):
            self.environment.pop(name, None)
        self.secret = folder / "passphrase"
        self.secret.write_text("words\n")
        self.secret.chmod(0o600)

    def perform(self, *words, **environment):
        return subprocess.run([self.passa, *words], env={**self.environment, **environment}, cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LIMIT)

    def run(self, *words, codes=(0,), says="", **environment):
        done = self.perform(*words, **environment)
        assert done.returncode in codes and says in done.stderr, f"passa {' '.join(words)}: exit {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout

    def ask(self, *words, **how):
        return json.loads(self.run(*words, "--json", **how))

    def sql(self, text):
        done = subprocess.run(["psql", "-XqAt", self.ask("db", "status")["connect"], "-c", text], capture_output=True, text=True, timeout=LIMIT, check=True)
        return done.stdout.strip()

    def restore(self, archive, *words, **how):
        return self.run("db", "restore", str(archive), "--passphrase-file", str(self.secret), "--json", *words, **how)

    def books(self):
        return self.ask("ledger", "balance")["items"], [e["name"] for e in self.ask("event", "list")["items"]]


def works_in(process, folder):
    with contextlib.suppress(OSError):
        return os.readlink(process / "cwd") == str(folder)
    return False


class Story:
    def __init__(self, passa, root):
        self.passa, self.root, self.number = passa, root, 0
        self.day = Home(passa, root / "day")
        self.archive = root / "archive"

    def fresh(self, with_keys=True):
        self.number += 1
        home = Home(self.passa, self.root / f"home-{self.number}")
        if with_keys:
            shutil.copytree(self.day.folder / "keys", home.folder / "keys")
        return home

    def declare(self, name):
        file = self.day.folder / "party.yaml"
        file.write_text(f"apiVersion: passa/v1\nkind: Party\nmetadata: {{name: {name}, organizer: demo-organizer}}\nspec: {{title: Somebody}}\n")
        self.day.run("apply", str(file), "--quiet")

    def kept(self, by_itself=False):
        """All that is committed now is in the archive."""
        segment = self.day.sql("SELECT pg_walfile_name(pg_current_wal_lsn())")
        if not by_itself:
            self.day.sql("SELECT pg_switch_wal()")
        wait_for(lambda: (self.archive / "wal" / segment).exists(), f"{segment} is archived")

    def begin(self):
        self.day.run("apply", str(ROOT / "manifests/examples/starter"), "--quiet")
        self.day.run("key", "new", "backup", "--passphrase-file", str(self.day.secret), "--quiet")
        self.day.run("db", "archive", "status", codes=(1,), says="db.no_archive")
        self.day.run("db", "archive", "on", "--key", "backup", "--to", str(self.archive), "--every", "10m", codes=(2,), says="db.archive_every")
        self.day.run("db", "archive", "on", "--key", "backup", "--to", str(self.day.secret / "x"), codes=(1,), says="db.archive_folder")
        plan = Path(self.day.ask("db", "status")["folder"]) / "archive.plan"
        plan.write_text("no plan\n")
        self.day.run("db", "archive", "status", codes=(40,), says="backup.plan")
        plan.unlink()
        shown = self.day.ask("db", "archive", "on", "--key", "backup", "--to", str(self.archive), "--every", f"{EVERY}s")
        assert shown["every_seconds"] == EVERY, shown
        self.day.run("db", "archive", "on", "--key", "backup", "--to", str(self.root / "other"), codes=(1,), says="db.archive_on")
        self.day.run("db", "archive", "status", codes=(1,), says="db.archive_bad")
        self.base = self.day.ask("db", "archive", "base")
        self.declare("before-noon")
        self.kept()
        time.sleep(0.01)
        self.noon = self.day.sql("SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
        self.declare("after-noon")
        self.kept()
        self.declare("later")
        self.kept()
        assert self.day.ask("db", "archive", "status")["state"] == "good"
        for file in self.archive.rglob("*"):
            assert file.is_dir() or (b"after-noon" not in file.read_bytes() and file.stat().st_mode & 0o77 == 0), f"{file} is not sealed"
        self.parties = "SELECT string_agg(name, ' ' ORDER BY name) FROM party WHERE name LIKE '%noon' OR name = 'later'"
        self.truth = self.day.books()
        self.place = self.day.sql("SELECT passa_here()")

    def lose_the_machine(self):
        data = Path(self.day.ask("db", "status")["folder"]) / "data"
        os.kill(int((data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        wait_for(lambda: not any(works_in(process, data) for process in Path("/proc").glob("[0-9]*")), "its processes notice")
        shutil.rmtree(data)

    def come_back(self):
        home = self.fresh()
        home.run("db", "restore", str(self.root), "--passphrase-file", str(home.secret), codes=(1,), says="db.no_base")
        shown = json.loads(home.restore(self.archive))
        assert shown["broken_rows"] == 0 and shown["segments"] >= 3 and shown["last_commit_at"] > self.noon, shown
        assert home.sql(self.parties) == "after-noon before-noon later"
        assert home.books() == self.truth
        assert home.sql("SELECT passa_here()") != self.place, "it would be taken for the books that it is a copy of"
        assert home.sql("SELECT current_setting('archive_mode')") == "off", "it would archive into the folder that it came from"
        home.restore(self.archive, codes=(1,), says="db.not_empty")
        home.run("apply", str(ROOT / "manifests/examples/starter"), "--quiet")
        home.run("db", "stop")

    def come_back_to_noon(self):
        home = self.fresh()
        shown = json.loads(home.restore(self.archive, "--to-time", self.noon))
        assert shown["last_commit_at"] < self.noon, shown
        assert home.sql(self.parties) == "before-noon"
        home.run("db", "stop")
        home = self.fresh()
        home.restore(self.archive, "--to-time", "2999-01-01T00:00:00Z", codes=(1,), says="db.short_log")
        assert not (home.folder / "restoring").exists(), "the books lie there in the clear"
        home.restore(self.archive, "--to-time", "2999-01-01T00:00:00Z", codes=(1,), says="db.short_log")
        home.restore(self.archive, "--to-time", "2001-01-01T00:00:00Z", codes=(1,), says="db.no_base")
        home.run("db", "restore", self.base["file"], "--to-time", self.noon, codes=(2,), says="db.no_moment")
        home.restore(self.archive)  # after what failed
        assert home.sql(self.parties) == "after-noon before-noon later"
        home.run("db", "stop")

    def settings_stay_behind(self):
        """A base copy is signed, and what its settings name is not run for that."""
        data = Path(self.day.ask("db", "status")["folder"]) / "data"
        room = self.root / "room-of-settings"
        room.mkdir()
        room.chmod(0o777)
        copies = {name: (data / name).read_bytes() for name in ("postgresql.conf", "postgresql.auto.conf", "pg_hba.conf", "pg_ident.conf")}
        wish = f"archive_mode = on\narchive_command = 'touch {room}/kept'\nrestore_command = 'touch {room}/fetched; cp ../log/%f %p'\nwork_mem = '7MB'\n"
        planted = {"postgresql.conf": wish, "postgresql.auto.conf": wish, "pg_hba.conf": "local all all trust\n", "pg_ident.conf": "passa nobody passa\n"}
        try:
            for name, more in planted.items():
                with (data / name).open("a") as file:
                    file.write(more)
            time.sleep(1)  # the last one's name is of its second
            base = Path(self.day.ask("db", "archive", "base")["file"])
        finally:
            for name, text in copies.items():
                (data / name).write_bytes(text)
        self.kept()
        home = self.fresh()
        home.restore(self.archive)
        assert home.sql("SELECT current_setting('work_mem')") != "7MB"
        restored = Path(home.ask("db", "status")["folder"]) / "data"
        for name, more in planted.items():
            assert more not in (restored / name).read_text(), f"{name} is the copy's"
        home.sql("SELECT pg_switch_wal()")
        assert not list(room.iterdir()), "a setting of the base copy was run"
        home.run("db", "stop")
        base.unlink()

    def segments(self):
        return sorted(f for f in (self.archive / "wal").iterdir() if len(f.name) == 24 and f.name > self.base["segment"])

    def refuse(self):
        """Each of these is found before the server sees it."""
        home, away = self.fresh(), self.root / "away"
        middle = self.segments()[1]
        whole = middle.read_bytes()
        middle.rename(away)
        home.restore(self.archive, codes=(1,), says="db.archive_gap")
        home.restore(self.archive, "--to-time", "2999-01-01T00:00:00Z", codes=(1,), says="db.short_log")
        for bad in (whole[:-1], whole[:200], whole[: len(whole) // 2] + bytes([whole[len(whole) // 2] ^ 1]) + whole[len(whole) // 2 + 1:], self.segments()[0].read_bytes()):
            middle.write_bytes(bad)
            home.restore(self.archive, codes=(2,), says=middle.name)
        middle.unlink()
        away.rename(middle)
        base = Path(self.base["file"])
        good = base.read_bytes()
        base.write_bytes(good[:-1])
        home.restore(self.archive, codes=(2,), says="backup.signature")
        base.write_bytes(good)
        assert not list(home.folder.glob("db/data")), "something was restored"
        pipe = base.with_name("base-z.backup")
        os.mkfifo(pipe)
        home.restore(self.archive, codes=(2,), says="is no file")
        self.day.run("db", "archive", "status", codes=(2,), says="move it away")
        pipe.unlink()
        (self.archive / "wal").rename(away)
        home.restore(self.archive, codes=(1,), says="cannot read")
        away.rename(self.archive / "wal")
        no_keys = self.fresh(with_keys=False)
        no_keys.restore(self.archive, codes=(40,), says="backup.signer")

    def killed_in_restore(self):
        home = self.fresh()
        for point in ("restore.unpack", "restore.segment", "restore.replay", "restore.replayed"):
            done = home.perform("db", "restore", str(self.archive), "--passphrase-file", str(home.secret), PASSA_FAULT=f"{point}:1:kill")
            assert done.returncode == -signal.SIGKILL, (point, done)
            assert not (home.folder / "db/data").exists(), f"half a database stands there, killed at {point}"
        done = home.perform("db", "restore", str(self.archive), "--passphrase-file", str(home.secret), PASSA_FAULT="restore.adopted:1:kill")
        assert done.returncode == -signal.SIGKILL and home.sql(self.parties) == "after-noon before-noon later"
        home.run("db", "stop")

    def another_restores(self):
        home = self.fresh()
        other = os.open(home.folder, os.O_RDONLY)
        fcntl.flock(other, fcntl.LOCK_EX)
        home.restore(self.archive, codes=(75,), says="another restore")
        os.close(other)

    def the_end_is_gone(self):
        """What was kept last is not there any more: nothing stands behind it that would show the gap."""
        last, away = self.segments()[-1], self.root / "away"
        last.rename(away)
        shown = self.day.perform("db", "archive", "status", "--json")
        assert shown.returncode == 1 and json.loads(shown.stdout)["missing_segment"] == last.name, shown
        away.rename(last)

    def verify(self):
        home = self.fresh()
        shown = home.ask("db", "verify", str(self.archive), "--passphrase-file", str(home.secret), "--scratch", str(self.root))
        assert shown["broken_rows"] == 0 and shown["segments"] >= 3, shown
        assert not list(self.root.glob("passa-verify*"))
        asked = subprocess.Popen([self.passa, "db", "verify", str(self.archive), "--passphrase-file", str(home.secret), "--scratch", str(self.root)],
                                 env=home.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(lambda: list(self.root.glob("passa-verify*")), "it restores")
        asked.terminate()
        assert asked.wait(LIMIT) == 143 and not list(self.root.glob("passa-verify*")), "the books stay in the clear"

    def cannot_keep(self):
        """The folder cannot be written to: nothing is lost, status says so, and it goes on when it can."""
        wal, away = self.archive / "wal", self.archive / "away"
        wal.rename(away)
        self.declare("unkept")
        wait_for(lambda: '"failing"' in self.day.perform("db", "archive", "status", "--json").stdout, "status says that it fails")
        away.rename(wal)
        self.kept()
        wait_for(lambda: '"good"' in self.day.perform("db", "archive", "status", "--json").stdout, "it goes on")

    def full(self):
        """No room where the segments go: the server goes on, status and doctor say it, and it goes on keeping once there is room."""
        wal, away = self.archive / "wal", self.archive / "kept"
        owner = wal.stat()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(wal)], check=False, capture_output=True).returncode != 0:
            return print("not tried: a full disk takes the right to mount one")
        try:
            os.chown(wal, owner.st_uid, owner.st_gid)
            wal.chmod(0o700)
            ballast = wal / "ballast"
            with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
                while file.write(bytes(4096)):
                    pass
            for n in range(3):
                self.declare(f"no-room-{n}")
                self.day.sql("SELECT pg_switch_wal()")
            wait_for(lambda: '"failing"' in self.day.perform("db", "archive", "status", "--json").stdout, "status says that it fails")
            assert "db.archive_bad" in self.day.perform("doctor", "--offline", "--json").stdout
            assert self.day.sql("SELECT count(*) FROM party WHERE name LIKE 'no-room%'") == "3", "the server goes on"
            assert [f.name for f in wal.iterdir()] == ["ballast"], "half a segment stands there"
            ballast.unlink()
            self.kept()
            wait_for(lambda: '"failing"' not in self.day.perform("db", "archive", "status", "--json").stdout, "it goes on")
            away.mkdir()
            for file in wal.iterdir():
                shutil.copy2(file, away / file.name)
                os.chown(away / file.name, owner.st_uid, owner.st_gid)
        finally:
            subprocess.run(["umount", "-l", str(wal)], check=True)
        for file in away.iterdir():
            shutil.move(file, wal / file.name)
        away.rmdir()
        self.kept()
        assert self.day.ask("db", "archive", "status")["state"] == "good"

    def killed_in_keep(self):
        """As PostgreSQL offers it again: killed at each step it is not there, or whole; another one of its name is refused."""
        folder = Path(self.day.ask("db", "status")["folder"])
        data = folder / "data"
        plan = (folder / "archive.plan").read_text()
        other = self.root / "kill"
        (other / "wal").mkdir(parents=True)
        room = self.root / "room"
        room.mkdir()
        for name in ("archive.seed",):
            shutil.copy(folder / name, room / name)
            os.chmod(room / name, 0o600)
        (room / "data").mkdir()
        of_this = plan.replace(str(self.archive), str(other))
        serial = f"data: {data.stat().st_ino}\n"
        assert serial in plan, plan
        (room / "archive.plan").write_text(of_this)
        segment = room / "data/0000000100000000000000AA"
        segment.write_bytes(b"\x01" * 100_000 + bytes((16 << 20) - 100_000))
        keep = lambda fault="": subprocess.run([self.passa, "db", "archive", "keep", segment.name], cwd=room / "data", env={"PASSA_FAULT": fault} if fault else {}, capture_output=True, text=True, timeout=LIMIT)
        place = other / "wal" / segment.name
        done = keep()
        assert done.returncode == 1 and "db.archive_copy" in done.stderr and not place.exists(), "a copy of the home archives beside it"
        (room / "archive.plan").write_text(of_this.replace(serial, f"data: {(room / 'data').stat().st_ino}\n"))
        for point in ("archive.write", "archive.finish"):
            assert keep(f"{point}:1:kill").returncode == -signal.SIGKILL and not place.exists(), point
        assert keep("archive.kept:1:kill").returncode == -signal.SIGKILL
        whole = place.read_bytes()
        assert len(whole) < 200_000, "zeros are kept"
        assert keep().returncode == 0 and place.read_bytes() == whole, "it was kept before"
        segment.write_bytes(b"\x02" * (16 << 20))
        done = keep()
        assert done.returncode == 1 and "backup.segment" in done.stderr and place.read_bytes() == whole, done

    @contextlib.contextmanager
    def held_fast(self, file):
        """Cannot be removed, not by root either."""
        is_held = subprocess.run(["mount", "--bind", str(file), str(file)], check=False, capture_output=True).returncode == 0
        try:
            yield is_held
        finally:
            if is_held:
                subprocess.run(["umount", str(file)], check=True)

    def prune(self):
        before = len(self.segments())
        self.day.run("db", "archive", "base", "--keep", "0", codes=(2,), says="db.archive_keep")
        time.sleep(1)  # its name is of the second
        torn = self.archive / "wal" / ".00000001.0123456789abcdef.new"
        torn.write_bytes(b"x")
        self.day.ask("db", "archive", "base", PASSA_NOW="2038-01-01T00:00:00Z")
        with self.held_fast(Path(self.base["file"])) as is_held:
            if is_held:
                self.day.run("db", "archive", "base", "--keep", "1", codes=(1,), says=f"error[backup.prune]: cannot take away {self.base['file']}, which is one too many: Device or resource busy")
                time.sleep(1)
        shown = self.day.ask("db", "archive", "base", "--keep", "1")
        assert Path(shown["file"]).exists() and not torn.exists(), "a clock that was ahead, or what was torn, stays"
        assert shown["pruned"] >= 2 and len(list(self.archive.glob("base-*"))) == 1 and len(self.segments()) < before, shown
        self.declare("pruned")
        self.kept()
        self.truth, self.base = self.day.books(), shown

    def two_at_once(self):
        time.sleep(1)  # the last one's name is of its second, and one of the two is to have a name of its own
        both = [subprocess.Popen([self.passa, "db", "archive", "base", "--json"], env=self.day.environment, cwd=self.day.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
        ends = [(p.communicate(timeout=LIMIT), p.returncode) for p in both]
        assert {code for _, code in ends} <= {0, 1} and any(code == 0 for _, code in ends), ends

    def held_up(self):
        """The archiver hangs: it counts no failure, and what waits shows it."""
        folder = Path(self.day.ask("db", "status")["folder"])
        archiver = int(self.day.sql("SELECT pid FROM pg_stat_activity WHERE backend_type = 'archiver'"))
        os.kill(archiver, signal.SIGSTOP)
        try:
            self.declare("held-up")
            self.day.sql("SELECT pg_switch_wal()")
            for ready in (folder / "data/pg_wal/archive_status").glob("*.ready"):
                os.utime(ready, (time.time() - 61, time.time() - 61))
            shown = self.day.perform("db", "archive", "status", "--json")
            assert shown.returncode == 1 and json.loads(shown.stdout)["state"] == "behind", shown
        finally:
            os.kill(archiver, signal.SIGCONT)
        self.kept()

    def off(self):
        wal, away = self.archive / "wal", self.archive / "away"
        wal.rename(away)
        self.day.run("db", "archive", "off", codes=(1,), says="could not be kept")
        away.rename(wal)
        self.day.run("db", "archive", "off")
        self.day.run("db", "archive", "base", codes=(1,), says="db.no_archive")
        home = self.fresh()
        home.restore(self.archive)
        assert "last-word" in home.sql("SELECT string_agg(name, ' ') FROM party"), "a clean stop keeps the end of the log"
        home.run("db", "stop")

    def tell(self):
        self.begin()
        self.verify()
        self.cannot_keep()
        self.full()
        self.truth = self.day.books()
        self.come_back()
        self.come_back_to_noon()
        self.settings_stay_behind()
        self.refuse()
        self.killed_in_restore()
        self.another_restores()
        self.the_end_is_gone()
        self.killed_in_keep()
        self.prune()
        self.two_at_once()
        self.held_up()
        self.declare("last-word")
        self.off()
        self.day.run("db", "archive", "on", "--key", "backup", "--to", str(self.archive), codes=(1,), says="db.archive_taken")
        self.interrupted()
        self.lose()

    def interrupted(self):
        """Turned on or off by somebody who was killed, or while another works: status says what is, and it can be done again."""
        folder = self.root / "again"
        on = ("db", "archive", "on", "--key", "backup", "--to", str(folder), "--every", f"{EVERY}s")
        with subprocess.Popen([self.passa, "audit", "tail", "--follow"], env=self.day.environment, stdout=subprocess.PIPE, text=True) as other:
            other.stdout.readline()
            self.day.run(*on, codes=(75,), says="db.in_use")
            other.kill()
        self.day.run("db", "archive", "status", codes=(1,), says="db.no_archive")
        for point in ("archive.plan", "archive.stopped"):
            assert self.day.perform(*on, PASSA_FAULT=f"{point}:1:kill").returncode == -signal.SIGKILL, point
            shown = self.day.perform("db", "archive", "status", "--json")
            assert shown.returncode == 1 and json.loads(shown.stdout)["state"] == "off", (point, shown)
            self.day.run("db", "archive", "base", codes=(1,), says="does not archive")
        assert self.day.perform(*on, PASSA_FAULT="archive.settings:1:kill").returncode == -signal.SIGKILL
        self.day.run("db", "archive", "base")
        (folder / "wal").rename(folder / "away")
        self.declare("not-kept")
        self.day.run("db", "archive", "off", codes=(1,), says="--force")
        assert self.day.perform("db", "archive", "off", "--force", PASSA_FAULT="archive.off:1:kill").returncode == -signal.SIGKILL
        shown = self.day.perform("db", "archive", "status", "--json")
        assert shown.returncode == 1 and json.loads(shown.stdout)["state"] == "off", shown

    def lose(self):
        self.archive = self.root / "second"
        self.day.run("db", "archive", "on", "--key", "backup", "--to", str(self.archive), "--every", f"{EVERY}s")
        self.day.run("db", "archive", "base")
        self.declare("on-the-last-day")
        self.kept(by_itself=True)  # by archive_timeout
        self.lose_the_machine()
        home = self.fresh()
        home.restore(self.archive)
        assert "on-the-last-day" in home.sql("SELECT string_agg(name, ' ') FROM party")
        home.run("db", "stop")


def main():
    root = Path(tempfile.mkdtemp(prefix="passa-archive-"))
    root.chmod(0o755)
    story = Story(str(Path(sys.argv[1]).resolve()), root)
    try:
        story.tell()
    finally:
        for home in [story.day.folder, *root.glob("home-*")]:
            with contextlib.suppress(Exception):
                Home(story.passa, home).run("db", "stop")
        shutil.rmtree(root, ignore_errors=True)
    print("what was committed before the last segment comes back, to the moment; nothing bad is restored")
    return 0


if __name__ == "__main__":
    sys.exit(main())
