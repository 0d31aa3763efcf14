#!/usr/bin/env python3
"""Accounts on a real local network: friendbot, funding from a key, trustlines, what became of a transaction.

Skipped (77), visibly, where contracts/localnet was not built. Usage: account.py PASSA LOCALNET
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import leaks

leaks.watch()

NO_SUCH = "3389e9f0f1a65f19736cacf544c2e825313e8447f569233bb8db39aa607c8889"


def tell_story(run):
    def fails(code, exit_code, *words):
        problem = json.loads(run(*words, "--json", code=exit_code).stderr.splitlines()[-1])["problems"][0]
        assert problem["code"] == code, problem

    def account_of(name):
        return run("key", "export-public", name).stdout.strip()

    pay = ("--yes", "standalone", "--passphrase-file", "pass")
    for name in ("treasury", "venue", "poor"):
        run("key", "new", name, "--passphrase-file", "pass")
    fails("account.not_found", 1, "account", "show", "treasury")
    run("account", "create", "treasury", "--friendbot", "--dry-run")
    fails("account.not_found", 1, "account", "show", "treasury")
    run("account", "create", "treasury", "--friendbot")
    fails("account.exists", 1, "account", "create", "treasury", "--friendbot")
    fails("cli.needs_yes", 2, "account", "create", "venue", "--from", "treasury")
    fails("cli.yes_elsewhere", 2, "account", "create", "venue", "--from", "treasury", "--yes", "public")
    made = json.loads(run("account", "create", "venue", "--from", "treasury", "--amount", "3 XLM", *pay, "--json").stdout)
    assert made["balance"] == {"amount": "3.0000000", "asset": "XLM"}, made
    fails("tx.failed", 1, "account", "create", "poor", "--from", "venue", "--amount", "1000 XLM", *pay)
    fails("account.not_found", 1, "account", "show", "poor")

    asset = "USD:" + account_of("treasury")
    trusted = run("account", "trust", "--asset", asset, "--key", "venue", "--limit", "1000", *pay, "--json")
    assert json.loads(trusted.stdout)["limit"]["amount"] == "1000.0000000"
    sent = trusted.stderr.split("sending transaction ")[1].split()[0]
    shown = json.loads(run("tx", "show", sent, "--json").stdout)
    assert shown["outcome"] == "txSUCCESS [CHANGE_TRUST_SUCCESS]" and shown["source"] == account_of("venue"), shown
    assert json.loads(run("tx", "wait", sent, "--json").stdout)["ledger"] == shown["ledger"]
    line = json.loads(run("account", "show", "venue", "--asset", asset, "--json").stdout)["trustlines"][0]
    assert line["limit"]["amount"] == "1000.0000000" and line["authorized"] is True, line
    run("account", "trust", "--asset", asset, "--key", "venue", "--limit", "0", *pay)
    assert json.loads(run("account", "show", "venue", "--asset", asset, "--json").stdout)["trustlines"][0]["limit"] is None

    fails("tx.not_found", 1, "tx", "show", NO_SUCH)
    fails("tx.unknown", 20, "tx", "wait", NO_SUCH, "--timeout", "1s")
    health = json.loads(run("network", "health", "standalone", "--json").stdout)["items"][0]
    assert health["state"] == "healthy" and health["protocol"] == 28, health
    other = run("network", "health", "testnet", "--json", code=40).stdout  # the same server, called by another name
    assert json.loads(other)["items"][0]["state"] == "rpc.wrong_network", other


def main():
    passa, program = sys.argv[1:3]
    if not Path(program).exists():
        print(f"skipped: {program} was not built (scripts/build)")
        return 77
    folder = tempfile.mkdtemp(prefix="passa-account-")
    network = subprocess.Popen([program, "--port", "0"], stdout=subprocess.PIPE, text=True)
    try:
        url = json.loads(network.stdout.readline())["rpc"]
        environment = {**os.environ, "PASSA_HOME": folder, "PASSA_RPC_URL": url, "PASSA_NETWORK": "standalone"}
        secret = Path(folder, "pass")
        secret.write_text("quiet-heron-" + os.urandom(8).hex() + "\n")
        secret.chmod(0o600)

        def run(*words, code=0):
            done = subprocess.run([passa, *words], env=environment, cwd=folder, capture_output=True, text=True, timeout=180, stdin=subprocess.DEVNULL)
            assert done.returncode == code, f"passa {' '.join(words)}: exit {done.returncode}, not {code}\n{done.stdout}{done.stderr}"
            return done

        tell_story(run)
    finally:
        network.terminate()
        network.wait(timeout=30)
        shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
