#!/usr/bin/env python3
"""passa top on a real terminal (a pty): drawn, resized, left by q, Ctrl-C and TERM, stopped by Ctrl-Z; each time the terminal is as it
was. The database goes away and comes back, or hangs: it is told on the screen, and one can leave.

Usage: top.py PASSA
"""
import fcntl
import json
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import leaks

leaks.watch()

PASSA = str(Path(sys.argv[1]).resolve())
LIMIT = 120  # seconds that anything may take
ENTER, LEAVE = b"\x1b[?1049h", b"\x1b[?1049l"


class View:
    """passa top in a terminal of its own."""

    def __init__(self, story, *words, columns=80, lines=30, term="xterm", **more):
        self.story = story
        self.master, self.slave = pty.openpty()
        self.resize(columns, lines)
        self.before = termios.tcgetattr(self.slave)
        self.output, environment = b"", {**story.environment, "TERM": term, **more}
        self.pid = os.fork()
        story.started.append(self.pid)
        if self.pid == 0:
            os.setsid()
            fcntl.ioctl(self.slave, termios.TIOCSCTTY, 0)
            for fd in (0, 1, 2):
                os.dup2(self.slave, fd)
            os.chdir(story.home)
            os.execve(PASSA, [PASSA, "top", *words], environment)

    def resize(self, columns, lines):
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def read(self):
        while select.select([self.master], [], [], 0.1)[0]:
            self.output += os.read(self.master, 65536)

    def screen(self):
        """The lines of the newest whole frame, without colours."""
        frames = [part for part in self.output.split(b"\x1b[H")[1:] if b"\x1b[J" in part]
        text = frames[-1].split(b"\x1b[J")[0].decode() if frames else ""
        return re.sub(r"\x1b\[[0-9;]*[mK]", "", text).replace("\r", "").split("\n")

    def wait_for(self, what, holds):
        end = time.monotonic() + LIMIT
        while time.monotonic() < end:
            self.read()
            if holds():
                return
        raise AssertionError(f"never: {what}\n" + "\n".join(self.screen()) + "\n" + repr(self.output[-600:]))

    def wait_for_text(self, text):
        self.wait_for(text, lambda: any(text in line for line in self.screen()))

    def type(self, keys):
        os.write(self.master, keys)

    def is_restored(self):
        return self.output.rfind(LEAVE) > self.output.rfind(ENTER) and self.output.rfind(b"\x1b[?25h") > self.output.rfind(b"\x1b[?25l") and termios.tcgetattr(self.slave) == self.before

    def leave(self, code, restored=True):
        def over():
            done, status = os.waitpid(self.pid, os.WNOHANG)
            self.status = os.waitstatus_to_exitcode(status) if done else None
            if done:
                self.story.started.remove(self.pid)
            return bool(done)

        self.wait_for("its end", over)
        self.read()
        assert self.status == code, (self.status, self.output[-600:])
        assert not restored or self.is_restored(), repr(self.output[-200:])
        os.close(self.slave)
        os.close(self.master)


class Story:
    def __init__(self, home):
        self.home, self.started = home, []
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(home), "PASSA_HOME": str(home / "passa"), "PASSA_IDLE_STOP": "2h", "LC_ALL": "C.UTF-8", "PASSA_ACTOR": "tester"}

    def run(self, *words):
        done = subprocess.run([PASSA, *words], env=self.environment, cwd=self.home / "project", capture_output=True, text=True, timeout=LIMIT)
        assert done.returncode == 0, f"passa {' '.join(words)}: exit {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout

    def postmaster(self):
        folder = json.loads(self.run("db", "status", "--json"))["folder"]
        return int((Path(folder) / "data" / "postmaster.pid").read_text().split("\n")[0])

    def ask(self, sql):
        return self.run("db", "psql", "--", "-Atc", sql)


def left_by(story):
    for how, code in ((b"q", 0), (b"Q", 0), (b"\x03", 130), (signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 143)):
        view = View(story)
        view.wait_for_text("demo-night")
        assert view.output.startswith(ENTER) and not termios.tcgetattr(view.slave)[3] & (termios.ECHO | termios.ICANON)
        view.type(how) if isinstance(how, bytes) else os.kill(view.pid, how)
        view.leave(code)


def resized(story):
    view = View(story)
    view.wait_for_text("demo-night")
    for columns, lines in ((60, 24), (200, 50), (61, 8), (120, 30), (20, 3)):
        view.output = b""
        view.resize(columns, lines)
        at_right = f"{'passa top' if columns > 30 else 'passa'}"
        view.wait_for(f"{columns} columns", lambda: view.screen()[0].startswith(at_right) and (len(view.screen()[0]) == columns or columns < 30))
        assert len(view.screen()) <= lines and max(map(len, view.screen())) <= columns, view.screen()
    view.resize(120, 30)
    view.wait_for("all columns", lambda: any("IMPORTED" in line for line in view.screen()))
    view.type(b"\x1b[A\x1bOq other keys: ")  # an arrow and others change nothing; the q in an escape sequence is no q
    view.type(b"q")
    view.leave(0)


def stopped_and_continued(story):
    view = View(story)
    view.wait_for_text("demo-night")
    view.type(b"\x1a")
    view.wait_for("it to stop", lambda: os.waitpid(view.pid, os.WNOHANG | os.WUNTRACED)[0] == view.pid)
    view.read()
    assert view.is_restored(), repr(view.output[-200:])
    view.output = b""
    os.kill(view.pid, signal.SIGCONT)
    view.wait_for_text("demo-night")
    assert ENTER in view.output
    view.type(b"q")
    view.leave(0)


def follows(story):
    view = View(story, "--event", "demo-night", "--interval", "1s")
    view.wait_for("the event, nothing sold", lambda: any(re.match(r"demo-night +0 +500 +0 ", line) for line in view.screen()))
    story.run("sale", "import", "sales.csv", "--profile", "passa", "--event", "demo-night", "--quiet")
    view.wait_for("what was sold", lambda: any(re.match(r"demo-night +4 +500 +3 ", line) for line in view.screen()))
    story.run("settle", "--event", "demo-night", "--quiet")
    view.wait_for_text("6,000.00 KES")
    assert b"\x1b[2J" not in view.output.split(ENTER)[1].split(b"\x1b[H", 1)[1], "the screen was cleared between frames: it flickers"
    view.type(b"q")
    view.leave(0)


def colours(story):
    view = View(story)
    view.wait_for_text("demo-night")
    assert b"\x1b[1m" in view.output
    view.type(b"q")
    view.leave(0)
    view = View(story, NO_COLOR="1")
    view.wait_for_text("demo-night")
    assert not re.search(rb"\x1b\[[0-9;]*[1-9]m", view.output.split(LEAVE)[0]), view.output
    view.type(b"q")
    view.leave(0)


def database_goes(story):
    view = View(story, "--interval", "1s")
    view.wait_for_text("6,000.00 KES")
    os.kill(story.postmaster(), signal.SIGQUIT)
    view.wait_for_text("as it was ")
    assert any("6,000.00 KES" in line for line in view.screen()), view.screen()
    story.run("db", "status")
    story.run("event", "list")  # starts it again
    view.wait_for("it to be there again", lambda: view.screen()[0] and not any("as it was " in line for line in view.screen()))
    view.type(b"q")
    view.leave(0)


def log_waits(story):
    """What the log says while the picture stands comes behind it, where stderr is the same terminal; a file has it as ever."""
    view = View(story, "--interval", "1s", PASSA_LOG="debug")
    view.wait_for_text("6,000.00 KES")
    os.kill(story.postmaster(), signal.SIGQUIT)
    view.wait_for_text("as it was ")
    story.run("event", "list")
    view.wait_for("it to be there again", lambda: view.screen()[0] and not any("as it was " in line for line in view.screen()))
    view.type(b"q")
    view.leave(0)
    drawn, behind = view.output[view.output.index(ENTER):].split(LEAVE)
    assert b"debug db: " not in drawn, drawn
    assert b"terminating connection" in behind, behind
    assert b"terminating connection" not in view.output[:view.output.index(ENTER)]


def database_hangs(story):
    view = View(story, "--interval", "1s")
    view.wait_for_text("6,000.00 KES")
    backend = int(story.ask("SELECT pid FROM pg_stat_activity WHERE application_name = 'passa.top'"))
    os.kill(backend, signal.SIGSTOP)
    try:
        view.output = b""
        view.resize(70, 20)
        view.wait_for("a frame while the database hangs", lambda: len(view.screen()[0]) == 70)
        view.type(b"q")
        view.leave(0)
    finally:
        os.kill(backend, signal.SIGCONT)


def refused(story):
    for words, term in (([], "dumb"), (["--event", "nowhere"], "xterm"), (["--interval", "2h"], "xterm")):
        view = View(story, *words, term=term)
        view.leave(1 if words[:1] == ["--event"] else 2, restored=False)
        assert ENTER not in view.output, view.output
    once = json.loads(story.run("top", "--once", "--json"))
    assert once["events"][0]["sold"] == 4 and once["events"][0]["unsettled"] == 0, once


def main():
    home = Path(tempfile.mkdtemp(prefix="passa-top-"))
    story = Story(home)
    try:
        subprocess.run([PASSA, "init", "project", "--quiet"], env=story.environment, cwd=home, check=True, capture_output=True, timeout=LIMIT)
        story.run("apply", "manifests", "--quiet")
        for part in (left_by, resized, stopped_and_continued, follows, colours, database_goes, log_waits, database_hangs, refused):
            part(story)
            print(part.__name__.replace("_", " "), flush=True)
    finally:
        for pid in story.started:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        story.run("db", "stop")
        shutil.rmtree(home)
    return 0


if __name__ == "__main__":
    sys.exit(main())
