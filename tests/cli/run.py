#!/usr/bin/env python3
"""Runs the command-line cases: tests/cli/**/*.test, each a story of commands with their expected output.

A case file holds comment lines (#), file blocks (`--- file NAME` up to the next `---`), commands (`$ ...`, run by bash in a
folder of their own) and below each the expected standard output; lines of standard error stand as `! text`, an exit code
other than 0 as `[exit N]`. No output or file of any case
may hold a secret of any case: a passphrase, password or seed that it feeds to passa, or whatever reads as a Stellar seed. Ids and the case's folder (CASE) are normalised. PASSA_TEST_ACCEPT=1 rewrites the cases and then fails,
so that nothing passes by accepting.

Usage: run.py PASSA [CASE...]
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from leaks import Secrets

ROOT = Path(__file__).resolve().parent
NORMAL = [
    (re.compile(r"\b(set|jrn|evt|pty|org|pay|sal|try|bat|att|evd|imp|rec|brk|job|ntc|cal)_[0-9a-hjkmnp-tv-z]{26}\b"), r"\1_ID"),
    (re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"), "UUID"),
    (re.compile(r'"ts":"[^"]*"'), '"ts":"TIME"'),  # lines of the log
    (re.compile(r'"duration_ms":\d+'), '"duration_ms":N'),
    (re.compile(r"(\bexit \d+), \d+ ms\b"), r"\1, N ms"),
]


def normal(text):
    for pattern, by in NORMAL:
        text = pattern.sub(by, text)
    return text


def parse(path):
    """The case as a list of ("text", lines), ("file", name, lines) and ("run", command lines, expected lines)."""
    parts, lines, i = [], path.read_text().split("\n"), 0
    if lines and lines[-1] == "":
        lines.pop()
    while i < len(lines):
        line = lines[i]
        if line.startswith("--- file "):
            end = lines.index("---", i)
            parts.append(("file", line[9:], lines[i + 1:end]))
            i = end + 1
        elif line.startswith("$ "):
            command, i = [line[2:]], i + 1
            while i < len(lines) and lines[i].startswith("> "):
                command.append(lines[i][2:])
                i += 1
            start = i
            while i < len(lines) and not lines[i].startswith(("$ ", "# ", "--- file ")) and lines[i] != "":
                i += 1
            parts.append(("run", command, lines[start:i]))
        else:
            parts.append(("text", line))
            i += 1
    return parts


SECRETS = Secrets()


def run_command(command, folder, environment):
    done = subprocess.run(["bash", "-c", "\n".join(command)], cwd=folder, env=environment, capture_output=True, text=True, errors="backslashreplace", timeout=120, stdin=subprocess.DEVNULL, umask=0o077)
    SECRETS.note_given("\n".join(command))
    SECRETS.note_output(command[0], done.stdout + done.stderr)
    out = normal(done.stdout.replace(str(folder), "CASE")).split("\n")
    err = normal(done.stderr.replace(str(folder), "CASE")).split("\n")
    lines = [line for line in (out[:-1] if out[-1] == "" else out)]
    lines += ["! " + line if line else "!" for line in (err[:-1] if err[-1] == "" else err)]
    # A blank line would end the expectation.
    lines = [line if line != "" else "." for line in lines]
    if done.returncode != 0:
        lines.append(f"[exit {done.returncode}]")
    return lines


def run_case(path, passa, target):
    database = "passa_case_" + re.sub(r"\W", "_", str(path.relative_to(ROOT).with_suffix("")))
    admin = ["psql", "-q", re.sub(r"dbname=\S+", "dbname=postgres", target), "-v", "ON_ERROR_STOP=1", "-c"]
    folder = Path(tempfile.mkdtemp(prefix="passa-case-"))
    environment = {
        "PATH": f"{Path(passa).parent}:{os.environ['PATH']}", "HOME": str(folder), "PASSA_HOME": str(folder / "home"), "TZ": "UTC", "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "COLUMNS": "80",
        "PASSA_NOW": "2026-11-21T09:00:00Z", "PASSA_ACTOR": "tester", "PASSA_EXAMPLES": str(ROOT.parent.parent / "manifests" / "examples"),
    }
    shown, good = [], True
    try:
        subprocess.run(admin + [f"CREATE DATABASE {database} TEMPLATE passa"], check=True, capture_output=True)
        environment["PASSA_DB"] = re.sub(r"dbname=\S+", f"dbname={database}", target)
        for part in parse(path):
            if part[0] == "file":
                (folder / part[1]).parent.mkdir(parents=True, exist_ok=True)
                (folder / part[1]).write_text("\n".join(part[2]) + "\n")
                SECRETS.note_given("\n".join(part[2]))
                shown += [f"--- file {part[1]}", *part[2], "---"]
            elif part[0] == "text":
                shown.append(part[1])
            else:
                got = run_command(part[1], folder, environment)
                shown += ["$ " + part[1][0], *["> " + line for line in part[1][1:]], *got]
                if got != part[2]:
                    good = False
                    print(f"{path}: $ {part[1][0]}", *["  - " + line for line in part[2]], *["  + " + line for line in got], sep="\n")
        SECRETS.note_files(path, folder, {Path(part[1]).name for part in parse(path) if part[0] == "file"})
    finally:
        subprocess.run(admin + [f"DROP DATABASE IF EXISTS {database} WITH (FORCE)"], capture_output=True)
        shutil.rmtree(folder)
    if not good and os.environ.get("PASSA_TEST_ACCEPT") == "1":
        path.write_text("\n".join(shown) + "\n")
    return good


def main():
    passa = str(Path(sys.argv[1]).resolve())
    cases = [Path(case).resolve() for case in sys.argv[2:]] or sorted(ROOT.rglob("*.test"))
    # One private server for all cases, a copy of its migrated database for each.
    home = tempfile.mkdtemp(prefix="passa-cases-")
    os.chmod(home, 0o711)
    environment = {**os.environ, "PASSA_HOME": home, "PASSA_IDLE_STOP": "2h"}  # its cases are no users that it sees
    environment.pop("PASSA_DB", None)
    try:
        subprocess.run([passa, "event", "list"], env=environment, capture_output=True)  # creates and migrates it
        status = subprocess.run([passa, "db", "status"], env=environment, capture_output=True, text=True, check=True)
        target = re.search(r"^connect: (.*)$", status.stdout, re.M).group(1)
        with ThreadPoolExecutor(2) as pool:
            results = list(pool.map(lambda case: run_case(case, passa, target), cases))
    finally:
        for log in Path(home).rglob("server.log"):  # a server that went away under the cases says why
            print(*(line for line in log.read_text(errors="replace").split("\n") if re.search("shutdown|PANIC|terminated by", line)), sep="\n", end="")
        subprocess.run([passa, "db", "stop"], env=environment, capture_output=True)
        shutil.rmtree(home, ignore_errors=True)
    leaks = SECRETS.find_leaks()
    print(*leaks, sep="\n", end="\n" if leaks else "")
    print(f"{results.count(True)} passed, {results.count(False)} failed; {len(SECRETS.known)} secrets in {len(SECRETS.outputs)} outputs and files: {len(leaks)} leaks")
    return 0 if all(results) and results and not leaks else 1


if __name__ == "__main__":
    sys.exit(main())
