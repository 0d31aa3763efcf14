#!/usr/bin/env python3
"""A signer for passa whose Ed25519 key lies in a PEM file that openssl reads: one to begin your own from.

    openssl genpkey -algorithm ed25519 -out /secure/board.pem        (then chmod 600)
    passa key connect board --account "$(./openssl.py --account /secure/board.pem)" /path/to/openssl.py /secure/board.pem

passa sends one line of JSON and waits for one. This program trusts as little of it as it can: it works the hash out from the
envelope and the network itself, and signs nothing else. With --only NETWORK-PASSPHRASE it signs for that network alone; with
--ask somebody at the terminal reads the words, as passa tells them, and says yes. The words are passa's: a signer that
should not trust them decodes the envelope.
"""
import argparse
import base64
import hashlib
import json
import os
import subprocess
import sys
import tempfile

MOST_SIGNATURES = 20
SIGNED_FORMS = {2: 2, 5: 5}  # EnvelopeType of the envelope: of what is signed


def refuse(why):
    print(json.dumps({"refused": why}))
    sys.exit(0)


def openssl(*words):
    return subprocess.run(["openssl", *words], check=True, stdout=subprocess.PIPE).stdout


def public_key(pem):
    return openssl("pkey", "-in", pem, "-pubout", "-outform", "DER")[-32:]


def account_of(key):
    """Strkey: version byte, key, CRC16-XModem, base32."""
    payload, crc = bytes([6 << 3]) + key, 0
    for byte in payload:
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return base64.b32encode(payload + crc.to_bytes(2, "little")).decode()


def hashes_of(kind, data, network):
    """All that this envelope's hash may be: where its signatures begin is not looked up, but tried."""
    if kind == "authorization":  # a HashIdPreimage says its network itself
        return {hashlib.sha256(data).hexdigest()} if data[4:36] == network else set()
    if kind == "message":
        return {hashlib.sha256(b"Stellar Signed Message:\n" + data).hexdigest()}
    form = SIGNED_FORMS.get(int.from_bytes(data[:4], "big"))
    if kind != "transaction" or form is None:
        return set()
    bodies = (data[4:len(data) - 4 - 72 * count] for count in range(MOST_SIGNATURES + 1) if data[len(data) - 4 - 72 * count:][:4] == count.to_bytes(4, "big"))
    return {hashlib.sha256(network + form.to_bytes(4, "big") + body).hexdigest() for body in bodies}


def agree(words):
    with open("/dev/tty", "r+") as terminal:
        terminal.write("".join(f"  {word}\n" for word in words) + "Sign this? Write yes: ")
        terminal.flush()
        return terminal.readline().strip() == "yes"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--account", action="store_true", help="print the key's account, and sign nothing")
    parser.add_argument("--ask", action="store_true")
    parser.add_argument("--only", metavar="PASSPHRASE")
    parser.add_argument("pem")
    args = parser.parse_args()
    account = account_of(public_key(args.pem))
    if args.account:
        return print(account)
    asked = json.loads(sys.stdin.readline())
    network = bytes.fromhex(asked["networkId"] or "")
    if asked["schema"] != "passa.sign/1":
        refuse("this signer knows passa.sign/1 alone")
    if asked["publicKey"] != account:
        refuse(f"this is the key of {account}")
    if args.only and asked["kind"] != "message" and network != hashlib.sha256(args.only.encode()).digest():
        refuse(f"this signer signs for {args.only} alone")
    if asked["hash"] not in hashes_of(asked["kind"], base64.b64decode(asked["envelope"]), network):
        refuse("the hash is not that of what is shown")
    if args.ask and not agree(asked["words"]):
        refuse("somebody at the terminal said no")
    with tempfile.NamedTemporaryFile() as hashed:  # openssl wants a file: it signs in one go
        hashed.write(bytes.fromhex(asked["hash"]))
        hashed.flush()
        signature = openssl("pkeyutl", "-sign", "-rawin", "-inkey", args.pem, "-in", hashed.name)
    print(f"signed {asked['hash'][:8]}", file=sys.stderr)
    print(json.dumps({"signature": base64.b64encode(signature).decode()}))


if __name__ == "__main__":
    os.umask(0o077)
    main()
