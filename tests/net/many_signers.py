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

SIGNER = Path(__file__).resolve().parents[2] / "templates/signers/openssl.py"


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

    def open_by_one_descriptor(self):
        """A passphrase that comes once, by a descriptor or a pipe, opens every key of the command."""
        give = f"{self.passa} contract invoke xlm transfer --from account:ben --to account:ann --amount 1 --key ann --sign-with ben --yes standalone --json"
        self.run("account", "create", "ben", "--friendbot")
        for how in ("--passphrase-fd 3 3<pass", "--passphrase-fd 0 <pass", "--passphrase-file <(cat pass)"):
            done = subprocess.run(["bash", "-c", f"{give} {how}"], env=self.environment, cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
            assert done.returncode == 0 and json.loads(done.stdout)["transaction"], (how, done.stderr)

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

    def connect(self, name, script, *more):
        """A key of the card's account whose program is this."""
        program = self.folder / f"{name}.sh"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o700)
        self.run("key", "connect", name, "--account", self.account("card"), *more, str(program))

    def sign_elsewhere(self):
        """A key that a program signs with, as its owner and as one of several; it gets no passphrase, and passa none of the key."""
        pem, program = self.folder / "card.pem", self.folder / "openssl.py"
        subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", str(pem)], check=True, stderr=subprocess.DEVNULL)
        shutil.copy(SIGNER, program)
        program.chmod(0o700)
        account = subprocess.run([str(program), "--account", str(pem)], check=True, capture_output=True, text=True).stdout.strip()
        self.run("key", "connect", "card", "--account", account, str(program), str(pem), "--only", "Standalone Network ; February 2017")
        self.run("account", "create", "card", "--friendbot")
        give = ("contract", "invoke", "xlm", "transfer", "--from", "account:card", "--to", "account:ann", "--amount", "10000000")
        out, err = self.run(*give, "--key", "card", "--yes", "standalone")
        assert "transaction: " in out and "card: signed " in err, (out, err)
        self.run(*give, "--key", "ann", "--sign-with", "card", *self.pay)
        built = self.file("card.b64", self.run(*give, "--key", "card", "--build-only")[0])
        self.told("tx", "submit", self.file("by-card.b64", self.run("tx", "sign", built, "--key", "card", "--yes", "standalone")[0]), "--yes", "standalone")
        self.fails("key.blind", 1, "audit", "seal", "--sign", "card")
        self.fails("key.elsewhere", 40, "key", "show", "card", "--verify")

    def sign_badly(self):
        """Whatever else the program does, nothing is signed, nothing is stored as sent, and the same command may be run again."""
        before = len(self.calls())
        heard = self.folder / "heard"
        cases = {
            "refuses": ("key.refused", "echo '{\"refused\":\"not before noon\"}'"),
            "dies": ("key.signer", "kill -9 $$"),
            "fails": ("key.signer", "exit 7"),
            "hangs": ("key.signer", "exec sleep 60"),
            "chats": ("key.signer", "exec yes"),
            "mumbles": ("key.answer", "echo signed"),
            "forges": ("key.signature", f"echo '{{\"signature\":\"{'A' * 86}==\"}}'"),
            "looks": ("key.answer", f"env >{heard}; ls -l /proc/$$/fd >>{heard}; cat >>{heard}"),
        }
        for name, (code, script) in cases.items():
            self.connect(name, script, "--timeout", "1s")
            problem = self.fails(code, 1, "contract", "invoke", "xlm", "transfer", "--from", "account:card", "--to", "account:ann", "--amount", "1", "--key", name, "--yes", "standalone")
            assert "sent" in problem["message"] + problem["hint"] or code == "key.answer", problem
        assert len(self.calls()) == before
        text = heard.read_text()
        assert "PASSA_" not in text and "CREDENTIALS" not in text and '"schema":"passa.sign/1","kind":"transaction"' in text and "transfer" in text, text

    def pay_out_elsewhere(self):
        """A treasury whose key is elsewhere pays as any other."""
        self.apply(manifest("Party", "crew", title="The Crew", payout=f"{{rail: stellar, address: {self.account('ann')}}}"))
        self.apply(manifest("PayoutPolicy", "alone", singlePerson="true", limits="[{asset: XLM, perBatch: 100.0000000 XLM}]"))
        self.apply(manifest("Treasury", "till", rail="stellar", network="standalone", address=self.account("card"), key="card", asset="XLM"))
        self.file("pay.csv", "party,amount,asset\ncrew,5,XLM\n")
        batch = self.told("payout", "create", "--file", "pay.csv")["batch"]
        self.run("payout", "approve", batch)
        held = self.balance("ann")
        sent = self.told("payout", "send", batch, "--yes", "standalone")
        assert sent["paid"] == 1 and self.balance("ann") == held + 5, sent
        self.run("ledger", "check")

    def tell(self):
        self.begin()
        self.share()
        self.pay_together()
        self.open_by_one_descriptor()
        self.refuse()
        self.sign_elsewhere()
        self.sign_badly()
        self.pay_out_elsewhere()


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
