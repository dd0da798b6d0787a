# The beacon of a draw: the pinned chain, its rounds, and the strict check of one round's signature. draw1, section 1.
import hashlib
from functools import lru_cache

import bls
from hash_to_g1 import hash_to_g1
from report import Broken

SCHEME = "bls-unchained-g1-rfc9380"


class Chain:
    def __init__(self, chain_hash, key, genesis, period, local=False):
        self.hash, self.key, self.genesis, self.period, self.local = chain_hash, key, genesis, period, local

    def time(self, round_number):
        return self.genesis + (round_number - 1) * self.period

    def first_round(self, time):
        return 1 if time <= self.genesis else -((self.genesis - time) // self.period) + 1


# drand quicknet, as its members publish it.
QUICKNET = Chain(
    "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
    bytes.fromhex(
        "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb"
        "5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
    ),
    1692803367,
    3,
)


def local_chain(wanted, listed):
    """The chain of this hash among those that a site lists, or None: believed only where its key hashes to what the manifest names."""
    for one in listed:
        try:
            fields = [one["period"].to_bytes(4, "big"), one["genesis"].to_bytes(8, "big")]
            fields += [bytes.fromhex(one["publicKey"]), bytes.fromhex(one["groupHash"]), one["beaconId"].encode()]
            if hashlib.sha256(b"".join(fields)).hexdigest() == wanted:
                return Chain(wanted, fields[2], one["genesis"], one["period"], local=True)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            continue
    return None


@lru_cache(maxsize=1024)
def signs_round(key, round_number, point):
    """Whether the point of G1 is the key's signature of SHA-256(u64 round): e(-point, G2) e(message, key) = 1."""
    try:
        key_point = bls.decode_g2(key)
    except bls.BadPoint:
        return False
    message = hash_to_g1(hashlib.sha256(round_number.to_bytes(8, "big")).digest())
    negated = (point[0], bls.P - point[1])
    return bls.pairings_cancel([(negated, bls.decode_g2(bls.G2_GENERATOR)), (message, key_point)])


def canonical_signature(chain, round_number, data, file):
    """The re-encoded bytes of the round's signature: a relay must not be able to choose between two spellings of one point."""
    try:
        point = bls.decode_g1(data)
    except bls.BadPoint as bad:
        raise Broken("beacon-encoding", file, str(bad)) from None
    if not signs_round(chain.key, round_number, point):
        raise Broken("beacon-signature", file, f"not the signature of round {round_number}")
    canonical = bls.encode_g1(point)
    if canonical != data:
        raise Broken("beacon-encoding", file, "a second spelling of the point")
    return canonical
