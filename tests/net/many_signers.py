#!/usr/bin/env python3
"""An account that several sign for, on a real local network: built for others, signed by each alone, put together, weighed before it is sent, taken once.

Skipped (77), visibly, where contracts/localnet was not built. Usage: many_signers.py PASSA LOCALNET
"""
import base64
import json
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from contract import Story, manifest


def public_key(address):
    return base64.b32decode(address)[1:33]


def some(text=b""):
    return struct.pack(">I", 1) + text


NONE = struct.pack(">I", 0)


def add_signers(source, sequence, signers, needed):
    """A transaction in XDR, unsigned: these may sign with weight 1 each, and everything takes `needed`."""
    operations = b""
    for signer in signers:
        threshold = some(struct.pack(">I", needed))
        operations += NONE + struct.pack(">I", 5) + NONE * 4 + threshold * 3 + NONE + some(struct.pack(">I", 0) + public_key(signer) + struct.pack(">I", 1))
    until = int(time.time()) + 600
    head = struct.pack(">I", 2) + struct.pack(">I", 0) + public_key(source) + struct.pack(">IqIQQI", 1000, sequence + 1, 1, 0, until, 0)
    return base64.b64encode(head + struct.pack(">I", len(signers)) + operations + NONE + NONE).decode()


class Board(Story):
    def begin(self):
        for name in ("board", "ann", "ben", "stranger"):
            self.run("key", "new", name, "--passphrase-file", "pass")
        self.run("account", "create", "board", "--friendbot")
        self.run("account", "create", "ann", "--friendbot")
        self.apply(manifest("Organizer", "demo", title="Demo", zone="Africa/Nairobi"))
        self.apply(manifest("Contract", "xlm", network="standalone", asset="XLM", key="ann"))
        self.run("contract", "apply", *self.pay)

    def file(self, name, text):
        (self.folder / name).write_text(text)
        return name

    def signed(self, name, key, into):
        """What is printed is the envelope alone."""
        return self.file(into, self.run("tx", "sign", name, "--key", key, *self.pay)[0])

    def share(self):
        """The account is given to three; who may not sign, and too few who may, are told apart before anything is sent."""
        sequence = int(self.told("account", "show", "board")["sequence"])
        unsigned = self.file("share.b64", add_signers(self.account("board"), sequence, [self.account("ann"), self.account("ben")], 2))
        assert self.fails("tx.weight", 4, "tx", "submit", unsigned, "--yes", "standalone")["message"].startswith(self.account("board"))
        wrong = self.signed(unsigned, "stranger", "wrong.b64")
        self.fails("tx.stranger", 4, "tx", "submit", wrong, "--yes", "standalone")
        shown = self.told("tx", "sign", unsigned, "--key", "board", "--dry-run")
        assert shown["source"] == self.account("board") and shown["signatures"] == 0 and all("set_options" in one["what"] for one in shown["does"]), shown
        done = self.told("tx", "submit", self.signed(unsigned, "board", "shared.b64"), "--yes", "standalone")
        assert done["ledger"] > 0, done

    def pay_together(self):
        names = ("--from", "account:board", "--to", "account:ann", "--amount", "30000000")
        self.fails("contract.one_way", 2, "contract", "invoke", "xlm", "transfer", "--key", "board", "--valid-for", "1h", *names)
        assert self.told("contract", "invoke", "xlm", "transfer", "--key", "board", "--simulate-only", *names)["call"].startswith("transfer(")
        built = self.told("contract", "invoke", "xlm", "transfer", "--key", "board", "--build-only", "--valid-for", "10m", *names)
        pay = self.file("pay.b64", self.run("contract", "invoke", "xlm", "transfer", "--key", "board", "--build-only", "--valid-for", "10m", *names)[0])
        assert built["envelope"] and self.calls()[0]["what"].startswith("create"), built
        shown = self.told("tx", "sign", pay, "--key", "ann", "--dry-run")
        assert "transfer" in shown["does"][0]["what"] and shown["does"][1]["what"].startswith("> "), shown
        self.fails("cli.needs_yes", 2, "tx", "sign", pay, "--key", "ann")
        by_ann, by_ben = self.signed(pay, "ann", "by-ann.b64"), self.signed(pay, "ben", "by-ben.b64")
        assert "weight 2, and has 1" in self.fails("tx.weight", 4, "tx", "submit", by_ann, "--yes", "standalone")["message"]
        board = self.told("tx", "submit", by_ann, "--dry-run")["signed_by"][0]
        assert (board["needs"], board["has"]) == (2, 1) and self.account("ann") in board["signed"] and self.account("ben") in board["not_signed"], board
        self.fails("tx.another", 2, "tx", "combine", by_ann, "shared.b64")
        ready = self.file("ready.b64", self.run("tx", "combine", by_ann, by_ben, by_ann)[0])
        assert self.told("tx", "combine", by_ann, by_ben)["signatures"] == 2
        held = self.balance("ann")
        first = self.told("tx", "submit", ready, "--yes", "standalone")
        again = self.told("tx", "submit", ready, "--yes", "standalone")
        assert first["ledger"] == again["ledger"] and first["hash"] == again["hash"] == shown["hash"], (first, again)
        assert self.balance("ann") == held + 3

    def refuse(self):
        self.fails("tx.file", 2, "tx", "sign", "nowhere.b64", "--key", "ann", *self.pay)
        self.fails("tx.not_envelope", 2, "tx", "combine", self.file("odd.b64", "AAAAAAAAAGQAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAA="))
        self.fails("tx.not_text", 2, "tx", "submit", self.file("odd.txt", "no xdr!\n"), "--yes", "standalone")
        self.apply(manifest("Treasury", "till", rail="stellar", network="standalone", address=self.account("board"), key="board", asset="XLM"))
        self.fails("contract.treasury", 1, "tx", "submit", "ready.b64", "--yes", "standalone")
        names = ("--from", "account:board", "--to", "account:ann", "--amount", "1")
        self.fails("contract.treasury", 1, "contract", "invoke", "xlm", "transfer", "--key", "ann", "--sign-with", "board", "--build-only", *names, *self.pay)
        self.run("delete", "Treasury", "till")
        self.fails("cli.needs_yes", 2, "contract", "invoke", "xlm", "transfer", "--key", "ann", "--sign-with", "board", "--build-only", *names)

    def tell(self):
        self.begin()
        self.share()
        self.pay_together()
        self.refuse()


def main():
    passa, program = sys.argv[1:3]
    if not Path(program).exists():
        print(f"skipped: {program} was not built (scripts/build)")
        return 77
    folder = Path(tempfile.mkdtemp(prefix="passa-signers-"))
    network = subprocess.Popen([program, "--port", "0"], stdout=subprocess.PIPE, text=True)
    try:
        story = Board(passa, json.loads(network.stdout.readline())["rpc"], folder)
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
