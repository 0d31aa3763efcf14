#!/usr/bin/env python3
"""Copies of the books that are cut off: a verify, a backup, a restore is killed in its middle, or several are made at once.

Nothing restored to be looked at outlives who looked: killed, its server ends and its folder goes; with its guard killed beside it, the
next verify takes both away. The scratch database stands where it was said to. What a killed backup left goes with the next.
Of several restores at once one works and the others say so; a home whose restore was cut off is used by nobody before it is whole.

Usage: cut_copies.py PASSA
"""
import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from book import EVENT, LIMIT, WORLD, wait_for

HOMES = []


def processes():
    return [entry for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def command_of(process):
    with contextlib.suppress(OSError):
        return (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return ""


def works_below(process, folder):
    with contextlib.suppress(OSError):
        return os.readlink(process / "cwd").startswith(str(folder))
    return False


def servers_below(folder):
    return [process for process in processes() if works_below(process, folder)]


class Home:
    def __init__(self, passa, folder, keys_of=None):
        self.passa, self.folder = passa, folder
        folder.mkdir()
        folder.chmod(0o755)
        self.environment = {**os.environ, "PASSA_HOME": str(folder), "PASSA_IDLE_STOP": "2h", "PASSA_ACTOR": "tester", "NO_COLOR": "1"}
        for name in ("PASSA_DB", "PASSA_FAULT", "PASSA_FAULT_LOG", "PASSA_NOW"):
            self.environment.pop(name, None)
        self.secret = folder / "passphrase"
        self.secret.write_text("quiet-heron-words\n")
        self.secret.chmod(0o600)
        if keys_of:
            shutil.copytree(keys_of.folder / "keys", folder / "keys")

    def start(self, *words, fault="", **environment):
        environment = {**self.environment, **environment, **({"PASSA_FAULT": fault} if fault else {})}
        return subprocess.Popen([self.passa, *words], env=environment, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def end(self, process, codes=(0,), says=""):
        out, err = process.communicate(timeout=LIMIT)
        assert process.returncode in codes and says in err, f"{process.args}: exit {process.returncode}, not {codes}; {says}\n{out}{err}"
        return out, err

    def run(self, *words, codes=(0,), says="", **how):
        return self.end(self.start(*words, **how), codes, says)

    def ask(self, *words, **how):
        return json.loads(self.run(*words, "--json", **how)[0])

    def start_until(self, point, *words, **how):
        """Stands still at the point."""
        process = self.start(*words, fault=f"{point}:1:stop", **how)
        _, status = os.waitpid(process.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status), f"{words} ended before {point}: {process.communicate()}"
        return process

    def opened(self, *words):
        return [*words, "--passphrase-file", str(self.secret)]


def kill(home, process):
    process.kill()
    home.end(process, (-signal.SIGKILL,))


def verify(day, root, file):
    scratch = root / "scratch"
    scratch.mkdir()
    scratch.chmod(0o755)
    words = day.opened("db", "verify", str(file), "--scratch", str(scratch))

    process = day.start_until("restore.unproved", *words)
    (place,) = scratch.iterdir()
    assert (place / "db/data/PG_VERSION").exists() and servers_below(place), "the scratch database stands elsewhere"
    assert place.stat().st_mode & 0o066 == 0, "others may look into it"
    shown = day.ask(*words)  # beside the other one, which it leaves alone
    assert shown["broken_rows"] == 0 and (place / "db/data/PG_VERSION").exists() and servers_below(place), shown
    kill(day, process)
    wait_for(lambda: not list(scratch.iterdir()) and not servers_below(place), "it ends with its owner")

    process = day.start_until("restore.unproved", *words)
    (place,) = scratch.iterdir()
    guards = [int(one.name) for one in processes() if str(scratch) in command_of(one) and "verify" in command_of(one) and int(one.name) != process.pid]
    assert guards, "nobody guards it"
    for guard in guards:
        os.kill(guard, signal.SIGKILL)
    kill(day, process)
    assert servers_below(place), "this test needs an orphan"
    day.run(*words, says="cleared")
    assert not list(scratch.iterdir()) and not servers_below(place), "the orphan stays"

    process = day.start_until("restore.unproved", *words)
    process.send_signal(signal.SIGTERM)
    process.send_signal(signal.SIGCONT)
    day.end(process, (143,))
    assert not list(scratch.iterdir()), "the books stay in the clear"

    process = day.start_until("restore.unproved", *day.opened("db", "verify", str(file)), TMPDIR=str(scratch))
    assert list(scratch.glob("*/db/data/PG_VERSION")), "TMPDIR is not heeded"
    process.send_signal(signal.SIGCONT)
    day.end(process)
    if os.geteuid() == 0:
        scratch.chmod(0o700)
        day.run(*words, codes=(1,), says="backup.scratch]: the user ")
        scratch.chmod(0o755)
    assert not list(scratch.iterdir())
    report = scratch / "passa-verify-reports" / "june.txt"  # called like one of ours
    report.parent.mkdir()
    report.write_text("somebody's own")
    day.run(*words)
    assert report.read_text() == "somebody's own"
    shutil.rmtree(report.parent)
    print("verify: in the folder that was named, and gone with whoever made it", flush=True)


def backup(day, root):
    """What a killed one left goes with the next; what another one is writing stays."""
    folder = root / "backups"
    folder.mkdir()
    words = ("db", "backup", "--key", "backup", "--out", str(folder))
    for _ in range(2):
        kill(day, day.start_until("backup.write", *words))
    assert len(list(folder.glob(".*.new"))) == 1, "the second clears what the first left"
    (folder / ".mine.new").touch()
    held = day.start_until("backup.write", "db", "backup", "--key", "backup", "--out", str(folder / "held.backup"))
    day.run("db", "backup", "--key", "backup", "--out", str(folder / "other.backup"), "--quiet")
    assert len(list(folder.glob(".held.backup.*.new"))) == 1 and (folder / ".mine.new").exists(), "it is another's"
    held.send_signal(signal.SIGCONT)
    day.end(held)
    assert sorted(file.name for file in folder.iterdir()) == [".mine.new", "held.backup", "other.backup"], list(folder.iterdir())
    print("backup: what was killed is cleared by the next, what is being written is not", flush=True)


def restore(day, root, file):
    """One of several at once; cut off at any step, the home is known as unfinished, and the next restore has the books."""
    number = 0
    for point in ("restore.begun", "restore.unproved", "restore.kept"):
        number += 1
        home = Home(day.passa, root / f"home-{number}", keys_of=day)
        HOMES.append(home)
        words = home.opened("db", "restore", str(file))
        process = home.start_until(point, *words)
        for command in (["event", "list"], ["db", "status"], ["db", "migrate"], words):
            home.run(*command, codes=(75,), says="error[db.in_use]: another restore into")
        kill(home, process)
        for command in (["event", "list"], ["db", "status"], ["db", "migrate"]):
            home.run(*command, codes=(1,), says=f"run it again: passa db restore {file}")
        if point == "restore.kept":
            home.run(*words, codes=(1,), says="had come to its end")
        else:
            assert home.ask(*words)["broken_rows"] == 0
        assert home.ask("event", "list")["items"][0]["name"] == EVENT and not (home.folder / "restore.unfinished").exists()
        home.run(*words, codes=(1,), says="db.not_empty")
    home = Home(day.passa, root / "home-at-once", keys_of=day)
    HOMES.append(home)
    several = [home.start(*home.opened("db", "restore", str(file)), "--json") for _ in range(4)]
    ends = [(one.communicate(timeout=LIMIT)[1], one.returncode) for one in several]
    assert all(code == 0 or '"db.in_use"' in said or '"db.not_empty"' in said for said, code in ends), ends
    assert [code for _, code in ends].count(0) == 1 and {code for _, code in ends} <= {0, 1, 75}, ends
    print("restore: one at a time, and one that was cut off is known as such", flush=True)


def restore_elsewhere(day, file):
    """Two into one database of a server that was named, and two into two of one server: plainly refused."""
    connect = day.ask("db", "status")["connect"]
    target = lambda name: re.sub(r"dbname=\S+", f"dbname={name}", connect)
    for name in ("first", "second"):
        subprocess.run(["psql", "-qX", connect, "-c", f"CREATE DATABASE {name}"], check=True, timeout=LIMIT)
    words = day.opened("db", "restore", str(file))
    process = day.start_until("restore.unproved", *words, PASSA_DB=target("first"))
    day.run(*words, codes=(75,), says="error[db.in_use]: another restore into this database is at work", PASSA_DB=target("first"))
    process.send_signal(signal.SIGCONT)
    day.end(process)
    assert day.ask("event", "list", PASSA_DB=target("first"))["items"][0]["name"] == EVENT
    several = [day.start(*words, "--json", PASSA_DB=target("second")) for _ in range(4)]
    ends = [(one.communicate(timeout=LIMIT)[1], one.returncode) for one in several]
    assert all(code == 0 or '"db.in_use"' in said or '"db.not_empty"' in said for said, code in ends), ends
    print("restore into a server's database: one at a time as well", flush=True)


def main():
    root = Path(tempfile.mkdtemp(prefix="passa-cut-"))
    root.chmod(0o755)
    try:
        passa = str(Path(sys.argv[1]).resolve())
        day = Home(passa, root / "day")
        HOMES.append(day)
        (day.folder / "world.yaml").write_text(WORLD)
        day.run("apply", "world.yaml", "--quiet")
        day.run("key", "new", "backup", "--passphrase-file", str(day.secret), "--quiet")
        file = root / "books.backup"
        day.run("db", "backup", "--key", "backup", "--out", str(file), "--quiet")
        backup(day, root)
        verify(day, root, file)
        restore(day, root, file)
        restore_elsewhere(day, file)
    finally:
        for home in HOMES:
            home.start("db", "stop", "--quiet").communicate(timeout=LIMIT)
        for scratch in (root / "scratch").glob("*"):
            for server in servers_below(scratch):
                with contextlib.suppress(OSError):
                    os.kill(int(server.name), signal.SIGKILL)
        shutil.rmtree(root)


if __name__ == "__main__":
    main()
