#!/usr/bin/env python3
"""What `contract invoke` costs this machine, beside waiting for the network: processor time and memory of the program. Targets, 10 ms and
32 MB, are for all but the key: the call is read, its contract's interface found, simulated and shown (--dry-run). Beside it, without a
target, a call that is signed, kept in the books, sent and waited for: opening its key costs half a second and 256 MB by design
(Argon2id), told by what signing a message costs in the same run. Usage: tests/bench/invoke.py PASSA LOCALNET [N]"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "net"))
import contract

MOST_MILLISECONDS, MOST_MEGABYTES = 10, 32


def spent(story, *words):
    """Milliseconds of processor time and MB of memory at the most; the program must succeed."""
    process = subprocess.Popen([story.passa, *words], env=story.environment, cwd=story.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, f"passa {' '.join(words)}: exit {process.returncode}"
    return (usage.ru_utime + usage.ru_stime) * 1000, usage.ru_maxrss / 1024


def verdict(name, figure, most, unit, detail):
    holds = most is None or figure <= most
    target, word = ("none", "-") if most is None else (f"<= {most}", "ok" if holds else "NOT OK")
    print(f"{name:<34} {figure:>9.1f} {unit:<5} target {target:<8} {word:<7} {detail}")
    return holds


def measure(story, rounds):
    story.begin()
    story.deploy()
    story.apply(contract.manifest("Contract", "xlm", network="standalone", asset="XLM", key="deployer"))
    story.run("contract", "apply", "xlm", *story.pay)
    payment = ("--tok", "contract:xlm", "--from", "account:ops", "--to", "account:guest", "--amount", "1")
    call = ("contract", "invoke", "basic", "pay", *payment, "--key", "ops")
    floors, tried, opened, paid = [], [], [], []
    for _ in range(rounds):  # in turns, and the best of each counts: the machine may be busy with other things
        floors.append(spent(story, "--version"))
        tried.append(spent(story, *call, "--dry-run"))
        opened.append(spent(story, "message", "sign", "bench", "--key", "ops", "--passphrase-file", "pass"))
        paid.append(spent(story, *call, *story.pay))
    memory = max(memory for _, memory in tried)
    in_time = verdict("contract invoke, processor", min(tried)[0], MOST_MILLISECONDS, "ms", f"(best of {rounds}; floor: passa --version {min(floors)[0]:.1f})")
    in_memory = verdict("contract invoke, peak memory", memory, MOST_MEGABYTES, "MB", f"(floor: passa --version {min(floors)[1]:.1f})")
    verdict("contract invoke, signed and sent", min(paid)[0], None, "ms", f"(floor: a signed message {min(opened)[0]:.1f})")
    return in_time and in_memory


def main():
    passa, program = (str(Path(word).resolve()) for word in sys.argv[1:3])
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 10
    folder = Path(tempfile.mkdtemp(prefix="passa-invoke-"))
    folder.chmod(0o711)
    network = subprocess.Popen([program, "--port", "0"], stdout=subprocess.PIPE, text=True)
    try:
        story = contract.Story(passa, json.loads(network.stdout.readline())["rpc"], folder)
        try:
            return 0 if measure(story, rounds) else 1
        finally:
            story.start("db", "stop").communicate(timeout=60)
    finally:
        network.terminate()
        network.wait(timeout=30)
        shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
