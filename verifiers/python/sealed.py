# What was sealed: every entry of every shard, the exclusions, the tables of the pools, and the seal over them. draw1, sections 2, 3 and 7.
from array import array

import draw
import forms
from merkle import root_of
from report import Broken


class Sealed:
    def __init__(self, run, announced, pools):
        self.announced, self.pools = announced, pools
        self.file, self.data, self.seal = announced.read_of_session(run, "seal.json", forms.SEAL)
        # Entry number k, counted over all shards, came at seconds[k] for pool_of[k], with the public id eids[32 * k : 32 * k + 32]; rows
        # holds (lh, tickets, k) of the entries that count, by pool.
        self.rows = {pool.number: [] for pool in pools}
        self.seconds, self.pool_of, self.eids = array("Q"), array("L"), bytearray()
        self.shards = []
        self.exclusions = self._read_exclusions(run)
        self._read_shards(run)
        self._check_exclusions(run)
        self._check_tables(run)
        self._check_seal()
        run.passed("the seal says nothing else")

    def _read_exclusions(self, run):
        file, data = run.read("exclusions")
        exclusions = draw.read_exclusions(data, self.announced.hash, file)
        for (shard, index), reason in exclusions.items():
            if reason not in draw.EXCLUSION_REASONS:
                raise Broken("unknown-exclusion", file, f"reason {reason} for entry {index} of shard {shard}")
        return exclusions

    def _read_shards(self, run):
        for shard, (file, data) in enumerate(run.read_all("shards", "shards", range(self.announced["shards"]))):
            bodies = draw.read_shard(data, self.announced.hash, shard, file)
            leaves = draw.leaf_hashes(self.announced.hash, shard, bodies)
            for index, (body, lh) in enumerate(zip(bodies, leaves)):
                tickets, s, pool = self._read_entry(body, file, index)
                if (shard, index) not in self.exclusions:
                    self.rows[pool].append((lh, tickets, len(self.seconds)))
                self.seconds.append(s)
                self.pool_of.append(pool)
                self.eids += body[9:41]
            self.shards.append((len(leaves), root_of(leaves)))
        run.passed("every entry is in the window, in a known pool, within the ticket limit")
        ids = len({bytes(self.eids[at : at + 32]) for at in range(0, len(self.eids), 32)})
        if ids != len(self.seconds):
            raise Broken("eid-twice", None, f"{len(self.seconds)} entries have {ids} public ids")
        run.passed("every entry's public id is used once")
        if draw.shards_root(self.shards).hex() != self.seal["shardsRoot"]:
            raise Broken("shards-not-sealed", None, "the entries are not the sealed ones")
        run.passed("the entries are the sealed ones")

    def _read_entry(self, body, file, index):
        """Tickets, second and pool of one entry's body: u8 tickets, u64 s, eid, u8 m = 1, u32 pool."""
        tickets, s, pool = body[0], int.from_bytes(body[1:9], "big"), int.from_bytes(body[42:], "big")
        if body[41] != 1:
            raise Broken("file-wrong-form", file, f"entry {index} does not name one pool")
        if not 1 <= tickets <= self.announced["ticketsMax"]:
            raise Broken("tickets-out-of-range", file, f"entry {index} has {tickets} tickets")
        if not self.announced["open"] <= s < self.announced["close"]:
            raise Broken("outside-window", file, f"entry {index} came at {s}")
        if pool not in self.rows:
            raise Broken("unknown-pool", file, f"entry {index} is for pool {pool}")
        return tickets, s, pool

    def _check_exclusions(self, run):
        file = run.path("exclusions")
        for shard, index in self.exclusions:
            if shard >= len(self.shards) or index >= self.shards[shard][0]:
                raise Broken("exclusion-of-nobody", file, f"shard {shard} has no entry {index}")
        run.passed("every exclusion is an entry with a known reason")
        if draw.exclusion_root(self.exclusions).hex() != self.seal["exclusionRoot"]:
            raise Broken("exclusions-not-sealed", file, "not the exclusions that were sealed")
        run.passed("the exclusions are the sealed ones")

    def _check_tables(self, run):
        self.tables = []
        for pool, (file, data) in zip(self.pools, run.read_all("tables", "tables", [pool.number for pool in self.pools])):
            published = draw.read_table(data, self.announced.hash, pool.number, file)
            rows = self.rows[pool.number]
            rows.sort()
            bodies = [draw.table_body(lh, tickets, pool.number) for lh, tickets, _ in rows]
            if bodies != published:
                raise Broken("table-differs", file, "not the entries of this pool less the exclusions")
            self.tables.append((pool.number, len(rows), sum(tickets for _, tickets, _ in rows), draw.table_root(bodies)))
        run.passed("tables = entries - exclusions")
        if draw.tables_root(self.tables).hex() != self.seal["tablesRoot"]:
            raise Broken("tables-not-sealed", None, "the tables are not the sealed ones")
        run.passed("the tables are the sealed ones")

    def _check_seal(self):
        counted = {
            "entries": len(self.seconds),
            "excluded": len(self.exclusions),
            "tickets": sum(tickets for _, _, tickets, _ in self.tables),
            "shards": len(self.shards),
            "pools": len(self.pools),
        }
        # Only a slot can have a seal before it.
        if self.announced["kind"] == "draw":
            counted["prev"] = "0" * 64
        for name, value in counted.items():
            if self.seal[name] != value:
                raise Broken("seal-wrong", self.file, f"{name} is {self.seal[name]}, the files give {value}")
