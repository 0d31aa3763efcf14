#!/usr/bin/env python3
"""What contracts are to be told, on a real local network: tickets issued and points given, packed into few calls, each once wherever it is killed;
what a contract refuses is given up alone.

Skipped (77), visibly, where contracts/localnet was not built. Usage: outbox.py PASSA LOCALNET
"""
import hashlib
import json
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import isolation
from contract import WASM, Story, manifest  # which watches for leaks, too

TICKETS = 130


class Outbox(Story):
    def begin(self):
        for name in ("ops", "guard", "fan"):
            self.run("key", "new", name, "--passphrase-file", "pass")
            self.run("account", "create", name, "--friendbot")
        roles = lambda role: f"{{admin: 'account:ops', guardian: 'account:guard', {role}, delay: '86400'}}"
        window = "{from: '0', until: '4102444800'}"
        event = "{name: Demo, symbol: DEMO, uri: '', capacity: 1000, ends: '4102444800', token: 'contract:xlm'}"
        self.apply(manifest("Organizer", "demo", title="Demo", zone="Africa/Nairobi") + "---\n" + manifest("Contract", "xlm", network="standalone", asset="XLM", key="ops") + "---\n" +
                   self.declare("tickets", "ticket", f"{{roles: {roles('minter: account:ops, gate: account:ops')}, event: {event}, royalties: [{{party: 'account:ops', bps: 10000}}]}}") + "---\n" +
                   self.declare("points", "loyalty", f"{{roles: {roles('rewarder: account:ops')}, name: {{name: Sphere, symbol: SPHERE, decimals: 2}}, daily_cap: '100000000'}}"))
        self.run("contract", "apply", *self.pay)
        rules = {"cap": "0", "capacity": 500, "gifts": {"from": "0", "until": "4102444800"}, "price": "50000000", "royalty": 500, "sales": {"from": "0", "until": "4102444800"}}
        for tier in ("1", "2"):
            self.run("contract", "invoke", "tickets", "set_tier", "--tier", tier, "--rules", json.dumps(rules), "--key", "ops", *self.pay)
        self.run("contract", "invoke", "points", "set_event_cap", "--event", "ab" * 32, "--cap", "1000000", "--key", "ops", *self.pay)

    def declare(self, name, wasm, arguments):
        shutil.copy(WASM / f"{wasm}.wasm", self.folder)
        code = hashlib.sha256((WASM / f"{wasm}.wasm").read_bytes()).hexdigest()
        return manifest("Contract", name, network="standalone", wasm=f"{wasm}.wasm", sha256=f'"{code}"', key="ops", arguments=arguments)

    def ticket(self, number, reference=None, tier=1):
        reference = reference or hashlib.sha256(f"ticket {number}".encode()).hexdigest()
        return {"function": "mint", "key": f"ticket {number} {reference[:8]}", "shared": {"tier": tier}, "list": "tickets", "item": {"id": number, "reference": reference, "to": "account:fan"}}

    def queue(self, contract, rows):
        (self.folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
        return self.told("contract", "queue", contract, "rows.jsonl")

    def states(self, contract):
        items = self.told("contract", "queued", contract, "--limit", "1000")["items"]
        return {state: sum(one["state"] == state for one in items) for state in sorted({one["state"] for one in items})}

    def read(self, *words):
        return self.told("contract", "read", *words)["value"]

    def refuse(self):
        """All lines of a file or none, each refusal with its line."""
        (self.folder / "rows.jsonl").write_text('{"function": "mint", "key": "1"}\nnonsense\n{"function": "mint", "key": "2", "list": "tickets"}\n{"key": "3"}\n{"function": "x", "key": "4", "more": 1}\n')
        err = self.run("contract", "queue", "tickets", "rows.jsonl", "--json", code=2)[1]
        problems = json.loads(err)["problems"]
        assert [one["message"].split(":")[1] for one in problems] == ["2", "3", "4", "5"] and {one["code"] for one in problems} == {"contract.queue"}, problems
        assert self.states("tickets") == {}
        self.fails("contract.queue_file", 2, "contract", "queue", "tickets", "nowhere.jsonl")
        self.fails("contract.queue_state", 2, "contract", "queued", "tickets", "--state", "lost")

    def tell(self):
        self.begin()
        self.refuse()
        rows = [self.ticket(number) for number in range(1, TICKETS + 1)]
        assert self.queue("tickets", rows)["queued"] == TICKETS
        again = self.queue("tickets", rows[:5])
        assert (again["queued"], again["known"]) == (0, 5), again
        self.fails("contract.other_wish", 1, "contract", "queue", "tickets", self.changed(rows[0]))
        job = ("job", "run", "contract-send")
        self.fails("cli.needs_yes", 2, *job)
        assert [one["item"] for one in self.told(*job, "--dry-run", "--network", "standalone")["plan"]] == ["tickets"]
        for fault in ("rail.ask.after:1:kill", "contract.call.after:1:kill"):
            process = self.start(*job, *self.pay, fault=fault)
            process.communicate(timeout=180)
            assert process.returncode == -signal.SIGKILL, (fault, process.returncode)
        counts = self.told(*job, *self.pay)["counts"]
        assert self.states("tickets") == {"done": TICKETS} and self.read("tickets", "balance", "--owner", self.account("fan")) == TICKETS, (counts, self.states("tickets"))
        self.given_up()
        self.points()
        self.keyless()
        self.run("ledger", "check")
        isolation.check_filled(self, ["contract_call", "contract_outbox"])

    def changed(self, row):
        (self.folder / "changed.jsonl").write_text(json.dumps({**row, "shared": {"tier": 2}}) + "\n")
        return "changed.jsonl"

    def given_up(self):
        """Ticket 7 exists under another reference: it alone is refused, in the contract's words."""
        rows = [self.ticket(number, tier=2) for number in range(1001, 1011)] + [self.ticket(7, reference="cd" * 32, tier=2)]
        self.queue("tickets", rows)
        out, err = self.run("job", "run", "contract-send", *self.pay, "--json", code=3)
        assert "contract.refused_rows" in err, err
        run = json.loads(out)
        assert run["counts"]["refused"] == 1 and run["counts"]["told"] == 10, run
        refused = self.told("contract", "queued", "tickets", "--state", "refused")["items"]
        assert len(refused) == 1 and "IdTaken" in refused[0]["refused"], refused
        assert self.told("job", "run", "contract-send", *self.pay)["planned"] == 0

    def keyless(self):
        """Nobody can speak to it: its rows wait, and the job says why."""
        self.apply(manifest("Contract", "keyless", network="standalone", asset="XLM"))
        self.queue("keyless", [{"function": "approve", "key": "1"}])
        assert "contract.no_key" in "".join(self.run("job", "run", "contract-send", *self.pay, "--json", code=3)), self.states("keyless")
        assert self.states("keyless") == {"waiting": 1}

    def points(self):
        rows = [{"function": "reward", "key": f"{kind}", "shared": {"event": "ab" * 32, "kind": kind}, "list": "rewards", "item": {"amount": "250", "to": "account:fan"}} for kind in (1, 2)]
        self.queue("points", rows)
        counts = self.told("job", "run", "contract-send", *self.pay)["counts"]
        assert (counts["told"], counts["calls"]) == (2, 2), counts
        assert self.read("points", "balance", "--id", self.account("fan")) == "500"


def main():
    passa, program = sys.argv[1:3]
    if not Path(program).exists():
        print(f"skipped: {program} was not built (scripts/build)")
        return 77
    folder = Path(tempfile.mkdtemp(prefix="passa-outbox-"))
    network = subprocess.Popen([program, "--port", "0"], stdout=subprocess.PIPE, text=True)
    try:
        story = Outbox(passa, json.loads(network.stdout.readline())["rpc"], folder)
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
