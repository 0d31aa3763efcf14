#!/usr/bin/env python3
"""One RPC endpoint of two lies, so that passa would pay twice: it holds back a transaction that it was given, says that it came to
nothing, and hands it in when another attempt is made.

It lies in four ways: the network's clock is past the transaction's end and it is in no ledger; it failed in a ledger; it was refused;
its sequence number was used by another. Beside it stands an honest local network. In each the chain pays everybody once at most, and
the book says what the chain says, or that it does not know. When the liar is gone, the same batch goes on to its end.

Skipped (77), visibly, where contracts/localnet was not built. Usage: liar.py PASSA LOCALNET
"""
import base64
import http.server
import json
import struct
import sys
import threading
import time
import urllib.request
from decimal import Decimal

from payday import Payday, run_in_home

LIES = ("absent", "failed", "refused", "used")
AMOUNTS = ("12.5", "7.25", "0.0000001")
RESULTS = {"refused": -6, "used": -5, "failed": -11}  # txBAD_AUTH, txBAD_SEQ, txINTERNAL_ERROR: of TransactionResultCode
ACCOUNT = 0  # LedgerEntryType
SEQUENCE_AT = 4 + 4 + 32 + 8  # behind the entry's type, the key's type, the key and the balance


def result_of(code):
    return base64.b64encode(struct.pack(">qii", 100, code, 0)).decode()


class Liar(http.server.ThreadingHTTPServer):
    """Passes everything on, but for what it was told to lie about."""

    daemon_threads = True

    def __init__(self, behind, lie):
        super().__init__(("127.0.0.1", 0), Ear)
        self.behind, self.lie, self.held, self.handed_in, self.lock = behind, lie, None, False, threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}"

    def ask(self, method, params):
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()
        with urllib.request.urlopen(urllib.request.Request(self.behind, body, {"Content-Type": "application/json"}), timeout=30) as answer:
            return json.loads(answer.read())

    def hand_in(self):
        """What it kept, as late as it likes."""
        self.handed_in = True
        return self.ask("sendTransaction", {"transaction": self.held})["result"]["status"]

    def answer(self, method, params):
        with self.lock:
            if method == "sendTransaction":
                return self.take(params)
            told = self.ask(method, params)
            if self.held and not self.handed_in:
                self.bend(method, told.get("result", {}))
            return told

    def take(self, params):
        newest = self.ask("getLatestLedger", {})["result"]["sequence"]
        taken = {"hash": "0" * 64, "latestLedger": newest, "latestLedgerCloseTime": str(int(time.time()))}
        if self.held in (None, params["transaction"]):
            first, self.held = self.held is None, params["transaction"]
            if self.lie in ("refused", "used"):
                return {"result": {**taken, "status": "ERROR", "errorResultXdr": result_of(RESULTS[self.lie])}}
            return {"result": {**taken, "status": "PENDING" if first else "DUPLICATE"}}
        if not self.handed_in:  # another attempt: now the first one too
            self.hand_in()
            time.sleep(2.5)
        return self.ask("sendTransaction", params)

    def bend(self, method, result):
        if method == "getLedgerEntries":  # as if its number were used
            for entry in result.get("entries", []):
                raw = bytearray(base64.b64decode(entry["xdr"]))
                if struct.unpack(">i", raw[:4])[0] == ACCOUNT:
                    used = struct.unpack(">q", raw[SEQUENCE_AT : SEQUENCE_AT + 8])[0]
                    raw[SEQUENCE_AT : SEQUENCE_AT + 8] = struct.pack(">q", used + 1)
                    entry["xdr"] = base64.b64encode(bytes(raw)).decode()
        if method == "getTransaction" and self.lie == "absent":
            result["latestLedgerCloseTime"] = str(int(time.time()) + 600)
        if method == "getTransaction" and self.lie == "failed":
            result.update(status="FAILED", ledger=result["latestLedger"], createdAt=str(int(time.time())), feeBump=False, applicationOrder=1,
                          envelopeXdr=self.held, resultXdr=result_of(RESULTS["failed"]), resultMetaXdr="")


class Ear(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        told = self.server.answer(question["method"], question.get("params", {}))
        body = json.dumps({**told, "jsonrpc": "2.0", "id": question.get("id", 1)}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class LiarsDay(Payday):
    def prepare(self):
        self.run("init", "project", "--quiet")
        self.home /= "project"
        self.run("localnet", "up", "--port", "0")
        accounts = self.ask("localnet", "accounts", "--count", str(len(AMOUNTS) + 1))["items"]
        self.payees = [account["account"] for account in accounts[1:]]
        self.run("localnet", "key", "0", "--name", "demo-treasury", "--passphrase-file", str(self.secret), "--quiet")
        self.run("apply", "manifests", "--quiet")
        self.asset = self.ask("get", "Treasury", "demo-treasury")["items"][0]["spec"]["asset"]
        self.honest = self.ask("localnet", "status")["rpc"]
        self.held = [self.holding(payee, self.asset) for payee in self.payees]

    def make_batch(self, name):
        lines = [f"{payee},{amount},{self.asset},{name}" for payee, amount in zip(self.payees, AMOUNTS)]
        (self.home / f"{name}.csv").write_text("destination,amount,asset,reference\n" + "\n".join(lines) + "\n")
        batch = self.ask("payout", "create", "--file", f"{name}.csv")["batch"]
        self.run("payout", "approve", batch, actor="demo-approver")
        return batch

    def finish(self, verb, batch, code, wait="60s"):
        process = self.start("payout", verb, batch, "--passphrase-file", str(self.secret), "--yes", "standalone", "--wait", wait, "--json")
        out, err = process.communicate(timeout=300)
        assert process.returncode == code, f"{verb}: exit {process.returncode}, not {code}\n{out}{err}"
        return err

    def states(self, batch):
        return {payout["state"] for payout in self.ask("payout", "show", batch)["payouts"]}

    def expect_paid(self, times):
        """So many batches reached everybody, and each of them once."""
        held = [self.holding(payee, self.asset) for payee in self.payees]
        assert held == [before + times * Decimal(amount) for before, amount in zip(self.held, AMOUNTS)], (times, self.held, held)
        assert all(item["holds"] for item in self.ask("ledger", "check")["items"])


def lie_while_it_is_valid(day, lie, paid_before):
    """Whatever it says, the bytes may be applied yet: no other attempt is made. Then they are, and the book says so."""
    batch = day.make_batch(lie)
    liar = Liar(day.honest, lie)
    day.environment["PASSA_RPC_URL"] = f"{liar.url} {day.honest}"
    day.finish("send", batch, 20, wait="8s")
    assert liar.held and not liar.handed_in, f"{lie}: a second attempt was made"
    assert day.states(batch) == {"unknown"}, (lie, day.states(batch))
    day.expect_paid(paid_before)
    assert liar.hand_in() == "PENDING"
    day.finish("resume", batch, 0)
    assert day.states(batch) == {"confirmed"}, (lie, day.states(batch))
    day.expect_paid(paid_before + 1)


def lie_until_it_expired(day, paid_before):
    """Past the end all say that it is in no ledger. The next attempt would have its number, but the liar says that it was used: nothing
    is made while the two contradict each other. Without the liar it is made, with that number."""
    batch = day.make_batch("expired")
    liar = Liar(day.honest, "absent")
    day.environment["PASSA_RPC_URL"] = f"{liar.url} {day.honest}"
    problem = day.finish("send", batch, 75, wait="200s")
    assert "tx.number_unsure" in problem and liar.url in problem and day.honest in problem, problem
    assert day.states(batch) == {"reserved"} and not liar.handed_in, day.states(batch)
    day.expect_paid(paid_before)
    assert liar.hand_in() == "ERROR"
    day.environment["PASSA_RPC_URL"] = day.honest
    day.finish("resume", batch, 0)
    payout = day.ask("payout", "show", batch)["payouts"][0]["payout"]
    attempts = day.ask("explain", "payout", payout)["attempts"]
    assert [attempt["state"] for attempt in attempts] == ["dead", "confirmed"], attempts
    assert len({attempt["sequence"] for attempt in attempts}) == 1, attempts
    day.expect_paid(paid_before + 1)


def tell_story(day):
    day.prepare()
    for paid_before, lie in enumerate(LIES):
        lie_while_it_is_valid(day, lie, paid_before)
    lie_until_it_expired(day, len(LIES))
    day.environment.pop("PASSA_RPC_URL")
    day.run("recon", "run")  # every movement is explained


if __name__ == "__main__":
    sys.exit(run_in_home(LiarsDay, tell_story, "a lying server cost time and nothing else"))
