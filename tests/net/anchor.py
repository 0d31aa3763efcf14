#!/usr/bin/env python3
"""The root of each settlement on a real local network, put there once wherever the sender is killed; and a payee who checks his lines with
nothing but his file and the network.

Skipped (77), visibly, where contracts/localnet was not built. Usage: anchor.py PASSA LOCALNET
"""
import hashlib
import json
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from contract import WASM, Story, manifest  # which watches for leaks, too

HEAD = "source,external_order_id,external_line_id,tier,quantity,currency,gross_minor,tax_minor,fee_platform_minor,fee_payment_minor,status,paid_at,voucher\n"
CORPUS = Path(__file__).resolve().parents[1] / "fuzz/corpus/proof_file/three_of_seven"


class Anchor(Story):
    def begin(self):
        for name in ("ops", "guard"):
            self.run("key", "new", name, "--passphrase-file", "pass")
            self.run("account", "create", name, "--friendbot")
        self.sold = HEAD
        show = manifest("Event", "show", title="Show", zone="Africa/Nairobi", currency="KES", starts="2027-03-06T19:00:00+03:00", ends="2027-03-07T02:00:00+03:00",
                        tiers="[{name: regular, title: Regular, price: 10 KES}]")
        self.apply("---\n".join((
            manifest("Organizer", "demo", title="Demo", zone="Africa/Nairobi"), manifest("Party", "demo-band", title="Band"), manifest("Party", "demo-hall", title="Hall"), show,
            manifest("SplitPlan", "show-plan", event="show", shares="[{party: demo-band, share: 70%}, {party: demo-hall, share: 30%}]"),
            manifest("Contract", "xlm", network="standalone", asset="XLM", key="ops"))))

    def declare(self, anchors="[show]"):
        code = hashlib.sha256((WASM / "attribution.wasm").read_bytes()).hexdigest()
        shutil.copy(WASM / "attribution.wasm", self.folder)
        roles = "{admin: 'account:ops', approver: 'account:ops', guardian: 'account:guard', recorder: 'account:ops', delay: '86400'}"
        return manifest("Contract", "roots", network="standalone", wasm="attribution.wasm", sha256=f'"{code}"', key="ops", anchors=anchors,
                        arguments=f"{{roles: {roles}, terms: {{token: 'contract:xlm', ends: '{int(time.time()) + 86400 * 30}', window: '86400'}}}}")

    def settle(self, order):
        self.sold += f"box,{order},1,regular,1,KES,100000,0,0,0,paid,2026-10-05T10:00:00+03:00,\n"
        (self.folder / "sales.csv").write_text(self.sold)
        self.run("sale", "import", "sales.csv", "--profile", "passa", "--event", "show", "--quiet")
        return self.told("settle", "--event", "show")["id"]

    def refuse(self):
        def fails(code, text):
            (self.folder / "wrong.yaml").write_text(text)
            self.fails(code, 2, "apply", "-f", "wrong.yaml")
        fails("manifest.unknown_reference", self.declare("[shaw]"))
        fails("contract.field", manifest("Contract", "roots", network="standalone", asset="XLM", key="ops", anchors="[show]"))

    def anchors(self, settlement):
        return self.told("settlement", "show", settlement)["anchors"]

    def tell(self):
        self.begin()
        self.refuse()
        first = self.settle("A1")
        assert self.anchors(first) == [], "nobody keeps roots yet"
        self.apply(self.declare())
        self.run("contract", "apply", *self.pay)
        self.run("settle", "--event", "show", "--dry-run")
        assert self.anchors(first) == [], "a dry run queues nothing"
        self.run("settle", "--event", "show")  # nothing to settle, and the root from before is queued
        second = self.settle("A2")
        for one in (first, second):
            assert self.anchors(one) == [{"contract": "roots", "state": "waiting", "transaction": None}], self.anchors(one)
        assert "Contract roots names it in anchors" in self.run("delete", "Event", "show", code=1)[1]
        process = self.start("job", "run", "contract-send", *self.pay, fault="rail.ask.after:1:kill")
        process.communicate(timeout=180)
        assert process.returncode == -signal.SIGKILL, process.returncode
        self.told("job", "run", "contract-send", *self.pay)
        assert {self.anchors(one)[0]["state"] for one in (first, second)} == {"done"}
        third = self.told("job", "run", "settle")
        assert "anchors" not in third["counts"], third
        self.check(first, second)

    def check(self, first, second):
        for settlement in (first, second):
            file = f"{settlement}.json"
            self.run("proof", "create", "--settlement", settlement, "--party", "demo-band", "--out", file)
            shown = self.told("proof", "verify", file, "--contract", "roots")
            assert shown["root"] == self.told("settlement", "show", settlement)["root"], shown
        kept = self.told("contract", "read", "roots", "anchored", "--kind", "settlement", "--id", hashlib.sha256(first.encode()).hexdigest())["value"]
        assert kept["root"] == self.told("settlement", "show", first)["root"], kept
        address = self.told("contract", "show", "roots")["contract"]
        payee = {**self.environment, "PASSA_HOME": str(self.folder / "payee"), "PASSA_DB": "postgresql://nowhere.invalid/none"}
        words = [self.passa, "proof", "verify", f"{first}.json", "--contract", address, "--network", "standalone", "--json"]
        alone = subprocess.run(words, env=payee, cwd=self.folder, capture_output=True, text=True, timeout=60)
        assert alone.returncode == 0 and json.loads(alone.stdout)["proved"][0]["amount"] == "700.00", alone
        self.fails("proof.not_anchored", 1, "proof", "verify", str(CORPUS), "--contract", "roots")
        self.fails("proof.which_root", 2, "proof", "verify", f"{first}.json", "--contract", "roots", "--root", "ab" * 32)
        forged = json.loads((self.folder / f"{first}.json").read_text())
        forged["proofs"][0]["line"]["settlement"] = second
        (self.folder / "forged.json").write_text(json.dumps(forged))
        self.fails("proof.changed", 1, "proof", "verify", "forged.json", "--contract", "roots")


def main():
    passa, program = sys.argv[1:3]
    if not Path(program).exists():
        print(f"skipped: {program} was not built (scripts/build)")
        return 77
    folder = Path(tempfile.mkdtemp(prefix="passa-anchor-"))
    network = subprocess.Popen([program, "--port", "0"], stdout=subprocess.PIPE, text=True)
    try:
        story = Anchor(passa, json.loads(network.stdout.readline())["rpc"], folder)
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
