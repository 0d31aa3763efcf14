#!/usr/bin/env python3
"""Contracts on networks that are dear or narrow: what costs more than a fee field holds goes in a fee bump, and once; what is larger than one transaction may be is told
by the limit that it passes, or done in parts.

Skipped (77), visibly, where contracts/localnet was not built. Usage: contract_limits.py PASSA LOCALNET
"""
import json
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from contract import manifest
from contract_upkeep import DAY, Upkeep

SETTINGS = Path(__file__).resolve().parents[2] / "contracts/localnet/src/ledger/soroban/mainnet.json"
MOST_PLAIN = 429.4967295  # XLM: 32 bits of stroops


class Narrow(Upkeep):
    def begin(self):
        for name in ("deployer", "ops", "guest"):
            self.run("key", "new", name, "--passphrase-file", "pass")
            self.run("account", "create", name, "--friendbot")
        self.apply(manifest("Organizer", "demo", title="Demo", zone="Africa/Nairobi"))
        self.apply(manifest("Contract", "basic", network="standalone", wasm="basic.wasm", sha256=self.sha256, key="deployer"))
        self.apply(manifest("Contract", "xlm", network="standalone", asset="XLM", key="deployer"))

    def give(self, *more, amount="10000000"):
        return ("contract", "invoke", "xlm", "transfer", "--from", "account:ops", "--to", "account:guest", "--amount", amount, "--key", "ops", *more)


class Dear(Narrow):
    """An entry that is written costs 250 XLM, and a transfer writes two."""

    settings = {"contract_ledger_cost_v0": {"fee_write_ledger_entry": "2500000000"}}

    def tell(self):
        self.begin()
        self.run("contract", "apply", "xlm", "--max-fee", "2000", *self.pay)
        assert self.fails("contract.fee", 1, *self.give(*self.pay))["message"].startswith("the call may cost more than")
        self.fails("contract.fee", 2, *self.give("--max-fee", "109952", *self.pay))
        tried = self.told(*self.give("--max-fee", "2000", "--dry-run"))
        assert float(tried["fee_at_most"]["amount"]) > MOST_PLAIN, tried
        self.fails("contract.fee_bump", 1, *self.give("--max-fee", "2000", "--build-only"))
        held, had = self.balance("guest"), self.balance("ops")
        paid = self.told(*self.give("--max-fee", "2000", *self.pay))
        fee = float(paid["fee"]["amount"])
        assert fee > MOST_PLAIN and self.balance("guest") == held + 1 and abs(had - 1 - fee - self.balance("ops")) < 1e-6, (paid, had, self.balance("ops"))
        shown = self.told("tx", "show", paid["transaction"])
        assert shown["fee_bump"] is True, shown
        self.die_and_go_on()

    def die_and_go_on(self):
        """Killed with the fee bump stored, or sent: the next command asks what became of it, and it happened once at most."""
        for fault, happened in (("contract.call.after:1", (0, 1)), ("rail.ask.before:1", (0, 1)), ("rail.ask.after:1", (1,)), ("contract.outcome.before:1", (1,))):
            held = self.balance("guest")
            process = self.start(*self.give("--max-fee", "2000", *self.pay), fault=fault + ":kill")
            process.communicate(timeout=180)
            assert process.returncode == -signal.SIGKILL, (fault, process.returncode)
            self.run(*self.give("--max-fee", "2000", *self.pay, amount="20000000"))
            assert self.balance("guest") - held - 2 in happened, (fault, held, self.balance("guest"))
            assert {one["state"] for one in self.calls()} <= {"confirmed", "dead"}, self.calls()


class OneByOne(Narrow):
    """A transaction writes one entry, and reads one from disk."""

    settings = {"contract_ledger_cost_v0": {"tx_max_write_ledger_entries": 1, "tx_max_disk_read_entries": 1}}

    def tell(self):
        self.begin()
        self.run("contract", "apply", *self.pay)
        sent = len(self.calls())
        problem = self.fails("contract.limit", 1, *self.give(*self.pay))
        assert "2 entries written, 1 more than the 1 allowed" in problem["message"] and "2 entries read from disk" in problem["message"], problem
        assert len(self.calls()) == sent
        self.control("localnet_skip", ledger=self.newest() + 130 * DAY)
        tried = self.told("contract", "restore", "basic", "--key", "ops", "--dry-run")
        assert "part 1 of 2" in tried["does"] and "part 2 of 2" in tried["does"], tried
        done = self.told("contract", "restore", "basic", "--key", "ops", *self.pay)
        assert done["lives_until"] > done["ledger"] and done["code_lives_until"] > done["ledger"], done
        assert 0 < float(done["fee"]["amount"]) <= float(tried["fee_at_most"]["amount"]), (tried, done)
        assert [one["state"] for one in self.calls()][:2] == ["confirmed"] * 2 and len(self.calls()) == sent + 2, self.calls()
        assert self.told("contract", "read", "basic", "hello")["value"] == "hi"
        self.keep_in_parts()

    def keep_in_parts(self):
        self.declare()
        self.control("localnet_skip", ledger=self.newest() + 175 * DAY)
        before = len(self.calls())
        kept = self.told("contract", "keep", *self.pay)["items"][0]
        assert kept["restored"] and kept["extended"] and kept["ledgers_left"] > 169 * DAY, kept
        assert len(self.calls()) == before + 3, self.calls()


def settings_with(changes, path):
    settings = json.loads(SETTINGS.read_text())
    for one in settings:
        for name, fields in changes.items():
            if name in one:
                one[name].update(fields)
    path.write_text(json.dumps(settings))
    return str(path)


def main():
    passa, program = sys.argv[1:3]
    if not Path(program).exists():
        print(f"skipped: {program} was not built (scripts/build)")
        return 77
    for kind in (Dear, OneByOne):
        folder = Path(tempfile.mkdtemp(prefix="passa-limits-"))
        limits = settings_with(kind.settings, folder / "settings.json")
        network = subprocess.Popen([program, "--port", "0", "--control", "--limits", limits], stdout=subprocess.PIPE, text=True)
        try:
            story = kind(passa, json.loads(network.stdout.readline())["rpc"], folder)
            try:
                story.tell()
            finally:
                story.start("db", "stop").communicate(timeout=60)
        finally:
            network.terminate()
            network.wait(timeout=30)
            shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
