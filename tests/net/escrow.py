#!/usr/bin/env python3
"""Money that a contract holds, on a real local network: deposited, split by the contract, paid out; booked from what it tells, whoever called; and
released to payouts when it is paused. Contract, ledger and chain agree to the unit after each step.

Skipped (77), visibly, where contracts/localnet was not built. Usage: escrow.py PASSA LOCALNET
"""
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

import isolation
from contract import WASM, Story, manifest  # which watches for leaks, too

HEAD = "source,external_order_id,external_line_id,tier,quantity,currency,gross_minor,tax_minor,fee_platform_minor,fee_payment_minor,status,paid_at,voucher\n"
XLM = 10**7


def sale(order, gross, voucher="", status="paid", fee=0):
    return f"box,{order},1,regular,1,XLM,{gross},0,{fee},0,{status},2026-10-05T10:00:00+03:00,{voucher}\n"


class Escrow(Story):
    def begin(self):
        for name in ("ops", "till", "guard", "band", "hall", "fan"):
            self.run("key", "new", name, "--passphrase-file", "pass")
            self.run("account", "create", name, "--friendbot")
        shutil.copy(WASM / "event_revenue.wasm", self.folder / "money.wasm")
        self.code = hashlib.sha256((self.folder / "money.wasm").read_bytes()).hexdigest()
        till, band, hall, fan = (self.account(name) for name in ("till", "band", "hall", "fan"))
        self.sold = HEAD
        payout = lambda address: f"{{rail: stellar, address: {address}, asset: XLM}}"
        self.base = "---\n".join((
            manifest("Organizer", "demo", title="Demo", zone="Africa/Nairobi"),
            manifest("Party", "demo-band", title="Band", payout=payout(band)),
            manifest("Party", "demo-hall", title="Hall", payout=payout(hall)),
            manifest("Creator", "demo-fan", title="Fan", payout=payout(fan)),
            manifest("Event", "show", title="Show", zone="Africa/Nairobi", currency="XLM", starts="2027-03-06T19:00:00+03:00", ends="2027-03-07T02:00:00+03:00",
                     tiers='[{name: regular, title: Regular, price: 10 XLM}]'),
            manifest("Campaign", "show-codes", event="show", commission="10%", codes="[{code: FAN, creator: demo-fan}]"),
            manifest("Treasury", "till", rail="stellar", network="standalone", address=till, key="till", asset="XLM"),
            manifest("PayoutPolicy", "limits", singlePerson="false"),
        ))
        self.apply(self.base + "---\n" + self.contract() + "---\n" + self.plan())
        self.run("contract", "apply", *self.pay)

    def contract(self, name="money"):
        who = "account:"
        plan = f"{{commission_cap: 2000, shares: [{{party: 'party:demo-band', bps: 6667}}, {{party: 'party:demo-hall', bps: 3333}}]}}"
        return manifest("Contract", name, network="standalone", wasm="money.wasm", sha256=f'"{self.code}"', key="ops",
                        arguments=f"{{admin: '{who}ops', guardian: '{who}guard', organizer: '{who}till', delay: '86400', plan: {plan}}}")

    def plan(self, onchain="{contract: money, treasury: till}", shares="[{party: demo-band, share: 66.67%}, {party: demo-hall, share: 33.33%}]", **more):
        return manifest("SplitPlan", "show-plan", event="show", shares=shares, onchain=onchain, **more)

    def sell(self, *rows):
        self.sold += "".join(rows)
        (self.folder / "sales.csv").write_text(self.sold)
        self.run("sale", "import", "sales.csv", "--profile", "passa", "--event", "show", "--quiet")
        return self.told("settle", "--event", "show")["posted"]

    def figures(self, code=0, **how):
        out = self.run("escrow", "show", "show", "--all", "--json", code=code)[0]
        return {(one["figure"]): (Decimal(one["books"]["amount"]), Decimal(one["contract"]["amount"])) for one in json.loads(out)["figures"]}

    def pay_out(self, *words, code=0):
        return self.told("escrow", "pay", "--event", "show", *self.pay, *words, code=code)["items"][0]

    def holding(self, name):
        return Decimal(self.told("account", "show", name)["balance"]["amount"])

    def laws(self):
        assert all(item["holds"] for item in self.told("ledger", "check")["items"])

    def refuse(self):
        """What cannot work is refused while it is words, at its place."""
        def fails(code, text):
            (self.folder / "wrong.yaml").write_text(text)
            self.fails(code, 2, "apply", "-f", "wrong.yaml")
        fails("split.onchain_law", self.plan(basis="gross", feesFrom="demo-band"))
        fails("split.onchain_law", self.plan(commissionFrom="demo-band"))
        fails("split.onchain_law", self.plan(shares="[{party: demo-band, share: 66.667%}, {party: demo-hall, share: 33.333%}]"))
        fails("manifest.unknown_reference", self.plan(onchain="{contract: mony, treasury: till}"))
        fails("split.onchain_taken", self.plan().replace("show-plan", "second-plan").replace("event: show", "event: show\n  tiers: [regular]"))
        fails("split.onchain_contract", manifest("Contract", "theirs", network="standalone", asset="XLM") + "---\n" + self.plan(onchain="{contract: theirs, treasury: till}"))
        other = manifest("Treasury", "away", rail="stellar", network="testnet", address=self.account("till"), asset="XLM")
        fails("split.onchain_network", other + "---\n" + self.plan(onchain="{contract: money, treasury: away}"))
        shillings = manifest("Event", "local", title="Local", zone="Africa/Nairobi", currency="KES", starts="2027-03-06T19:00:00+03:00", ends="2027-03-07T02:00:00+03:00", tiers="[{name: regular, title: R, price: 10 KES}]")
        fails("split.onchain_currency", shillings + "---\n" + self.contract("more") + "---\n" +
              self.plan(onchain="{contract: more, treasury: till}").replace("show-plan", "local-plan").replace("event: show", "event: local"))
        self.apply(shillings)
        self.fails("escrow.none", 1, "escrow", "show", "local")

    def first_night(self):
        """Deposit, commission, payment; a second time nothing is left to do."""
        self.sell(sale("A1", 10 * XLM + 1, "FAN", fee=3), sale("A2", 20 * XLM))
        before = {name: self.holding(name) for name in ("band", "hall", "fan", "till")}
        plan = self.told("escrow", "pay", "--event", "show", "--dry-run")["plans"][0]
        assert (plan["deposit"]["amount"], plan["payees"]) == ("29.9999998", 3), plan
        self.fails("cli.needs_yes", 2, "escrow", "pay", "--event", "show")
        done = self.pay_out()
        assert (done["deposited"]["amount"], done["commissions"]["amount"], done["paid"]["amount"]) == ("29.9999998", "1.0000000", "29.9999998"), done
        gained = {name: self.holding(name) - before[name] for name in before}
        shared = 29 * XLM - 2
        assert gained["fan"] == 1 and gained["band"] + gained["hall"] == Decimal(shared) / XLM and gained["till"] == Decimal("-29.9999998"), gained
        assert abs(gained["band"] * XLM - Decimal(shared) * 6667 / 10000) < 1, gained
        again = self.pay_out()
        assert again["calls"] == 0 and again["paid"]["amount"] == "0.0000000", again
        self.fails("escrow.differs", 10, "escrow", "show", "show")
        figures = self.figures(code=10)  # the treasury's statement was not read yet
        assert figures["in transit"] == (Decimal("-29.9999998"), 0) and figures["held"] == (0, 0), figures
        self.run("recon", "run", "--treasury", "till")
        figures = self.figures()
        assert figures["paid demo-fan"] == (1, 1) and figures["in transit"] == (0, 0), figures
        owed = self.told("ledger", "balance", "--event", "show")["items"]
        assert not [one for one in owed if one["account"].startswith(("contract_", "party_payable", "commission_payable"))], owed
        assert self.told("payout", "create", "--event", "show")["batch"] is None
        self.laws()

    def one_at_a_time(self):
        """A release waits while money moves, and while it is not known what became of the last that was sent."""
        process = self.start("escrow", "pay", "--event", "show", *self.pay, fault="rail.ask.after:1:stop")
        stands = lambda: Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "T"
        until = time.monotonic() + 60
        while not stands():
            assert time.monotonic() < until and process.poll() is None, process.communicate()
            time.sleep(0.1)
        release = ("escrow", "release", "show", "--reason", "in haste")
        self.fails("escrow.busy", 75, *release)
        process.kill()
        process.communicate(timeout=60)
        owed = lambda: int(self.told("contract", "read", "money", "owed", "--version", "1", "--token", "contract:xlm", "--payee", self.account("band"))["value"])
        until = time.monotonic() + 30
        while owed() == 0:
            assert time.monotonic() < until, "the deposit of the killed one never came into a ledger"
            time.sleep(0.5)
        self.run("contract", "invoke", "money", "pause", "--key", "guard", *self.pay)
        self.fails("escrow.open_call", 1, *release)
        self.run("contract", "invoke", "money", "unpause", "--key", "guard", *self.pay)

    def later(self):
        """A refund takes from what comes next; somebody else deposits nothing unseen; a payee takes his own."""
        self.sell(sale("A2", 20 * XLM, status="refunded"))
        out, err = self.run("escrow", "pay", "--event", "show", *self.pay)
        assert "less is due than was deposited" in err, err
        self.sell(sale("A3", 50 * XLM), sale("A4", 7))
        self.one_at_a_time()
        band = self.account("band")
        self.run("contract", "invoke", "money", "claim", "--payee", band, "--version", "1", "--token", "contract:xlm", "--to", band, "--key", "band", *self.pay)
        both = [self.start("escrow", "pay", "--event", "show", *self.pay) for _ in range(2)]
        codes = [(process.communicate(timeout=180), process.returncode) for process in both]
        assert {code for _, code in codes} <= {0, 75} and any(code == 0 for _, code in codes), codes
        self.pay_out()
        self.run("recon", "run", "--treasury", "till")
        figures = self.figures()
        assert figures["deposited"][0] == Decimal(60 * XLM + 5) / XLM, figures
        assert figures["held"][0] <= Decimal(2) / XLM, figures
        self.laws()

    def gift(self):
        """What somebody else deposits comes to the treasury, if nobody had it paid out before: the event's own gain."""
        self.run("contract", "invoke", "money", "deposit", "--from", self.account("guard"), "--version", "1", "--token", "contract:xlm", "--amount", str(2 * XLM), "--reference",
                 "ee" * 32, "--key", "guard", *self.pay)
        assert self.pay_out()["refunded"]["amount"] == "2.0000000"
        self.run("recon", "run", "--treasury", "till")
        self.figures()
        gained = [one["balance"]["amount"] for one in self.told("ledger", "balance", "--event", "show")["items"] if one["account"].startswith("expense")]
        assert gained == ["-2.0000000"], gained
        self.laws()

    def by_itself(self):
        self.apply(manifest("Job", "pay-contracts", job="escrow-pay", schedule="daily at 04:00", network="standalone"))
        self.fails("cli.needs_yes", 2, "job", "run", "escrow-pay", "--event", "show")
        self.sell(sale("A5", 3 * XLM))
        run = self.told("job", "run", "escrow-pay", *self.pay)
        assert run["state"] == "done" and run["counts"]["deposited"] == 3 * XLM, run
        assert self.told("job", "run", "escrow-pay", *self.pay)["counts"]["calls"] == 0

    def paused(self):
        """What the contract has stays with it; what it does not have is paid by payouts, when two people agree."""
        self.fails("escrow.open", 1, "escrow", "release", "show", "--reason", "why not")
        self.run("contract", "invoke", "money", "pause", "--key", "guard", *self.pay)
        asked = self.told("escrow", "release", "show", "--reason", "nothing is missing")
        self.environment["PASSA_ACTOR"] = "somebody-else"
        self.fails("escrow.nothing", 1, "escrow", "release", "show", "--approve", asked["sha256"])
        del self.environment["PASSA_ACTOR"]
        self.sell(sale("A6", 11 * XLM))
        self.fails("escrow.paused", 1, "escrow", "pay", "--event", "show", "--dry-run")
        self.fails("escrow.reason", 2, "escrow", "release", "show")
        self.fails("escrow.which", 2, "escrow", "release", "show", "--plan", "other", "--reason", "x")
        asked = self.told("escrow", "release", "show", "--reason", "the guardian saw something")
        assert sum(Decimal(one["released"]["amount"]) for one in asked["parties"]) == 11, asked
        self.fails("escrow.own_release", 4, "escrow", "release", "show", "--approve", asked["sha256"])
        self.environment["PASSA_ACTOR"] = "somebody-else"
        self.fails("escrow.other_figures", 5, "escrow", "release", "show", "--approve", "00" * 8)
        self.sell(sale("A7", 2 * XLM))
        self.fails("escrow.other_figures", 5, "escrow", "release", "show", "--approve", asked["sha256"])
        del self.environment["PASSA_ACTOR"]
        asked = self.told("escrow", "release", "show", "--reason", "the guardian saw something")
        self.environment["PASSA_ACTOR"] = "somebody-else"
        self.told("escrow", "release", "show", "--approve", asked["sha256"][:12])
        self.fails("escrow.released", 1, "escrow", "release", "show", "--approve", asked["sha256"])
        self.laws()
        batch = self.told("payout", "create", "--event", "show")["batch"]
        assert sum(Decimal(one["amount"]["amount"]) for one in self.told("payout", "show", batch)["payouts"]) == 13
        self.sell(sale("A8", 1 * XLM))  # what is settled from now on is paid by payouts
        owed = self.told("ledger", "balance", "--event", "show")["items"]
        assert sum(Decimal(one["balance"]["amount"]) for one in owed if one["account"].startswith("party_payable")) == -14, owed
        self.run("contract", "invoke", "money", "unpause", "--key", "guard", *self.pay)
        assert self.pay_out()["deposited"]["amount"] == "0.0000000"
        acts = [act["action"] for act in self.told("audit", "list")["items"] if act["subject"] == "release of split plan show-plan"]
        assert sorted(acts) == ["approved", "asked", "asked", "asked"], acts
        self.run("recon", "run", "--treasury", "till")
        self.figures()
        self.laws()

    def astray(self):
        """A contract that is not what the plan says gets no money."""
        event = manifest("Event", "side", title="Side", zone="Africa/Nairobi", currency="XLM", starts="2027-03-06T19:00:00+03:00", ends="2027-03-07T02:00:00+03:00", tiers="[{name: regular, title: R, price: 10 XLM}]")
        plan = self.plan(onchain="{contract: side-money, treasury: till}", shares="[{party: demo-hall, share: 50%}, {party: demo-band, share: 50%}]").replace("show-plan", "side-plan").replace("event: show", "event: side")
        def deploy(salt, organizer="till", shares="[{party: 'party:demo-hall', bps: 5000}, {party: 'party:demo-band', bps: 5000}]"):
            roles = f"admin: 'account:ops', guardian: 'account:guard', organizer: 'account:{organizer}', delay: '86400'"
            self.apply(manifest("Contract", "side-money", network="standalone", wasm="money.wasm", sha256=f'"{self.code}"', key="ops", salt=salt,
                                arguments=f"{{{roles}, plan: {{commission_cap: 0, shares: {shares}}}}}") + ("---\n" + event + "---\n" + plan if salt == "one" else ""))
            self.run("contract", "apply", "side-money", "--lock", salt, *self.pay)
        look = lambda code, exit_code=1: self.fails(code, exit_code, "escrow", "pay", "--event", "side", "--dry-run")
        for salt in ("one", "two", "three"):
            (self.folder / salt).mkdir()
        deploy("one", organizer="ops")
        (self.folder / "side.csv").write_text(HEAD + sale("S1", 90_000 * XLM))
        self.run("sale", "import", "side.csv", "--profile", "passa", "--event", "side", "--quiet")
        self.told("settle", "--event", "side")
        look("escrow.organizer")
        deploy("two", shares="[{party: 'party:demo-hall', bps: 10000}]")
        look("escrow.no_plan")
        deploy("three")
        self.apply(manifest("Party", "demo-hall", title="Hall"))
        look("escrow.address")
        self.apply(manifest("Party", "demo-hall", title="Hall", payout=f"{{rail: stellar, address: {self.account('hall')}, asset: XLM}}"))
        at = lambda address: manifest("Party", "demo-band", title="Band", payout=f"{{rail: stellar, address: {address}, asset: XLM}}")
        self.apply(at(self.account("hall")))
        look("escrow.same_address")
        self.apply(at(self.account("band")))
        look("escrow.funds")
        self.apply(manifest("Contract", "side-money", network="standalone", wasm="money.wasm", sha256=f'"{"12" * 32}"', key="ops", salt="three"))
        look("escrow.drifted", 5)
        moved = self.contract().replace("key: ops", "key: ops\n  salt: elsewhere")
        self.apply(moved)
        self.run("contract", "apply", "money", "--lock", "one", *self.pay)
        self.fails("escrow.moved", 1, "escrow", "show", "show")
        self.apply(self.contract())

    def fixed(self):
        (self.folder / "wrong.yaml").write_text(self.plan(onchain="{contract: money, treasury: till}").replace("  onchain: {contract: money, treasury: till}\n", "  effectiveFrom: 2030-01-01T00:00:00+03:00\n"))
        self.fails("split.onchain_fixed", 1, "apply", "-f", "wrong.yaml")

    def tell(self):
        self.begin()
        self.refuse()
        self.apply(manifest("Contract", "xlm", network="standalone", asset="XLM", key="ops"))
        self.fails("escrow.no_token", 1, "escrow", "pay", "--event", "show", "--dry-run")
        self.run("contract", "apply", "xlm", *self.pay)
        self.first_night()
        self.later()
        self.gift()
        self.by_itself()
        self.astray()
        self.paused()
        self.fixed()
        isolation.check_filled(self, sorted(isolation.OF_CONTRACTS - {"contract_outbox"}))


def main():
    passa, program = sys.argv[1:3]
    if not Path(program).exists():
        print(f"skipped: {program} was not built (scripts/build)")
        return 77
    folder = Path(tempfile.mkdtemp(prefix="passa-escrow-"))
    network = subprocess.Popen([program, "--port", "0"], stdout=subprocess.PIPE, text=True)
    try:
        story = Escrow(passa, json.loads(network.stdout.readline())["rpc"], folder)
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
