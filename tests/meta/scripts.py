#!/usr/bin/env python3
"""Holds what the scripts for people owe a newcomer: --help prints the head comment and does nothing else; a build tree that
came along from another folder begins anew, and a name that is no preset removes none; the demo lets a long build be seen, and what went wrong in it.

Usage: scripts.py
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def head_of(script):
    """Its own words: the comment or docstring it begins with, as plain text."""
    lines = script.read_text().split("\n")[1:]
    if lines[0].startswith('"""'):
        return re.split('"""', "\n".join(lines))[1].strip()
    end = next(i for i, line in enumerate(lines) if not line.startswith("#"))
    return "\n".join(line[2:] for line in lines[:end])


def check_help(folder):
    # Nothing that could install, build or test is within reach: who does more than print fails.
    environment = {"PATH": f"{folder}/bin", "HOME": folder}
    (Path(folder) / "bin").mkdir()
    for tool in ("bash", "env", "python3", "sed", "dirname"):
        os.symlink(shutil.which(tool), f"{folder}/bin/{tool}")
    for script in sorted((ROOT / "scripts").iterdir()):
        done = subprocess.run([script, "--help"], cwd=folder, env=environment, capture_output=True, text=True, timeout=60)
        told = head_of(script).split("\n")[0].split()
        if done.returncode != 0 or done.stderr or " ".join(told) not in " ".join(done.stdout.split()):
            yield f"{script.name} --help: exit {done.returncode}\n{done.stdout}{done.stderr}"


def check_moved(folder):
    first, second = Path(folder) / "first", Path(folder) / "second"
    (first / "scripts").mkdir(parents=True)
    shutil.copy(ROOT / "scripts/configure", first / "scripts")
    (first / "CMakeLists.txt").write_text("cmake_minimum_required(VERSION 3.25)\nproject(moved LANGUAGES NONE)\n")
    (first / "CMakePresets.json").write_text('{"version": 6, "configurePresets": [{"name": "release", "generator": "Ninja", "binaryDir": "${sourceDir}/build/release"}]}')

    def configure(where, *preset):
        done = subprocess.run([where / "scripts/configure", *preset], capture_output=True, text=True, timeout=60)
        return done.returncode, done.stdout, done.stderr

    if (got := configure(first)) != (0, "", ""):
        yield f"configure, first: {got}"
    shutil.copytree(first, second)
    if (got := configure(second)) != (0, f"build/release was made in {first}: it begins anew here\n", ""):
        yield f"configure, in a copy: {got}"
    (second / "build/release/made").touch()
    if (got := configure(second)) != (0, "", "") or not (second / "build/release/made").exists():
        yield f"configure, again: {got}"
    # A name that is no preset is refused before anything is removed, also one that leads to a tree of another folder.
    shutil.copytree(first / "build/release", second / "build/old")
    if (got := configure(second, "old")) != (2, "", "there is no preset 'old'; the presets are: release\n") or not (second / "build/old").exists():
        yield f"configure, no preset: {got}"


def check_progress():
    function = re.search(r"^thin_out\(\) \{.*?^\}", (ROOT / "scripts/demo").read_text(), re.M | re.S)[0]
    lines = ["[1/300] Building a", "[2/300] Building b", "FAILED: b", "b.cpp:1: error: [1/2]", "built"]
    done = subprocess.run(["bash", "-c", f"{function}\nthin_out"], input="\n".join(lines) + "\n", capture_output=True, text=True, timeout=60)
    if done.stdout.split("\n")[:-1] != [line for line in lines if line != "[2/300] Building b"]:
        yield f"thin_out: {done.stdout}{done.stderr}"


def main():
    folder = tempfile.mkdtemp(prefix="passa-scripts-")
    try:
        wrong = [*check_help(folder), *check_moved(folder), *check_progress()]
    finally:
        shutil.rmtree(folder)
    print(*wrong, f"scripts: {len(wrong)} wrong", sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
