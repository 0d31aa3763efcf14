#!/usr/bin/env python3
"""Holds what every command and every error code owes its user: a summary, examples that the real parser takes, exit codes, a
line in help, the fields of its JSON, a golden case, every option and every code in some test.

All of it fails the test but what stands in tests/meta/owed.txt: options and codes from before this test that nothing mentions
yet. That list may only shrink; --strict does not look at it, --write makes it anew.

Usage: commands.py PASSA [--strict|--write]
"""
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TYPES = {"text", "number", "seconds", "milliseconds", "amount", "time", "day", "yes/no", "object", "list", "json"}
OWED = ROOT / "tests/meta/owed.txt"


def read_tests():
    """Command lines of the golden cases (continuations joined), and the text of every test."""
    lines, texts = [], []
    for path in sorted((ROOT / "tests").rglob("*")):
        if path.suffix not in (".test", ".cpp", ".py", ".rs") or path.name == Path(__file__).name:
            continue
        text = path.read_text(errors="replace")
        texts.append(text)
        if path.suffix == ".test":
            lines += re.findall(r"^\$ (.*(?:\n> .*)*)", text, re.M)
            lines += re.findall(r"^(?!\$|!|#)(.*\bpassa .*)$", text, re.M)  # scripts in file blocks
    return lines, "\n".join(texts)


def uses(path, line):
    return re.search(rf"\bpassa {re.escape(path)}(?![\w-])", line) is not None


def parts_of(line):
    """The passa calls in a shell line, cut at pipes and connectives."""
    return re.split(r"\|\||&&|[|;]|\$\(|<\(", line)


def check_example(command, example, report):
    options = {"--" + o["name"] for o in command["options"] + command["common_options"] if not o["positional"]}
    mine = [part.strip() for part in parts_of(example) if uses(command["path"], part)]
    if not mine:
        return report(f"passa {command['path']}: the example does not use it: {example}")
    words = shlex.split(re.sub(r"[<>)].*", "", mine[0]))
    words = words[: words.index("--")] if "--" in words else words
    if any(o["the_rest"] for o in command["options"]):
        return None  # whatever it takes
    for word in words:
        if word.startswith("--") and word.split("=")[0] not in options:
            report(f"passa {command['path']}: the example uses {word}, which it does not take")


def check_parses(passa, command, example, report):
    """Every passa call of an example, put before the parser that the binary itself uses."""
    for part in parts_of(example):
        call = re.search(r"(?<![\w-])passa (.*)", part)
        if not call or call[1].startswith("--version"):
            continue
        text = re.sub(r"\d*[<>]{1,2}\s*\S+", "", call[1].replace(")", " "))
        done = subprocess.run([passa, "dump", "parse", "--", *shlex.split(text)], capture_output=True, text=True)
        if done.returncode != 0:
            report(f"passa {command['path']}: the example does not parse: {example}\n  {done.stderr.strip()}")


def check_command(command, lines, report):
    path = command["path"]
    if not command["has_topic"]:
        report(f"passa {path}: {path.split()[0]} has no line in cli/spec/topics.cpp")
    if not command["fields"] and path != "db psql":  # which becomes psql
        report(f"passa {path}: what --json prints stands in no cli/*/json.md")
    for field in command["fields"]:
        if field["type"] not in TYPES or not field["meaning"]:
            report(f"passa {path}: {field['path']} needs one of the types {', '.join(sorted(TYPES))}, and a meaning")
    if not command["summary"] or command["summary"].endswith(".") or len(command["summary"]) > 72:
        report(f"passa {path}: the summary is one line of at most 72 characters without a full stop")
    if not command["examples"] or len(command["exit_codes"]) < 3:
        report(f"passa {path}: needs an example and its exit codes")
    for example in command["examples"]:
        check_example(command, example["command"], report)
    for option in command["options"]:
        if not option["help"]:
            report(f"passa {path}: {option['name']} has no help")
    if not any(uses(path, line) for line in lines):
        report(f"passa {path}: no golden case in tests/cli")


def find_owed(commands, lines, everything):
    owed = []
    for command in commands:
        mine = [line for line in lines if uses(command["path"], line)]
        for option in command["options"]:
            given = re.compile(rf"--{option['name']}(?![\w-])" + (rf"|(?<!\S)-{option['letter']}\b" if option["letter"] else ""))
            if not option["positional"] and not any(given.search(line) for line in mine):
                owed.append(f"passa {command['path']} --{option['name']}")
        if not any("--json" in line or "--format json" in line for line in mine):
            owed.append(f"passa {command['path']} --json")
    codes = subprocess.run([sys.executable, str(ROOT / "scripts/error-codes"), "--codes"], capture_output=True, text=True, check=True)
    owed += [code for code in codes.stdout.split() if not re.search(rf"(?<![\w.]){re.escape(code)}(?![\w.])", everything)]
    return owed


def main():
    dumped = subprocess.run([sys.argv[1], "dump", "commands", "--json"], capture_output=True, text=True, check=True)
    commands = [c for c in json.loads(dumped.stdout)["items"] if not c["hidden"]]
    breaches = []
    lines, everything = read_tests()
    for command in commands:
        check_command(command, lines, breaches.append)
        for example in command["examples"]:
            check_parses(sys.argv[1], command, example["command"], breaches.append)
    paths = {command["path"] for command in commands}
    for doc in sorted(ROOT.glob("cli/*/json.md")):
        for name in re.findall(r"^## (.+)$", doc.read_text(), re.M):
            if name not in paths:
                breaches.append(f"{doc.relative_to(ROOT)}: there is no command {name}")
    owed = find_owed(commands, lines, everything)
    known = set(OWED.read_text().split("\n")) if OWED.exists() else set()
    if "--write" in sys.argv:
        OWED.write_text("\n".join(owed) + "\n")
        return 0
    fresh = owed if "--strict" in sys.argv else [name for name in owed if name not in known]
    breaches += [f"{name}: no test mentions it" for name in fresh]
    paid = [name for name in sorted(known - set(owed)) if name]
    print(f"{len(commands)} commands; {len(owed)} options and codes without a test")
    print(*(f"{name}: a test mentions it now; take it out of tests/meta/owed.txt" for name in paid), sep="\n", end="\n" if paid else "")
    print("\n".join(breaches) if breaches else "meta: clean")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
