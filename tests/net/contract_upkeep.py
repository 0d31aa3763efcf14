#!/usr/bin/env python3
"""What looks after contracts by itself, on a real local network: rent paid before it runs out, within its budget; what they tell, kept once, with its gaps.

Skipped (77), visibly, where contracts/localnet was not built. Usage: contract_upkeep.py PASSA LOCALNET
"""
import json
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

from contract import Story, manifest

# A day of ledgers is 17,280. Mainnet's limits: what is made lives for 2,073,600 ledgers, 120 days.
DAY = 17280


def moved(events):
    """The payments alone: the network itself tells of fees beside them."""
    return [one for one in events if one["event"]["name"] == "transfer"]


class Upkeep(Story):
    def __init__(self, passa, url, folder):
        super().__init__(passa, url, folder)
        self.url = url

    def control(self, method, **params):
        ask = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()
        with urllib.request.urlopen(urllib.request.Request(self.url, ask, {"Content-Type": "application/json"}), timeout=60) as answer:
            told = json.load(answer)
        assert "error" not in told, told
        return told["result"]

    def newest(self):
        return self.control("getLatestLedger")["sequence"]

    def job(self, name, *words, code=0):
        return self.told("job", "run", name, *words, code=code)

    def summary(self, name, *words, code=0):
        """The counts of its summary line, and the problems."""
        out, err = self.run("job", "run", name, *words, "--json", code=code)
        lines = [json.loads(line) for line in err.splitlines() if line.startswith("{")]
        counts = next(line["counts"] for line in lines if line.get("topic") == "summary")
        return counts, [problem["code"] for line in lines for problem in line.get("problems", ())]

    def declare(self, max_fee="5", at_least="150d"):
        keep = f'{{atLeast: {at_least}, extendTo: 170d, maxFee: "{max_fee}"}}'
        self.apply(manifest("Contract", "basic", network="standalone", wasm="basic.wasm", sha256=self.sha256, key="deployer", keep=keep))

    def begin(self):
        super().begin()
        self.declare()
        self.address = self.told("contract", "apply", *self.pay)["items"][0]["address"]
        self.apply(manifest("Contract", "xlm", network="standalone", asset="XLM", key="deployer", keepEvents="true"))
        self.run("contract", "apply", "xlm", *self.pay)

    def rent(self):
        """Paid when less is left than declared, and then not again; never for more than declared."""
        self.fails("contract.not_kept", 2, "contract", "keep", "xlm", "--dry-run")
        self.declare(max_fee="0.0001")
        self.fails("contract.budget", 1, "contract", "keep", *self.pay)
        _, problems = self.summary("contract-keep", *self.pay, code=3)
        assert "contract.budget" in problems, problems
        self.declare()
        tried = self.told("contract", "keep", "--dry-run")["contracts"]
        assert [one["contract"] for one in tried] == ["basic"] and tried[0]["ledgers_left"] < 150 * DAY, tried
        sent = len(self.calls())
        kept = self.told("contract", "keep", *self.pay)["items"][0]
        assert kept["extended"] and not kept["restored"] and 169 * DAY < kept["ledgers_left"] <= 170 * DAY, kept
        assert 0 < float(kept["fee"]["amount"]) <= float(tried[0]["fee_at_most"]["amount"]), (kept, tried)
        again = self.told("contract", "keep", *self.pay)["items"][0]
        assert not again["extended"] and float(again["fee"]["amount"]) == 0 and len(self.calls()) == sent + 1, again

    def rent_by_itself(self):
        self.apply(manifest("Job", "rent", job="contract-keep", schedule="every 15m", network="standalone"))
        self.control("localnet_skip", ledger=self.newest() + 30 * DAY)
        counts, problems = self.summary("contract-keep", *self.pay)
        assert (counts["extended"], counts["restored"], problems) == (1, 0, []) and counts["stroops"] > 0, counts
        self.control("localnet_skip", ledger=self.newest() + 175 * DAY)
        assert self.told("contract", "list")["items"]
        self.run("contract", "diff", code=5)  # archived
        counts, problems = self.summary("contract-keep", *self.pay, code=3)
        assert (counts["extended"], counts["restored"], problems) == (1, 1, ["contract.was_archived"]), (counts, problems)
        counts, _ = self.summary("contract-keep", *self.pay)
        assert (counts["extended"], counts["restored"], counts["stroops"]) == (0, 0, 0), counts
        self.fails("cli.needs_yes", 2, "job", "run", "contract-keep")

    def killed_after_paying(self):
        """What a killed run sent is asked for by the next one, though nothing is due any more."""
        self.control("localnet_skip", ledger=self.newest() + 30 * DAY)
        process = self.start("job", "run", "contract-keep", *self.pay, fault="rail.ask.after:1:kill")
        process.communicate(timeout=180)
        assert process.returncode == -signal.SIGKILL, process.returncode
        assert self.calls()[0]["state"] in ("prepared", "sent"), self.calls()[0]
        counts, _ = self.summary("contract-keep", *self.pay)
        assert counts["extended"] == 0 and self.calls()[0]["state"] == "confirmed", (counts, self.calls()[0])

    def give(self, times=1):
        names = ("--from", "account:ops", "--to", "account:guest", "--amount", "10000000")
        for _ in range(times):
            self.run("contract", "invoke", "xlm", "transfer", *names, "--key", "ops", *self.pay)

    def stored(self, *words):
        return self.told("contract", "events", "xlm", "--stored", *words)["items"]

    def events(self):
        """Each once, however often it is heard and wherever it was killed; the books then know what the server knows."""
        self.give(3)
        self.run("job", "run", "chain-sync")
        told = self.told("contract", "events", "xlm", "--from", str(self.control("getHealth")["oldestLedger"]))["items"]
        assert len(told) >= 3 and self.stored() == told, (told, self.stored())
        self.run("job", "run", "chain-sync")
        assert self.stored() == told
        for point in ("chain.sync.before:1", "chain.sync.after:1", "chain.sync.before:2"):
            self.give()
            process = self.start("job", "run", "chain-sync", fault=point + ":kill")
            process.communicate(timeout=180)
            assert process.returncode == -signal.SIGKILL, (point, process.returncode)
        self.run("job", "run", "chain-sync")
        now = self.stored()
        assert now[:len(told)] == told and self.stored("--after", told[-1]["id"]) == now[len(told):], (len(told), len(now), now)
        assert len(moved(now[len(told):])) == 3 and len({one["id"] for one in now}) == len(now), now
        assert self.stored("--limit", "1") == told[:1]
        self.fails("contract.beginning", 2, "contract", "events", "xlm", "--stored", "--from", "1")
        self.run("ledger", "check")

    def late(self):
        """Near the edge it is told while nothing is lost; behind it the gap is named, and what comes after is kept."""
        self.run("job", "run", "chain-sync")
        start = self.newest()
        self.control("localnet_close", ledger=start + 40)
        self.control("localnet_forget", before=start - 1)
        _, problems = self.summary("chain-sync", code=3)
        assert problems == ["contract.late"], problems
        known = len(moved(self.stored()))
        self.give()
        lost = self.newest()
        self.control("localnet_close", ledger=lost + 3)
        self.control("localnet_forget", before=lost + 1)
        self.give()
        counts, problems = self.summary("chain-sync", code=3)
        assert problems == ["contract.gap"] and counts["gaps"] >= 1, (counts, problems)
        assert len(moved(self.stored())) == known + 1, self.stored()
        notes = self.run("contract", "events", "xlm", "--stored")[1]
        assert f"to {lost} nothing is known" in notes, notes
        counts, problems = self.summary("chain-sync")
        assert (counts["events"], counts["gaps"], problems) == (0, 0, []), counts

    def follow(self):
        """A script that keeps its cursor sees each event once; one that follows, as it happens."""
        seen = ("contract", "events", "xlm", "--cursor", "seen")
        first = self.told(*seen)["items"]
        assert first and self.told(*seen)["items"] == []
        self.give()
        new, after = self.told(*seen)["items"], self.told(*seen)["items"]
        assert len(moved(new)) == 1 and after == [], (new, after)
        self.fails("cli.endless", 2, "contract", "events", "xlm", "--follow")
        process = self.start(*seen, "--follow", "--format", "jsonl")
        self.give(2)
        lines = []
        while len(moved(lines)) < 2:
            lines.append(json.loads(process.stdout.readline()))
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
        assert process.returncode == 130 and len({line["id"] for line in lines}) == len(lines), (process.returncode, lines, err)
        (self.folder / "seen").write_text("elsewhere\n")
        self.fails("contract.cursor_file", 2, *seen)

    def tell(self):
        self.begin()
        self.rent()
        self.rent_by_itself()
        self.killed_after_paying()
        self.events()
        self.follow()
        self.late()
        self.run("ledger", "check")


def main():
    passa, program = sys.argv[1:3]
    if not Path(program).exists():
        print(f"skipped: {program} was not built (scripts/build)")
        return 77
    folder = Path(tempfile.mkdtemp(prefix="passa-upkeep-"))
    network = subprocess.Popen([program, "--port", "0", "--control"], stdout=subprocess.PIPE, text=True)
    try:
        story = Upkeep(passa, json.loads(network.stdout.readline())["rpc"], folder)
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
