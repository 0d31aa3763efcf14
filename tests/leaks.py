"""What tests keep secret, and a look at everything that they bring forth: no output, argument, log or file may hold any of it.

tests/cli/run.py notes the cases' outputs itself. A test of tests/net or tests/sim calls watch(): from then on every output and argument of
every process that it starts is kept, folders are read before they are deleted, and where a secret of the test stands in any of it (or
whatever reads as a Stellar seed, or a core file) the test fails at its end, however well it went.
"""
import atexit
import functools
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path


class Secrets:
    """What the cases keep secret, and every output and file of theirs: compared when all have run, so that none escapes by coming late."""
    LARGE = 256 * 1024
    SEED = r"(?<![A-Z2-7])S[A-Z2-7]{55}(?![A-Z2-7])"
    SEED_BEGINS = re.compile(r"S[A-Z2-7]{55}")
    # What is written into a file that a passphrase is read from, what is fed through a descriptor, a password in a URL.
    GIVEN = [re.compile(pattern) for pattern in (r"printf '([^'\\]+)\\n' ?> ?pass", r"echo (\S{4,}) ?> ?pass", r"\b\d<<<(\S+)", r"://\w+:([^@\s]+)@")]

    def __init__(self):
        self.known, self.outputs = set(), []

    def note_given(self, text):
        self.known.update(found for pattern in self.GIVEN for found in pattern.findall(text))

    def note_output(self, where, text):
        self.outputs.append((where, text))

    def note_files(self, where, folder, given):
        """What stands in the folder of a case in the end, but what it wrote there itself, and large files: tables and endless lines."""
        for file in folder.rglob("*"):
            if file.is_symlink() or not file.is_file() or file.stat().st_size > self.LARGE:
                continue
            if file.name not in given and not file.name.startswith("pass"):
                self.outputs.append((f"{where}: {file.name}", file.read_text(errors="replace")))

    def find(self, text):
        """Where the first of them stands, or None. Plain searches first: texts are long, and secrets rare."""
        patterns = [rf"(?<![\w-]){re.escape(secret)}(?![\w-])" for secret in sorted(self.known) if secret in text]
        if self.SEED_BEGINS.search(text):
            patterns.append(self.SEED)
        found = re.search("|".join(patterns), text) if patterns else None
        return found.start() if found else None

    def find_leaks(self):
        return [f"{where}: a secret stands in: {line[:200]}" for where, text in self.outputs if self.find(text) is not None
                for line in text.split("\n") if self.find(line) is not None]

    # Of tests that watch() looks after.
    MOST = 64 * 1024 * 1024  # bytes of a file that is read
    SHORTEST = 8  # what is shorter stands anywhere by chance

    def know(self, *secrets):
        assert all(len(secret) >= self.SHORTEST for secret in secrets), "a secret of a test is too short to be looked for"
        self.known.update(secrets)

    def find_in_folder(self, folder, kept):
        """What stands in a file of such a name as passphrase becomes known, and may stand there: passa reads it from there."""
        files = [file for file in Path(folder).rglob("*") if not file.is_symlink() and file.is_file() and not any(file.is_relative_to(place) for place in kept)]
        given = [file for file in files if re.fullmatch(r"pass(phrase|word)?\d*", file.name) and file.stat().st_size < 1024]
        for file in given:
            self.known.update(line for line in file.read_text(errors="replace").split("\n") if len(line) >= self.SHORTEST)
        for file in files:
            if re.fullmatch(r"core(\.\d+)?", file.name):
                yield f"{file}: a core file"
            elif file not in given and file.stat().st_size <= self.MOST and (at := self.find(file.read_bytes().decode("latin-1"))) is not None:
                yield f"{file}: a secret stands in it, at byte {at}"


@functools.cache
def watch():
    """Begins to look, once; what is found is told at the end of the process, and is a failure."""
    secrets, found, kept = Secrets(), [], []
    begin, communicate, remove = subprocess.Popen.__init__, subprocess.Popen.communicate, shutil.rmtree

    def popen(process, args, *more, **options):
        secrets.note_output("an argument", " ".join(map(str, args)) if isinstance(args, (list, tuple)) else str(args))
        begin(process, args, *more, **options)

    def heard(process, *more, **options):
        said = communicate(process, *more, **options)
        for text in said:
            if text:
                secrets.note_output(str(process.args), text if isinstance(text, str) else text.decode(errors="replace"))
        return said

    def rmtree(folder, *more, **options):
        found.extend(secrets.find_in_folder(folder, kept))
        remove(folder, *more, **options)

    def tell():
        leaks = found + secrets.find_leaks()
        if leaks:
            print(*sorted(set(leaks)), f"{len(leaks)} leaks", sep="\n", flush=True)
            sys.stderr.flush()
            os._exit(1)

    subprocess.Popen.__init__, subprocess.Popen.communicate, shutil.rmtree = popen, heard, rmtree
    atexit.register(tell)
    secrets.keep = kept.append  # a folder that passa reads secrets from
    return secrets
