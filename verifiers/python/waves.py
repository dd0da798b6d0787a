# Waves: wave 1 awards the winners, later ones go down each pool's waitlist as units lapse. draw1, section 8.
from itertools import count

from encoding import Reader, must_ascend, tag, u32
from merkle import mth
from report import Broken

CAUSES = range(1, 5)


def read_wave(data, manifest_hash, no, file):
    """{(pool, rank): lh} awarded and {(pool, rank): cause} lapsed."""
    reader = Reader(data, file)
    reader.header("bundle-wave", manifest_hash, u32(no))
    awards = [((reader.number(4), reader.number(4)), reader.take(32)) for _ in range(reader.number(4))]
    lapses = [((reader.number(4), reader.number(4)), reader.number(1)) for _ in range(reader.number(4))]
    reader.end()
    for rows in (awards, lapses):
        must_ascend([place for place, _ in rows], file)
    if any(cause not in CAUSES for _, cause in lapses):
        raise Broken("file-wrong-form", file, "an unknown cause of a lapse")
    return dict(awards), dict(lapses)


def awards_root(awards):
    return mth(tag("award") + u32(pool) + u32(rank) + lh for (pool, rank), lh in awards.items())


def lapses_root(lapses):
    return mth(tag("lapse") + u32(pool) + u32(rank) + bytes([cause]) for (pool, rank), cause in lapses.items())


class Book:
    """What the waves so far have given and taken back."""

    def __init__(self, pools, results):
        """`results` by the number of the pool."""
        self.pools, self.results = pools, results
        self.next_rank = dict.fromkeys(results, 0)
        self.held = dict.fromkeys(results, 0)
        self.standing = set()
        self.waves = self.awards = self.lapses = 0

    def add(self, awards, lapses, file):
        self.waves += 1
        for place in lapses:
            if place not in self.standing:
                raise Broken("wave-lapse-wrong", file, f"rank {place[1]} of pool {place[0]} holds no award")
            self.standing.remove(place)
            self.held[place[0]] -= 1
        for (pool, rank), lh in awards.items():
            if pool not in self.results:
                raise Broken("wave-award-wrong", file, f"there is no pool {pool}")
            if rank != self.next_rank[pool]:
                raise Broken("wave-rank-gap", file, f"rank {rank} of pool {pool}, not {self.next_rank[pool]}")
            rows = self.results[pool].rows
            if rank >= len(rows) or rows[rank][1] != lh:
                raise Broken("wave-award-wrong", file, f"another entry than rank {rank} of pool {pool}")
            self.next_rank[pool] += 1
            self.held[pool] += 1
            self.standing.add((pool, rank))
        if self.waves == 1 and any(self.next_rank[pool] != result.winners for pool, result in self.results.items()):
            raise Broken("wave-one-not-winners", file, "awards others than the winners, or not all of them")
        for pool in self.pools:
            if self.held[pool.number] > pool.stock:
                detail = f"{self.held[pool.number]} units of pool {pool.number} are awarded, there are {pool.stock}"
                raise Broken("wave-over-stock", file, detail)
        self.awards += len(awards)
        self.lapses += len(lapses)


def check_waves(run, manifest_hash, pools, results, logged):
    """All waves that the log tells of; without a log, all that are published."""
    book = Book(pools, results)
    for no in count(1) if logged.waves is None else range(1, len(logged.waves) + 1):
        if logged.waves is None and run.source.find(run.path(f"waves/{no}")) is None:
            break
        told = logged.waves and logged.waves[no - 1]
        file, data = run.read(f"waves/{no}")
        awards, lapses = read_wave(data, manifest_hash, no, file)
        given = (len(awards), awards_root(awards).hex(), len(lapses), lapses_root(lapses).hex())
        if told and given != (told["awards"], told["awardsRoot"], told["lapses"], told["lapsesRoot"]):
            raise Broken("wave-differs", file, "not the awards and lapses that stand in the log")
        book.add(awards, lapses, file)
    run.passed("waves follow the ranks and never award more than there is")
    if logged.settled:
        ended = sum(logged.settled[name] for name in ("handedOver", "refunded", "lapsed"))
        if logged.settled["lapsed"] != book.lapses or ended != book.awards:
            raise Broken("settled-wrong", None, f"the settlement accounts for {ended} of {book.awards} awards")
    return book
