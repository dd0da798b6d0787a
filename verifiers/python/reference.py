# The published files of the reference session, built from its parts as draw1, section 10, writes them: the other way round than the verifier.
from base64 import b64encode

import draw
from encoding import jcs_bytes, tag, u8, u16, u32, u64
from merkle import leaf_hash, level_up
from notes import Checkpoint
from waves import awards_root, lapses_root


class Files(dict):
    """Published files in memory."""

    find = dict.get

    def find_all(self, names):
        return map(self.find, names)


def path_of(leaves, index):
    """Inclusion path, bottom up."""
    path = []
    while len(leaves) > 1:
        if index ^ 1 < len(leaves):
            path.append(leaves[index ^ 1])
        leaves, index = level_up(leaves), index // 2
    return path


def bodies_of(data):
    """Entry bodies by shard."""
    shards = [[] for _ in range(data["manifest"]["shards"])]
    for shard, _, tickets, s, eid, pools in data["entries"]:
        shards[shard].append(u8(tickets) + u64(s) + bytes.fromhex(eid) + u8(1) + u32(pools[0]))
    return shards


def published_files(data):
    """Builds every published file of the reference session from its parts."""
    session, manifest_hash = data["manifest"]["session"], bytes.fromhex(data["manifestHash"])
    root = f"draws/{session}"
    yield f"rules/{data['manifest']['rulesHash']}", data["test"]["rules"].encode()
    for kind in ("manifest", "seal", "result"):
        yield f"{root}/{kind}.json", jcs_bytes(data[kind])
    beacon = {"v": 1, "type": "beacon", "chain": data["manifest"]["beacon"]["chain"], **data["beacon"]}
    yield f"{root}/beacon.json", jcs_bytes(beacon)
    names = [(one[1].encode(), one[2].encode()) for one in data["pools"]]
    bodies = [
        u32(number) + u16(len(sku)) + sku + u16(len(store)) + store + u32(stock) + u32(wait)
        for (number, _, _, stock, wait), (sku, store) in zip(data["pools"], names)
    ]
    yield f"{root}/pools", tag("bundle-pools") + manifest_hash + u32(len(bodies)) + b"".join(bodies)
    rows = [u16(shard) + u32(index) + u8(reason) for shard, index, reason in data["exclusions"]]
    yield f"{root}/exclusions", tag("bundle-exclusions") + manifest_hash + u32(len(rows)) + b"".join(rows)
    shards = bodies_of(data)
    leaves = [draw.leaf_hashes(manifest_hash, shard, bodies) for shard, bodies in enumerate(shards)]
    for shard, bodies in enumerate(shards):
        yield f"{root}/shards/{shard}", tag("bundle-shard") + manifest_hash + u16(shard) + u32(len(bodies)) + b"".join(bodies)
    excluded = {(shard, index) for shard, index, _ in data["exclusions"]}

    def lh_of(shard, index):
        return leaves[shard][index]

    score_of = {lh_of(shard, index): score for (shard, index, *_), score in zip(data["entries"], data["scores"])}
    for number, *_ in data["pools"]:
        table = sorted(
            draw.table_body(lh_of(shard, index), tickets, number)
            for shard, index, tickets, _, _, pools in data["entries"]
            if pools == [number] and (shard, index) not in excluded
        )
        yield f"{root}/tables/{number}", tag("bundle-table") + manifest_hash + u32(number) + u32(len(table)) + b"".join(table)
    for one in data["results"]:
        counts = (one["pool"], one["stock"], one["n"], len(one["winners"]), len(one["waits"]))
        body = b"".join(map(u32, counts)) + bytes.fromhex(one["cutoff"] + one["winRoot"] + one["waitRoot"])
        ranked = [lh_of(*place) for place in one["winners"] + one["waits"]]
        packed = b"".join(lh + bytes.fromhex(score_of[lh]) for lh in ranked)
        yield f"{root}/results/{one['pool']}", tag("bundle-result") + manifest_hash + body + packed
    for no, (awards, lapses) in enumerate(waves_of(data, lh_of), 1):
        award_rows = b"".join(u32(pool) + u32(rank) + lh for (pool, rank), lh in awards.items())
        lapse_rows = b"".join(u32(pool) + u32(rank) + u8(cause) for (pool, rank), cause in lapses.items())
        packed = u32(len(awards)) + award_rows + u32(len(lapses)) + lapse_rows
        yield f"{root}/waves/{no}", tag("bundle-wave") + manifest_hash + u32(no) + packed
    yield from log_files(data, root)


def waves_of(data, lh_of):
    """
    Wave 1 is the winners. Which two awards lapse in the second is not said in the data; its root settles it, so every pair and the two
    common causes are tried.
    """
    won = {(one["pool"], rank): lh_of(*place) for one in data["results"] for rank, place in enumerate(one["winners"])}
    waits = {one["pool"]: (len(one["winners"]), one["waits"]) for one in data["results"]}
    yield won, {}
    places = list(won)
    for at, first in enumerate(places):
        for second in places[at + 1 :]:
            for causes in ((1, 1), (1, 2), (2, 1), (2, 2)):
                lapses = dict(zip((first, second), causes))
                if lapses_root(lapses).hex() != data["waves"][1]["lapsesRoot"]:
                    continue
                awards = {}
                for pool, _ in lapses:
                    winners, waiting = waits[pool]
                    step = sum(1 for other, _ in awards if other == pool)
                    awards[(pool, winners + step)] = lh_of(*waiting[step])
                awards = dict(sorted(awards.items()))
                if awards_root(awards).hex() == data["waves"][1]["awardsRoot"]:
                    yield awards, lapses
                    return


def log_files(data, root):
    log = data["log"]
    entries = [jcs_bytes(one) for one in [*log["before"], data["manifest"], data["seal"], data["result"], *data["waves"]]]
    leaves = [leaf_hash(entry) for entry in entries]
    yield "log/checkpoint", log["checkpoints"]["end"].encode()
    yield f"log/tile/0/000.p/{len(entries)}", b"".join(leaves)
    yield f"log/tile/entries/000.p/{len(entries)}", b"".join(u16(len(entry)) + entry for entry in entries)
    for kind, index in log["index"].items():
        note = log["checkpoints"][kind].encode()
        size = Checkpoint(note.decode(), kind).size
        lines = [b"c2sp.org/tlog-proof@v1", b"index %d" % index]
        lines += [b64encode(step) for step in path_of(leaves[:size], index)]
        yield f"{root}/{kind}.tlog-proof", b"\n".join([*lines, b"", note])
