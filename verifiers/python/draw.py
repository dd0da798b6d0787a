# The rows and hashes of a draw: pools, entries, exclusions, tables, scores, results. draw1, sections 2 and 10.
import hashlib
from typing import NamedTuple

from encoding import Reader, must_ascend, sha256, tag, u8, u16, u32
from forms import is_name
from merkle import mth
from report import Broken

NO_SCORE, EVERY_SCORE = bytes(32), b"\xff" * 32
# Table draw1-reasons/1, the reasons for which an entry is excluded.
EXCLUSION_REASONS = range(1, 16)


class Pool(NamedTuple):
    number: int
    stock: int
    wait: int
    body: bytes

    @property
    def sku(self):
        """u32 number, u16 length, name, …"""
        return self.body[6 : 6 + int.from_bytes(self.body[4:6], "big")].decode()


def read_pools(data, manifest_hash, file):
    reader = Reader(data, file)
    reader.header("bundle-pools", manifest_hash)
    pools = []
    for _ in range(reader.number(4)):
        start = reader.at
        number = reader.number(4)
        names = [reader.take(reader.number(2)) for _ in ("sku", "store")]
        stock, wait = reader.number(4), reader.number(4)
        if not all(map(is_name, names)):
            raise Broken("file-wrong-form", file, f"pool {number} has a name of another form")
        pools.append(Pool(number, stock, wait, data[start : reader.at]))
    reader.end()
    must_ascend([pool.number for pool in pools], file)
    return pools


def pools_root(pools):
    return mth(tag("pool") + pool.body for pool in pools)


def read_exclusions(data, manifest_hash, file):
    """{(shard, index): reason}, in the order of the file."""
    reader = Reader(data, file)
    reader.header("bundle-exclusions", manifest_hash)
    rows = [((reader.number(2), reader.number(4)), reader.number(1)) for _ in range(reader.number(4))]
    reader.end()
    must_ascend([place for place, _ in rows], file)
    return dict(rows)


def exclusion_root(exclusions):
    return mth(tag("excl") + u16(shard) + u32(index) + u8(reason) for (shard, index), reason in exclusions.items())


# How an operator's exclusion ended: nobody appealed, refused, granted, not decided in time. The first two stand.
STANDS, REFUSED, GRANTED, UNDECIDED = OUTCOMES = range(4)


def read_outcomes(data, manifest_hash, file):
    """{(shard, index): (reason, outcome)}, in the order of the file."""
    reader = Reader(data, file)
    reader.header("bundle-review", manifest_hash)
    rows = [((reader.number(2), reader.number(4)), (reader.number(1), reader.number(1))) for _ in range(reader.number(4))]
    reader.end()
    must_ascend([place for place, _ in rows], file)
    return dict(rows)


def outcomes_root(rows):
    return mth(tag("outcome") + u16(shard) + u32(index) + u8(reason) + u8(outcome) for (shard, index), (reason, outcome) in rows.items())


ENTRY_BODY = 46


def read_shard(data, manifest_hash, shard, file):
    """The bodies of the entries, in order of index."""
    reader = Reader(data, file)
    reader.header("bundle-shard", manifest_hash, u16(shard))
    bodies = reader.take(reader.number(4) * ENTRY_BODY)
    reader.end()
    return [bodies[at : at + ENTRY_BODY] for at in range(0, len(bodies), ENTRY_BODY)]


def leaf_hashes(manifest_hash, shard, bodies):
    head = b"\0" + tag("entry") + manifest_hash + u16(shard)
    return [hashlib.sha256(head + u32(index) + body).digest() for index, body in enumerate(bodies)]


def shards_root(shards):
    return mth(tag("shard") + u16(shard) + u32(n) + root for shard, (n, root) in enumerate(shards))


TABLE_BODY = 38


def read_table(data, manifest_hash, pool, file):
    """The bodies of the rows: lh, u8 tickets, u8 m = 1, u32 pool."""
    reader = Reader(data, file)
    reader.header("bundle-table", manifest_hash, u32(pool))
    packed = reader.take(reader.number(4) * TABLE_BODY)
    reader.end()
    bodies = [packed[at : at + TABLE_BODY] for at in range(0, len(packed), TABLE_BODY)]
    if any(body[33:] != b"\1" + u32(pool) for body in bodies):
        raise Broken("file-wrong-form", file, "a row of another pool")
    must_ascend([body[:32] for body in bodies], file)
    return bodies


def table_body(lh, tickets, pool):
    return lh + u8(tickets) + b"\1" + u32(pool)


def table_root(bodies):
    head = tag("row")
    return mth(head + body for body in bodies)


def tables_root(tables):
    """Over (pool, n, sum of tickets, root)."""
    return mth(tag("table") + u32(pool) + u32(n) + u32(tickets) + root for pool, n, tickets, root in tables)


def seed_of(chain_hash, round_number, signature, seal_hash):
    number = round_number.to_bytes(8, "big")
    return sha256(tag("seed") + bytes.fromhex(chain_hash) + number + u8(len(signature)) + signature + seal_hash)


class Result(NamedTuple):
    """One pool: its rows (score, lh) in rank order as far as they are published, and the result body."""

    winners: int
    rows: list
    cutoff: bytes
    body: bytes


def draw_pool(pool, table, seed):
    """Ranks a table of (lh, tickets, …); with the scores in the table's order."""
    head = tag("score") + seed
    scores = []
    for lh, tickets, *_ in table:
        score = hashlib.sha256(head + lh + b"\0").digest()
        for ticket in range(1, tickets):
            score = min(score, hashlib.sha256(head + lh + u8(ticket)).digest())
        scores.append(score)
    ranked = sorted(zip(scores, (row[0] for row in table)))
    n = len(ranked)
    winners = min(pool.stock, n)
    waits = min(pool.wait, n - winners)
    rows = ranked[: winners + waits]
    cutoff = NO_SCORE if pool.stock == 0 else EVERY_SCORE if n <= pool.stock else rows[winners - 1][0]
    roots = [
        mth(tag(name) + u32(rank) + rows[rank][1] + rows[rank][0] for rank in ranks)
        for name, ranks in (("win", range(winners)), ("wait", range(winners, winners + waits)))
    ]
    numbers = (pool.number, pool.stock, n, winners, waits)
    return Result(winners, rows, cutoff, b"".join(map(u32, numbers)) + cutoff + roots[0] + roots[1]), scores


RESULT_BODY = 116
RESULT_FIELDS = (("stock", 4), ("n", 8), ("winners", 12), ("waits", 16), ("cut-off", 20), ("win root", 52), ("wait root", 84))


def check_result(data, manifest_hash, pool, result, file):
    """The published file against what was drawn."""
    reader = Reader(data, file)
    reader.header("bundle-result", manifest_hash, u32(pool))
    body = u32(pool) + reader.take(RESULT_BODY - 4)
    if body != result.body:
        at = next(at for at in range(RESULT_BODY) if body[at] != result.body[at])
        field = [name for name, start in RESULT_FIELDS if start <= at][-1]
        raise Broken("result-differs", file, f"another {field} than seal and beacon give")
    rows = reader.take(len(result.rows) * 64)
    reader.end()
    if rows != b"".join(lh + score for score, lh in result.rows):
        raise Broken("result-differs", file, "other rows than seal and beacon give")


def result_root(results):
    return mth(tag("result") + result.body for result in results)
