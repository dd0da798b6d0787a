#!/usr/bin/env python3
"""conformance.py DIR: checks this verifier against the reference data and prints each check. `npm run conformance` runs it too."""
import hashlib
import hmac
import json
import os
import sys

import bls
import draw
import ed25519
from announced import Announced
from audit import audit
from beacon import QUICKNET, signs_round
from encoding import jcs_bytes, sha256, tag, u8, u16, u32, u64
from merkle import included, leaf_hash, node_hash, root_of
from notes import Checkpoint, Key
from reference import Files, bodies_of, path_of, published_files
from report import Broken
from run import Run


def merkle_checks(data):
    leaves = [leaf_hash(bytes.fromhex(leaf)) for leaf in data["leaves"]]
    yield "leaf hashes", [leaf.hex() for leaf in leaves] == data["leafHashes"]
    for size, root in enumerate(data["roots"]):
        yield f"root of {size} leaves", root_of(leaves[:size]).hex() == root
        for at in range(size):
            yield f"path of leaf {at} in {size}", included(leaves[at], at, size, path_of(leaves[:size], at), bytes.fromhex(root))


def drand_checks(data):
    chain = data["chain"]
    pinned = (QUICKNET.hash, QUICKNET.key.hex(), QUICKNET.period, QUICKNET.genesis)
    yield "the pinned chain", pinned == (chain["hash"], chain["public_key"], chain["period"], chain["genesis_time"])
    for one in data["beacons"]:
        signature = bytes.fromhex(one["signature"])
        point = bls.decode_g1(signature)
        yield f"round {one['round']} verifies", signs_round(QUICKNET.key, one["round"], point) and bls.encode_g1(point) == signature


def refused_checks(data):
    for one in data["cases"]:
        try:
            good = signs_round(QUICKNET.key, int(one["round"]), bls.decode_g1(bytes.fromhex(one["signature"])))
        except bls.BadPoint:
            good = False
        yield f"{one['id']} is refused: {one['why']}", not good


def draw_checks(data):
    files = Files(published_files(data))
    session, manifest_hash = data["manifest"]["session"], bytes.fromhex(data["manifestHash"])
    run = Run(files, session, lambda *_: None, data["manifestHash"], data["test"]["logKey"])
    for name, told in data["bundles"].items():
        file = files.get(f"draws/{session}/{name}", b"")
        yield f"file {name}", (len(file), sha256(file).hex()) == (told["bytes"], told["sha256"])
    try:
        outcome, broken = audit(run), "all hold"
    except Broken as error:
        outcome, broken = None, str(error)
    for check in run.checks:
        yield check, True
    yield f"the audit of the whole session: {broken}", outcome is not None
    yield "sealHash", sha256(tag("seal") + jcs_bytes(data["seal"])).hex() == data["sealHash"]
    yield "resultHash", sha256(tag("result-object") + jcs_bytes(data["result"])).hex() == data["resultHash"]
    yield from score_checks(data, manifest_hash)
    yield from receipt_checks(data, manifest_hash)
    key, needed = Key(data["test"]["logKey"]), data["manifest"]["witnesses"]["k"]
    witnesses = Announced(Run(files, session, lambda *_: None)).witnesses
    for moment, note in data["log"]["checkpoints"].items():
        checkpoint = Checkpoint(note, moment)
        checkpoint.check_log(key)
        yield f"checkpoint {moment}: signed by the log and {needed} witnesses", len(checkpoint.cosigned(witnesses)) >= needed


def score_checks(data, manifest_hash):
    shards = bodies_of(data)
    leaves = [draw.leaf_hashes(manifest_hash, shard, bodies) for shard, bodies in enumerate(shards)]
    roots = [[len(shard), root_of(shard).hex()] for shard in leaves]
    yield "shard roots", roots == data["roots"]["shards"]
    excluded = {(shard, index) for shard, index, _ in data["exclusions"]}
    scores = []
    for shard, index, tickets, *_ in data["entries"]:
        tries = [sha256(tag("score") + bytes.fromhex(data["seed"]) + leaves[shard][index] + u8(at)) for at in range(tickets)]
        scores.append("" if (shard, index) in excluded else min(tries).hex())
    yield "scores", scores == data["scores"]


def keyed(secret, message):
    return hmac.new(secret, message, hashlib.sha256).digest()


def receipt_checks(data, manifest_hash):
    """A receipt alone: pid and nonce give the public id, the path leads to the group's root, the signature is the session's."""
    key = bytes.fromhex(data["manifest"]["receiptKey"])
    pepper = bytes.fromhex(data["test"]["pepper"])
    for at, one in enumerate(data["receipts"]):
        receipt, group = one["receipt"], one["receipt"]["group"]
        pid = keyed(keyed(pepper, bytes.fromhex(one["person"])), manifest_hash)
        eid = sha256(tag("eid") + manifest_hash + bytes.fromhex(receipt["nonce"]) + pid)
        body = u8(receipt["tickets"]) + u64(receipt["s"]) + eid + u8(1) + u32(receipt["pools"][0])
        place = manifest_hash + u16(receipt["shard"]) + u32(receipt["index"])
        lh = leaf_hash(tag("entry") + place + body)
        yield f"receipt {at}: pid, public id and leaf", (pid.hex(), lh.hex()) == (receipt["pid"], receipt["leaf"])
        root = root_by_path(lh, receipt["index"] - group["first"], group["size"], [bytes.fromhex(step) for step in receipt["path"]])
        message = tag("receipt") + manifest_hash + u16(receipt["shard"]) + u32(group["first"]) + u16(group["size"]) + root + u64(group["s"])
        signature = bytes.fromhex(receipt["sig"])
        yield f"receipt {at}: signature", ed25519.verifies(key, message, signature)
        bent = bytes([signature[0] ^ 1]) + signature[1:]
        yield f"receipt {at}: a changed signature is refused", not ed25519.verifies(key, message, bent)


def root_by_path(lh, at, size, path):
    last = size - 1
    for step in path:
        while at % 2 == 0 and at == last:
            at, last = at // 2, last // 2
        lh = node_hash(step, lh) if at % 2 else node_hash(lh, step)
        at, last = at // 2, last // 2
    return lh


SUITES = (
    ("merkle/tree-constants.json", merkle_checks),
    ("drand/quicknet.json", drand_checks),
    ("drand/quicknet-refuse.json", refused_checks),
    ("draw1/uniform-3pools.json", draw_checks),
)


def main():
    if len(sys.argv) != 2:
        print("usage: conformance.py DIR", file=sys.stderr)
        return 2
    passed = failed = 0
    for name, checks in SUITES:
        with open(os.path.join(sys.argv[1], *name.split("/")), encoding="utf-8") as file:
            data = json.load(file)
        for check, good in checks(data):
            passed, failed = passed + bool(good), failed + (not good)
            print(f"{'✓' if good else '✗'} {name}: {check}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main())
