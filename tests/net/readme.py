#!/usr/bin/env python3
"""Types what the README tells a newcomer to type, in its order, and compares what is printed with what stands there.

The blocks marked `console` are one story in one shell: `$ ` begins a command, the lines below it are its output. Only the port
of the local network is another, so that two runs do not meet. Skipped (77), visibly, where contracts/localnet was not built.
Usage: readme.py PASSA LOCALNET
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import leaks

leaks.watch()

README = Path(__file__).resolve().parents[2] / "README.md"


def read_story():
    story = []
    for block in re.findall(r"^```console\n(.*?)^```", README.read_text(), re.M | re.S):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, output = part.partition("\n")
            story.append((command.replace("localnet up", "localnet up --port 0"), output))
    return story


def script_of(story):
    lines = ["set -o pipefail"]
    for i, (command, _) in enumerate(story):
        lines += [f"echo '== {i}'", command + " || echo \"[exit $?]\""]
    return "\n".join(lines)


def main():
    passa, program = (str(Path(word).resolve()) for word in sys.argv[1:3])
    if not Path(program).exists():
        print(f"skipped: {program} was not built (scripts/build)")
        return 77
    folder = tempfile.mkdtemp(prefix="passa-readme-")
    environment = {"HOME": folder, "PASSA_HOME": f"{folder}/home", "PASSA_LOCALNET": program, "TZ": "UTC", "LC_ALL": "C.UTF-8", "PATH": f"{Path(passa).parent}:{os.environ['PATH']}"}
    story = read_story()
    try:
        done = subprocess.run(["bash", "-c", script_of(story)], cwd=folder, env=environment, capture_output=True, text=True, timeout=300, stdin=subprocess.DEVNULL)
        printed = re.split(r"^== \d+\n", done.stdout, flags=re.M)[1:]
    finally:
        for words in (("localnet", "down"), ("db", "stop")):
            subprocess.run([passa, *words], cwd=folder, env=environment, capture_output=True)
        shutil.rmtree(folder)
    wrong = [(command, told, got) for (command, told), got in zip(story, printed) if told != got]
    for command, told, got in wrong:
        print(f"$ {command}\n  the README says:\n{told}\n  but it prints:\n{got}")
    if wrong or len(printed) != len(story):
        print(done.stderr)
        return 1
    print(f"readme: {len(story)} commands print what the README says")
    return 0 if story else 1


if __name__ == "__main__":
    sys.exit(main())
