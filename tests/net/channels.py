#!/usr/bin/env python3
"""A thousand payments by channels: several transactions in one ledger, two processes that share a batch, killed on the way.

Channels are made, listed, held against the network, closed. At the end each payee has exactly what the file says, read from the
chain by other code than the rail's; every movement of the treasury is explained, the fees of the channels among them.

Skipped (77), visibly, where contracts/localnet was not built. Usage: channels.py PASSA LOCALNET [ROWS]
"""
import re
import signal
import sys
import time
from collections import Counter, defaultdict
from decimal import Decimal

from payday import EXAMPLE, Payday, isolation, run_in_home

ROWS = int(sys.argv[3]) if len(sys.argv) > 3 else 1200
PAYEES = 60
TREASURY = ("--treasury", "demo-treasury")


class Season(Payday):
    def prepare(self):
        self.run("localnet", "up", "--port", "0")
        self.run("localnet", "accounts", "--count", str(PAYEES + 1), "--quiet")
        self.run("localnet", "key", "0", "--name", "demo-treasury", "--passphrase-file", str(self.secret), "--quiet")
        self.run("apply", str(EXAMPLE), "--quiet")
        accounts = self.ask("localnet", "accounts", "--count", str(PAYEES + 1))["items"]
        self.payees = [account["account"] for account in accounts[1:]]
        self.asset = re.search(r'asset: "(USDC:G\w+)"', (EXAMPLE / "money.yaml").read_text())[1]

    def locked(self, verb, *words):
        return self.ask("channel", verb, *TREASURY, *words, "--yes", "standalone", "--passphrase-file", str(self.secret))

    def file(self):
        """Some in other memos, so that transactions are of all sizes."""
        self.owed, lines = defaultdict(Decimal), ["destination,amount,asset,memo,reference"]
        for row in range(ROWS):
            payee, amount = self.payees[row % PAYEES], 1 + Decimal(row % 97) / 100
            self.owed[payee] += amount
            lines.append(f"{payee},{amount},{self.asset},{'late' if row % 50 == 0 else ''},fee {row}")
        (self.home / "crew.csv").write_text("\n".join(lines) + "\n")

    def rows(self, sql):
        return isolation.Room(self.ask("db", "status")["connect"]).lines(sql)

    def pays(self, batch, channels):
        return self.start("payout", "resume", batch, "--channels", str(channels), "--passphrase-file", str(self.secret), "--yes", "standalone", "--json")

    def refuse_another_key(self):
        """A treasury whose key is another one by now cannot close what the first key made."""
        self.run("localnet", "key", "1", "--name", "other", "--passphrase-file", str(self.secret), "--quiet")
        money = (EXAMPLE / "money.yaml").read_text()
        for key in ("other", "demo-treasury"):
            (self.home / "money.yaml").write_text(money.replace("  key: demo-treasury", f"  key: {key}"))
            self.run("apply", "money.yaml", "--quiet")
            if key == "other":
                process = self.start("channel", "close", *TREASURY, "--yes", "standalone", "--passphrase-file", str(self.secret), "--json")
                _, err = process.communicate(timeout=60)
                assert process.returncode == 40 and "channel.other_key" in err, err

    def expect_lost_ones(self):
        """The network was begun anew: what the books have as open is not there, and that is told."""
        self.locked("create", "--count", "1")
        self.run("localnet", "down")
        self.run("localnet", "reset", "--yes")
        self.run("localnet", "up", "--port", "0")
        process = self.start("channel", "verify", *TREASURY, "--json")
        out, err = process.communicate(timeout=60)
        assert process.returncode == 5 and "channel.differs" in err and "it is not on the network" in out, (process.returncode, out, err)

    def kill_two_in_the_middle(self, batch):
        """While attempts of both are under way; what they had claimed is settled by whoever comes next."""
        both = [self.pays(batch, 3), self.pays(batch, 3)]
        until = time.monotonic() + 120
        while int(self.rows("SELECT count(*) FROM payout WHERE state IN ('confirmed', 'settled')")[0]) < ROWS // 10:
            assert time.monotonic() < until and both[0].poll() is None, both[0].communicate()
            time.sleep(0.02)
        for process in both:
            process.send_signal(signal.SIGKILL)
            process.communicate()


def look_at_channels(day):
    assert day.locked("create", "--count", "2") == {"schema": "passa.channel.create.v1", "treasury": "demo-treasury", "network": "standalone", "opened": 2, "channels": 2}
    assert day.locked("create", "--count", "8")["opened"] == 6  # one transaction more
    assert day.locked("create", "--count", "8")["opened"] == 0
    channels = day.ask("channel", "list", *TREASURY)["items"]
    assert [c["number"] for c in channels] == list(range(1, 9)) and {c["state"] for c in channels} == {"open"}, channels
    shown = day.ask("account", "show", channels[0]["address"], "--network", "standalone")
    assert Decimal(shown["balance"]["amount"]) == 0, shown
    assert not any(c["differs"] for c in day.ask("channel", "verify", *TREASURY)["items"])


def tell_story(day):
    day.prepare()
    look_at_channels(day)
    day.file()
    batch = day.ask("payout", "create", "--file", "crew.csv", "--treasury", "demo-treasury")["batch"]
    digest = day.ask("payout", "show", batch)["sha256"]
    day.run("payout", "approve", batch, "--sha256", digest, actor="demo-approver")
    before = {payee: day.holding(payee, day.asset) for payee in day.payees}
    day.kill_two_in_the_middle(batch)
    began = time.monotonic()
    left = ROWS - int(day.rows("SELECT count(*) FROM payout WHERE state IN ('confirmed', 'settled')")[0])
    both = [day.pays(batch, 4), day.pays(batch, 4)]
    told = [(process.communicate(timeout=300), process.returncode) for process in both]
    took = time.monotonic() - began
    codes = [code for _, code in told]  # 75: the other one had taken every channel
    assert 0 in codes and set(codes) <= {0, 75}, [(err[-600:], code) for (_, err), code in told]
    states = Counter(day.rows("SELECT state FROM payout"))
    assert set(states) <= {"confirmed", "settled"} and sum(states.values()) == ROWS, states
    for payee in day.payees:
        assert day.holding(payee, day.asset) - before[payee] == day.owed[payee], payee
    sources = Counter(day.rows("SELECT source FROM payout_attempt WHERE state = 'confirmed'"))
    assert len(sources) >= 4, sources
    job = day.ask("job", "run", "reconcile")
    assert (job["state"], job["counts"]["open_breaks"]) == ("done", 0), job
    assert all(item["holds"] for item in day.ask("ledger", "check")["items"])
    assert not any(c["differs"] for c in day.ask("channel", "verify", *TREASURY)["items"])
    assert day.locked("close", "--keep", "1")["closed"] == 7
    day.refuse_another_key()
    assert day.locked("close")["closed"] == 1 and day.ask("channel", "list", *TREASURY)["items"] == []
    day.run("recon", "run", *TREASURY)
    assert day.ask("recon", "list", "--open")["items"] == []
    day.expect_lost_ones()
    (day.home / "rival.yaml").write_text(isolation.RIVAL)
    day.run("apply", "rival.yaml", "--quiet")
    isolation.check_rows(isolation.Room(day.ask("db", "status")["connect"]), ["payout_channel"])
    print(f"{left} payments in {took:.1f} s by two processes; {len(sources)} channels in all; {dict(states)}")


if __name__ == "__main__":
    sys.exit(run_in_home(Season, tell_story, "each payee paid once by channels, the chain and the book agree"))
