#!/usr/bin/env python3
"""Holds the rules of the house that a compiler does not: layers, fences, room sizes, words, and the lists that must be whole.

Prints file:line: rule for each breach; exit 1 if there is any. No dependencies, a few hundred milliseconds.
"""
import hashlib
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LAYERS = {
    0: "base money",
    1: "log config db lease http crypto manifest render rail table",
    2: "ledger runner notify stellar mpesa bankfile anchor",
    3: "party event sale ticket gate market split proof creator attribution fraud sponsor settle payout contract escrow recon loyalty report audit metrics overview backup privacy access catalog",
}
LAYER_OF = {module: layer for layer, modules in LAYERS.items() for module in modules.split()}
RAILS = {"stellar", "mpesa", "bankfile", "anchor"}
FENCES = {  # header prefix -> where it may stand
    "pqxx": "lib/db/", "libpq": "lib/db/", "curl/": "lib/http/", "sodium": "lib/crypto/", "openssl": "lib/crypto/", "yaml-cpp": "lib/manifest/", "CLI/": "cli/spec/parse.cpp", "spdlog": "lib/log/", "prometheus/": "lib/metrics/", "zlib": "lib/table/", "zip.h": "lib/table/", "expat": "lib/table/",
}
MONEY = ("lib/money/", "lib/ledger/", "lib/settle/", "lib/split/", "lib/creator/", "lib/payout/", "lib/sale/", "lib/recon/", "lib/escrow/")
# Plain lists that grow by nature: tables of types described once, one entry a line.
LONG_LISTS = re.compile(r"lib/stellar/xdr/types_")
SOURCE_LIMIT, HEADER_LIMIT = 400, 150
FUNCTION_LIMIT, PARAMETER_LIMIT = 60, 4  # clang-tidy holds them too, and the nesting; this says so in a second
OPENS_NO_FUNCTION = re.compile(r"\s*(if|for|while|switch|catch|else|do|try|return|namespace|struct|class|enum|union|case|extern|static const|const auto|auto|constexpr|inline constexpr|\}|[(\[{]|//|#)\b|.*[=\[]\s*\{$|.*\](\(.*\))?( mutable)?( -> .*)? \{$|\s+: .*")
WORDS = re.compile(r"\b(utils?|helpers?|manager)\.(cpp|hpp)$|\bcommon\.(cpp|hpp)$")


def tracked():
    out = subprocess.run(["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard"], capture_output=True, text=True, check=True).stdout
    return [name for name in out.splitlines() if (ROOT / name).is_file()]


def check_includes(name, lines, report):
    module = name.split("/")[1] if name.startswith("lib/") else None
    for number, line in enumerate(lines, 1):
        quoted = re.match(r'#include "lib/([a-z]+)/', line)
        if quoted and module:
            used = quoted.group(1)
            mine, theirs = LAYER_OF.get(module), LAYER_OF.get(used)
            if mine is None or theirs is None:
                report(name, number, f"module {module if mine is None else used} stands in no layer: add it to the table")
            elif theirs > mine or (theirs == mine == 2 and used != module):
                report(name, number, f"{module} (layer {mine}) may not use {used} (layer {theirs})")
            elif mine == 3 and used in RAILS:
                report(name, number, f"{module} may not know a concrete rail")
        if module and re.match(r'#include "(cli|jobs)/', line):
            report(name, number, "lib never includes cli or jobs")
        angled = re.match(r"#include <([^>]+)>", line)
        if angled and not name.startswith("tests/"):
            for prefix, home in FENCES.items():
                if angled.group(1).startswith(prefix) and not name.startswith(home):
                    report(name, number, f"<{angled.group(1)}> stays behind its fence in {home}")
            if angled.group(1) == "nlohmann/json.hpp" and name.endswith(".hpp"):
                report(name, number, "the full nlohmann header belongs into .cpp files")


def check_cpp(name, text, report):
    lines = text.split("\n")
    check_includes(name, lines, report)
    if not lines[0].startswith("//"):
        report(name, 1, "a file begins by saying why it exists")
    limit = HEADER_LIMIT if name.endswith(".hpp") else SOURCE_LIMIT
    if len(lines) - 1 > limit and not LONG_LISTS.search(name):
        report(name, 1, f"{len(lines) - 1} lines, the limit is {limit}: look for the second thing in it")
    if name.startswith(("lib/", "cli/", "jobs/")) and name.endswith(".cpp"):
        check_functions(name, lines, report)
    if WORDS.search(name):
        report(name, 1, "name the file after its noun or verb")
    for number, line in enumerate(lines, 1):
        code = line.split("//")[0]
        if name.startswith(MONEY) and re.search(r"\b(float|double)\b", code):
            report(name, number, "no floating point near money")
        if name.startswith(("lib/", "cli/", "jobs/")) and not name.startswith("lib/db/") and re.search(r'"\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM) ', code):
            report(name, number, "SQL lives in .sql files")


def parameters_of(signature):
    """How many parameters the first parenthesis holds: commas outside of any bracket in it."""
    depth, angles, count, start = 0, 0, 0, signature.index("(")
    for at in range(start, len(signature)):
        char = signature[at]
        depth += char in "([{"
        depth -= char in ")]}"
        angles += char == "<"
        angles -= char == ">" and signature[at - 1] != "-"
        if depth == 0:
            return count + 1 if signature[start + 1:at].strip() else 0
        count += char == "," and depth == 1 and angles == 0
    return 0


def check_functions(name, lines, report):
    """Relies on the format that scripts/lint holds: a body ends with a brace in the column where its signature began."""
    for start, line in enumerate(lines):
        indent = len(line) - len(line.lstrip())
        if indent not in (0, 4) or "(" not in line or OPENS_NO_FUNCTION.match(line) or "NOLINT(readability-function-size)" in line:
            continue
        signature, last = line, start
        while not re.search(r"[;{}]\s*(//.*)?$", lines[last]) and last + 1 < len(lines) and last - start < 12:
            last += 1
            signature += lines[last]
        if not re.search(r"[{}]\s*(//.*)?$", lines[last]) or not re.match(r"\s*[\w:<>&*,\[\] ~]+(operator\W+)?\(", signature):
            continue
        if parameters_of(signature) > PARAMETER_LIMIT:
            report(name, start + 1, f"{parameters_of(signature)} parameters, the limit is {PARAMETER_LIMIT}: which of them are one thing?")
        end = next((at for at in range(last + 1, len(lines)) if lines[at].startswith(" " * indent + "}")), last)
        if not lines[last].rstrip().endswith("}") and end - start + 1 > FUNCTION_LIMIT + 1:
            report(name, start + 1, f"a function of {end - start + 1} lines, the limit is {FUNCTION_LIMIT}")


def check_sql_list(report):
    text = (ROOT / "tests/support/all_statements.cpp").read_text()
    for folder in sorted(ROOT.glob("lib/*/sql")):
        module = folder.parent.name
        if any(folder.glob("*.sql")) and f'"{module}_sql.hpp"' not in text and (folder.parent / "CMakeLists.txt").exists():
            report("tests/support/all_statements.cpp", 1, f"the SQL of lib/{module} is missing in the list")
        for file in folder.glob("*.sql"):
            if not file.read_text().startswith("--"):
                report(str(file.relative_to(ROOT)), 1, "a query begins by saying what it returns")


def check_released_migrations(report):
    """What a release brought, its databases remember by hash: a changed file would be refused by every one of them."""
    folder = ROOT / "tests/fixtures/released"
    kept = {name: sha256 for sha256, name in (line.split() for line in (folder / "migrations.sha256").read_text().splitlines())}
    for name, sha256 in kept.items():
        file = ROOT / "lib/db/migrations" / name
        if not file.exists() or hashlib.sha256(file.read_bytes()).hexdigest() != sha256:
            report(f"lib/db/migrations/{name}", 1, "a released migration never changes: write a new one")
    numbers = sorted(int(file.name[:4]) for file in (ROOT / "lib/db/migrations").glob("*.sql"))
    for at, number in enumerate(numbers, 1):
        if number != at:
            report("lib/db/migrations", 1, f"number {number} stands where {at} belongs: two of one number, or a gap")
            break
    newest = max(int(dump.name[:4]) for dump in folder.glob("*.sql.xz"))
    if len(kept) < newest:
        report("tests/fixtures/released/migrations.sha256", 1, f"schema {newest} is released, and not every migration of it is kept")


def main():
    breaches = []

    def report(name, line, rule):
        breaches.append(f"{name}:{line}: {rule}")

    for name in tracked():
        if not name.endswith((".cpp", ".hpp", ".py", ".sh", ".sql", ".md", ".cmake", ".rs", ".txt")):
            continue
        text = (ROOT / name).read_text(errors="replace")
        if name.endswith((".cpp", ".hpp")):
            check_cpp(name, text, report)
        if name != "tests/tidy/tidy.py" and re.search(r"(?<![\w.])/(root|home)/\w", text):
            report(name, 1, "a path of somebody's machine")
    check_sql_list(report)
    check_released_migrations(report)
    print("\n".join(breaches) if breaches else "tidy: clean")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
