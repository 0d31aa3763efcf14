#!/usr/bin/env python3
"""An RPC server that takes a question and never answers, seen by who types: payout send and recon run.

Between passa and a real local network stands a door that passes everything on, but hangs on chosen methods: before the
question reaches the network, or behind it, when the answer is lost. Each time: the exit code and the words, nothing lost, nothing
paid twice, and once the door answers again, the same commands go on to the end.

Skipped (77), visibly, where contracts/localnet was not built. Usage: hanging.py PASSA LOCALNET
"""
import http.server
import json
import sys
import threading
import urllib.request
from decimal import Decimal

from payday import EVENT, Payday, run_in_home


class Door(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, behind):
        super().__init__(("127.0.0.1", 0), Passage)
        self.behind, self.before, self.after, self.asked = behind, set(), set(), []
        self.released = threading.Event()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}"

    def hang(self, before=(), after=()):
        self.before, self.after = set(before), set(after)


class Passage(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        door, body = self.server, self.rfile.read(int(self.headers["Content-Length"]))
        method = json.loads(body)["method"]
        door.asked.append(method)
        if "*" in door.before or method in door.before:
            door.released.wait(120)
            return
        request = urllib.request.Request(door.behind, body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            told = answer.read()
        if method in door.after:
            door.released.wait(120)
            return
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, *_):
        pass


class HangingDay(Payday):
    def fails(self, exit_code, code, *words):
        """The last line of standard error is the problem, as JSON."""
        process = self.start(*words, "--json")
        out, err = process.communicate(timeout=300)
        assert process.returncode == exit_code, f"passa {' '.join(words)}: exit {process.returncode}, not {exit_code}\n{out}{err}"
        problem = json.loads(err.splitlines()[-1])["problems"][0]
        assert problem["code"] == code, problem
        return problem

    def states(self, batch):
        return {payout["state"] for payout in self.ask("payout", "show", batch)["payouts"]}

    def sends(self, verb, batch):
        return ("payout", verb, batch, "--yes", "standalone", "--passphrase-file", str(self.secret), "--wait", "3s")


def nothing_is_reached(day, door, batch):
    """A server that is silent from the start: no money is set aside, no run is kept."""
    door.hang(before={"*"})
    before = day.ask("ledger", "balance")
    problem = day.fails(75, "rpc.no_answer", *day.sends("send", batch))
    assert door.url in problem["message"] and problem["hint"], problem
    day.fails(75, "rpc.no_answer", "recon", "run", "--event", EVENT)
    assert day.states(batch) == {"ready"} and day.ask("ledger", "balance") == before
    assert day.ask("recon", "list", "--runs")["items"] == []


def an_answer_is_lost(day, door, batch):
    """The transaction may have left: unknown, with the command that goes on. First it did not arrive, then it did."""
    door.hang(before={"sendTransaction", "getTransaction"})
    problem = day.fails(20, "payout.unknown", *day.sends("send", batch))
    assert f"passa payout resume {batch}" in problem["hint"], problem
    assert day.states(batch) <= {"sending", "unknown", "reserved"}, day.states(batch)
    door.hang(after={"sendTransaction"}, before={"getTransaction"})
    problem = day.fails(20, "payout.unknown", *day.sends("resume", batch))
    assert f"passa payout resume {batch}" in problem["hint"], problem
    assert all(item["holds"] for item in day.ask("ledger", "check")["items"])


def history_is_silent(day, door):
    """recon run reads its whole stretch or keeps nothing."""
    door.hang(before={"getTransactions"})
    day.fails(75, "rpc.no_answer", "recon", "run", "--event", EVENT)
    assert day.ask("recon", "list", "--runs")["items"] == []


def tell_story(day, door):
    assert day.take_in_and_settle()["lines"] > 0
    batch = day.make_batch()
    nothing_is_reached(day, door, batch)
    an_answer_is_lost(day, door, batch)
    door.hang()
    assert day.ask(*day.sends("resume", batch)[:-2])["left"] == 0
    history_is_silent(day, door)
    door.hang()
    day.run("recon", "run", "--event", EVENT)
    payouts = day.ask("payout", "show", batch)["payouts"]
    assert {payout["state"] for payout in payouts} == {"settled"}, [payout["state"] for payout in payouts]
    for payout in payouts[:5]:
        held = day.holding(payout["destination"], payout["amount"]["asset"])
        assert held == Decimal(payout["amount"]["amount"]), f"{payout['party']} holds {held}"
    assert {"sendTransaction", "getTransaction", "getTransactions"} <= set(door.asked)


def with_door(day):
    day.prepare()
    door = Door(day.ask("localnet", "status")["rpc"])
    day.environment |= {"PASSA_RPC_URL": door.url, "PASSA_RPC_TIMEOUT": "1s"}
    try:
        tell_story(day, door)
    finally:
        door.released.set()


if __name__ == "__main__":
    sys.exit(run_in_home(HangingDay, with_door, "a silent server cost time and nothing else"))
