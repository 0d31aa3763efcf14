#!/usr/bin/env python3
"""The look for secrets sees them: in an argument, an output, a file, a seed and a core file; a clean test passes, and every test of
tests/net and tests/sim is looked after.

Usage: leaks.py
"""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
BEGIN = """
import pathlib, shutil, subprocess, sys, tempfile
sys.path.insert(0, sys.argv[1])
import leaks
secrets = leaks.watch()
home = pathlib.Path(sys.argv[2]) / "home"
home.mkdir()
secrets.know("quiet-heron-0123")
(home / "passphrase").write_text("a long passphrase\\n")
def run(*words):
    subprocess.run(words, capture_output=True)
"""
END = """
shutil.rmtree(home)
"""
PLANTED = {
    "an argument": ("run('true', '--password', 'quiet-heron-0123')", "an argument: a secret stands in"),
    "an output": ("subprocess.run(['cat'], input=b'password=quiet-heron-0123', capture_output=True)", "a secret stands in: password="),
    "an error's text": ("subprocess.run('cat >&2', shell=True, input=b'key quiet-heron-0123', stderr=subprocess.PIPE)", "a secret stands in: key"),
    "a log": ("(home / 'passa.log').write_text('it was: quiet-heron-0123.')", "passa.log: a secret stands in it, at byte 8"),
    "a file given as a passphrase": ("(home / 'settings').write_text('a long passphrase')", "settings: a secret stands in it"),
    "a seed": ("(home / 'journal').write_bytes(b'\\0\\xff' + b'S' + b'A' * 55 + b'\\0')", "journal: a secret stands in it"),
    "a core file": ("(home / 'core.4711').write_bytes(b'')", "core.4711: a core file"),
}


def look(folder, name, script):
    done = subprocess.run([sys.executable, "-c", BEGIN + script + END, str(TESTS), str(folder)], capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout, done.stderr


def main():
    for name, (script, told) in {"nothing": ("run('echo', 'well')", ""), **PLANTED}.items():
        with tempfile.TemporaryDirectory() as folder:
            code, out, err = look(folder, name, script)
        assert code == (1 if told else 0) and told in out and not err, f"{name}: exit {code}\n{out}{err}"
    unwatched = {path.stem for folder in ("net", "sim") for path in (TESTS / folder).glob("*.py") if "leaks.watch()" not in path.read_text()}
    for name in list(unwatched):  # those that import one that is
        text = next((TESTS / folder / f"{name}.py" for folder in ("net", "sim") if (TESTS / folder / f"{name}.py").exists())).read_text()
        if re.search(r"^(from|import) (payday|book|contract)\b", text, re.M) or "__main__" not in text:
            unwatched.discard(name)
    assert not unwatched, f"nobody looks for secrets in {sorted(unwatched)}"
    print(f"{len(PLANTED)} planted secrets are seen")
    return 0


if __name__ == "__main__":
    sys.exit(main())
