#!/usr/bin/env python3
"""passa's own server on bad days: it is still coming up when a command asks.

A server that starts or recovers takes no sessions yet. What it says then is said here by a stand-in at its socket, so that the story
does not depend on how fast a recovery is.

Usage: own_server.py PASSA
"""
import contextlib
import os
import re
import shutil
import signal
import socket
import sys
import tempfile
import threading
from pathlib import Path

from book import LIMIT, WORLD, wait_for
from cut_copies import Home


class ComesUp:
    """Says so to some sessions, then lets them to the server."""

    def __init__(self, folder, times, words, sqlstate="57P03"):
        self.place, self.away = folder / ".s.PGSQL.5432", folder / "real"
        owner = self.place.stat()
        self.place.rename(self.away)
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(self.place))
        os.chown(self.place, owner.st_uid, owner.st_gid)
        self.listener.listen(64)
        self.left, self.told = times, 0
        fields = b"".join(kind + text.encode() + b"\0" for kind, text in ((b"S", "FATAL"), (b"V", "FATAL"), (b"C", sqlstate), (b"M", words))) + b"\0"
        self.answer = b"E" + (len(fields) + 4).to_bytes(4, "big") + fields
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while self.left:
            with contextlib.suppress(OSError):
                session, _ = self.listener.accept()
                with session:
                    if session.recv(4096):  # none: it only looks whether somebody is there
                        session.sendall(self.answer)
                        self.left, self.told = self.left - 1, self.told + 1
        self.away.rename(self.place)
        self.listener.close()


def sockets_of(home):
    return Path(re.search(r"host=(\S+)", home.ask("db", "status")["connect"]).group(1))


def comes_up(home):
    sockets = sockets_of(home)
    for words in ("the database system is starting up", "the database system is in recovery mode", "the database system is not yet accepting connections"):
        stand_in = ComesUp(sockets, 3, words)
        assert home.ask("event", "list")["items"], words
        assert stand_in.told == 3, stand_in.told
    stand_in = ComesUp(sockets, 3, "the database system is starting up")
    worker = home.start("job", "work")
    wait_for(lambda: stand_in.told == 3 and (sockets / ".s.PGSQL.5432").exists(), "it asks again")
    home.run("event", "list", "--quiet")
    worker.send_signal(signal.SIGTERM)
    home.end(worker, (143,))
    stand_in = ComesUp(sockets, 1, "the database system is shutting down")
    home.run("event", "list", codes=(75,), says="passa's own, and says why in ")
    wait_for(lambda: not stand_in.away.exists(), "the server is back")
    print("coming up: waited for, and the log is named where waiting does not help", flush=True)


def main():
    root = Path(tempfile.mkdtemp(prefix="passa-own-"))
    root.chmod(0o755)
    home = Home(str(Path(sys.argv[1]).resolve()), root / "home")
    try:
        (home.folder / "world.yaml").write_text(WORLD)
        home.run("apply", "world.yaml", "--quiet")
        comes_up(home)
    finally:
        home.start("db", "stop", "--quiet").communicate(timeout=LIMIT)
        shutil.rmtree(root)


if __name__ == "__main__":
    main()
