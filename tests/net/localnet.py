#!/usr/bin/env python3
"""passa localnet with its real program: two starts give one network, kill -9 loses no closed ledger, reset forgets.

Skipped (77), visibly, where contracts/localnet was not built. Usage: localnet.py PASSA LOCALNET
"""
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import leaks

leaks.watch()

ADDRESS = "GBZQ5GHLIRVXRQLGH7XX3ASZVMDL3HWGNRZNC3PRSTCT25PJSMEPPNMM"


def refuse_to_stop_others(passa):
    """localnet.stop: a network that another user started is left alone. Root tries it as nobody."""
    home = Path(tempfile.mkdtemp(prefix="passa-localnet-"))
    somebodys = subprocess.Popen(["sleep", "60"]) if os.geteuid() == 0 else None
    pid = somebodys.pid if somebodys else 1
    try:
        started = int(Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()[19])
        (home / "localnet").mkdir()
        (home / "localnet/running.json").write_text(json.dumps({"pid": pid, "started": started, "rpc": "http://127.0.0.1:1"}))
        for path in (home, home / "localnet"):
            path.chmod(0o777)
        own = shutil.copy(passa, home / "passa")
        user = {"user": "nobody"} if somebodys else {}
        done = subprocess.run([own, "localnet", "down"], env={"PATH": os.environ["PATH"], "HOME": str(home), "PASSA_HOME": str(home)}, capture_output=True, text=True, timeout=60, cwd=home, **user)
        assert "localnet.stop" in done.stderr and done.returncode == 4, f"exit {done.returncode}: {done.stderr}"
        assert somebodys is None or somebodys.poll() is None
    finally:
        if somebodys:
            somebodys.kill()
            somebodys.wait()
        shutil.rmtree(home)


def limits_of_its_own(home, start, run, call):
    """--limits FILE is read when the network starts, stays, and is not waved through where one runs already."""
    file = Path(home, "limits.json")
    file.write_text('[{"contract_max_size_bytes": 4321}]')
    running = start("up", "--limits", str(file))
    assert "localnet.running" in running.communicate(timeout=60)[1] and running.returncode == 1

    def most_code(rpc):
        entries = call(rpc, "getLedgerEntries", keys=["AAAACAAAAAA="], xdrFormat="json")["entries"]
        return entries[0]["dataJson"]["config_setting"]["contract_max_size_bytes"]

    for words, most in ((), 131072), (("--limits", str(file)), 4321), ((), 4321):
        run("down")
        rpc = json.loads(run("up", "--port", "0", "--json", *words))["rpc"]
        assert most_code(rpc) == most, (words, most_code(rpc))


def main():
    passa, program = sys.argv[1:3]
    home = tempfile.mkdtemp(prefix="passa-localnet-")
    environment = {**os.environ, "PASSA_HOME": home}
    environment.pop("PASSA_LOCALNET", None)  # passa finds the program of its own build tree

    def start(*words):
        return subprocess.Popen([passa, "localnet", *words], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run(*words, code=0):
        process = start(*words)
        out, err = process.communicate(timeout=60)
        assert process.returncode == code, f"passa localnet {' '.join(words)}: exit {process.returncode}, not {code}\n{out}{err}"
        return out

    def call(url, method, **params):
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()
        request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)["result"]

    if not Path(program).exists():
        process = start("up", "--port", "0")
        assert "localnet.not_built" in process.communicate(timeout=60)[1] and process.returncode == 40
        shutil.rmtree(home)
        print(f"skipped: {program} was not built (scripts/build)")
        return 77

    refuse_to_stop_others(passa)
    try:
        both = [start("up", "--port", "0", "--json") for _ in range(2)]
        told = [json.loads(process.communicate(timeout=60)[0]) for process in both]
        assert told[0]["pid"] == told[1]["pid"], f"two networks: {told}"
        first = told[0]
        assert call(first["rpc"], "getNetwork")["passphrase"] == first["passphrase"]
        with urllib.request.urlopen(f"{first['friendbot']}?addr={ADDRESS}", timeout=30) as answer:
            grant = json.load(answer)
        assert grant["successful"], grant
        paid = call(first["rpc"], "getTransaction", hash=grant["hash"])
        assert paid["status"] == "SUCCESS", paid
        assert json.loads(run("status", "--json"))["rpc"] == first["rpc"]
        other = start("up", "--port", "1")
        assert "localnet.other_port" in other.communicate(timeout=60)[1] and other.returncode == 1
        foreground = start("up", "--foreground")
        assert "localnet.running" in foreground.communicate(timeout=60)[1] and foreground.returncode == 1

        os.kill(first["pid"], signal.SIGKILL)
        second = json.loads(run("up", "--port", "0", "--json"))
        assert second["pid"] != first["pid"]
        again = call(second["rpc"], "getTransaction", hash=grant["hash"])
        assert {**again, **{k: paid[k] for k in ("latestLedger", "latestLedgerCloseTime")}} == paid, again
        try:
            urllib.request.urlopen(f"{second['friendbot']}?addr={ADDRESS}", timeout=30)
            raise AssertionError("friendbot funded an account twice")
        except urllib.error.HTTPError as refused:
            assert refused.code == 400, refused

        run("down")
        run("status", code=1)
        third = json.loads(run("up", "--port", "0", "--json"))
        assert call(third["rpc"], "getTransaction", hash=grant["hash"])["status"] == "SUCCESS"
        run("reset", "--yes")
        run("status", code=1)
        fourth = json.loads(run("up", "--port", "0", "--json"))
        assert call(fourth["rpc"], "getTransaction", hash=grant["hash"])["status"] == "NOT_FOUND"
        limits_of_its_own(home, start, run, call)
    finally:
        subprocess.run([passa, "localnet", "down", "--quiet"], env=environment, timeout=60)
        shutil.rmtree(home)
    print("one network, nothing lost, nothing left running")
    return 0


if __name__ == "__main__":
    sys.exit(main())
