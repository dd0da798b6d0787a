# The auditor's sample: winners with more than one ticket, opened by the operator, each with the losses that its tickets rest on.
# docs/verify-a-draw.md, "Tickets". What is opened is not public; what it is checked against is.
import hmac
import json

import forms
from audit import examine
from encoding import parse_jcs, sha256, tag
from files import read
from report import Broken
from run import Run

SAMPLE_MAX = 200

# What became of an entry.
EXCLUDED, LOST, WON = range(3)

ENTRY = {"shard": forms.number, "index": forms.number, "nonce": forms.hash32}
LOSS = forms.members({**ENTRY, "session": forms.text(forms.SESSION)})
OPENING = forms.members({**ENTRY, "inner": forms.hash32, "chain": forms.list_of(LOSS, 8)})
CHAINS = forms.members({**forms.HEAD, "type": forms.one_of("chains"), "openings": forms.list_of(OPENING, SAMPLE_MAX)})


def check_chains(run, data, target):
    """Holds every opening against the session, and against a whole audit of each session that a loss was in."""
    if target.stage != "drawn":
        raise Broken("chains-form", None, "the session is not drawn yet")
    openings = _read(data, run.session, target.announced.hash)
    here = _Session(run, target)
    sample = _sample(here)
    if sample:
        if target.logged.manifest_at is None:
            raise Broken("chains-no-log", None, "the session's log is not published")
        if here.counting is None:
            raise Broken("chain-not-counting", None, "the rules of this session say nothing of losses")
    _compare(openings, [place for place, _ in sample])
    for opening, (place, tickets) in zip(openings, sample):
        here.own(opening, opening["inner"])
        chain = opening["chain"]
        if len({loss["session"] for loss in chain}) < len(chain):
            raise Broken("chain-twice", None, f"entry {place}")
        if tickets != 1 + len(chain):
            raise Broken("chain-tickets", None, f"entry {place} has {tickets} tickets, {len(chain)} losses are shown")
    run.passed("every winner of the sample is opened, with as many losses as its tickets rest on")
    names = list(dict.fromkeys(loss["session"] for opening in openings for loss in opening["chain"]))
    for name in names:
        earlier = _audited(run, name)
        if earlier.counting is None or earlier.announced["origin"] != here.announced["origin"]:
            raise Broken("chain-not-counting", None, name)
        for opening in openings:
            for loss in opening["chain"]:
                if loss["session"] == name:
                    _check_loss(here, earlier, opening, loss)
    run.passed("every loss that is shown is one: the same person, the same family, before the plan, above the cut-off")
    return {"opened": len(openings), "losses": sum(len(opening["chain"]) for opening in openings), "sessions": len(names)}


def _check_loss(here, earlier, opening, loss):
    where = f"{loss['session']} {loss['shard']}/{loss['index']}"
    result_at = earlier.logged.result_at
    if result_at is None or result_at >= here.logged.manifest_at:
        raise Broken("chain-too-late", None, where)
    if earlier.draw_at + here.counting["lossesCountS"] < here.announced["open"]:
        raise Broken("chain-too-old", None, where)
    number = earlier.own(loss, opening["inner"])
    if earlier.family(number) != here.family(here.own(opening, opening["inner"])):
        raise Broken("chain-other-family", None, where)
    # Whoever is in the table and not among the winners has a score above the cut-off: the audit has drawn the pool again.
    if earlier.standing[number] != LOST:
        raise Broken("chain-not-lost", None, where)


class _Session:
    """A drawn session that has passed its audit, with what its rules say."""

    def __init__(self, run, seen):
        self.announced, self.logged, self.sealed, self.drawn = seen.announced, seen.logged, seen.sealed, seen.drawn
        named = self.announced["beacon"]
        self.draw_at = named["genesis"] + (named["round"] - 1) * named["period"]
        self.skus = {pool.number: pool.sku for pool in self.sealed.pools}
        rules = _rules(read(run.source, f"rules/{self.announced['rulesHash']}"))
        self.families, self.counting = rules.get("families") or {}, rules.get("counting")
        self.firsts = [0]
        for n, _ in self.sealed.shards:
            self.firsts.append(self.firsts[-1] + n)
        self.standing, self.winners = self._standings()

    def own(self, entry, inner):
        """The number of an entry that this inner key and its nonce make the person's own."""
        shard, index = entry["shard"], entry["index"]
        pid = hmac.new(bytes.fromhex(inner), self.announced.hash, "sha256").digest()
        eid = sha256(tag("eid") + self.announced.hash + bytes.fromhex(entry["nonce"]) + pid)
        there = shard < len(self.sealed.shards) and index < self.sealed.shards[shard][0]
        number = self.firsts[shard] + index if there else None
        is_own = there and int.from_bytes(pid[:4], "big") % self.announced["shards"] == shard
        if not is_own or self.sealed.eids[32 * number : 32 * number + 32] != eid:
            raise Broken("chain-other-person", None, f"{self.announced['session']} {shard}/{index}")
        return number

    def family(self, number):
        return self.families.get(self.skus[self.sealed.pool_of[number]])

    def _standings(self):
        """What became of each entry, and (lh, tickets, entry number) of all winners."""
        standing, winners = bytearray(len(self.sealed.seconds)), []
        for pool, rows in self.sealed.rows.items():
            result = self.drawn.results[pool]
            won = {lh for _, lh in result.rows[: result.winners]}
            for row in rows:
                standing[row[2]] = WON if row[0] in won else LOST
            winners += [row for row in rows if row[0] in won]
        return standing, winners

    def place(self, number):
        shard = max(shard for shard, first in enumerate(self.firsts[:-1]) if first <= number)
        return shard, number - self.firsts[shard]


def _sample(session):
    """[(shard, index), tickets] in the order in which they are to be opened."""
    head = tag("audit") + session.drawn.seed
    several = [(sha256(head + lh), tickets, k) for lh, tickets, k in session.winners if tickets > 1]
    return [(session.place(k), tickets) for _, tickets, k in sorted(several)[:SAMPLE_MAX]]


def _compare(openings, places):
    opened = [(opening["shard"], opening["index"]) for opening in openings]
    for at in range(max(len(opened), len(places))):
        wanted = places[at] if at < len(places) else None
        if at < len(opened) and opened[at] == wanted:
            continue
        if wanted is not None and wanted not in opened:
            raise Broken("chain-missing", None, f"entry {wanted}")
        raise Broken("chain-not-sampled", None, f"entry {opened[at] if at < len(opened) else wanted}")


def _read(data, session, manifest_hash):
    try:
        value = parse_jcs(data, "openings")
    except Broken as broken:
        raise Broken("chains-form", None, broken.detail) from None
    if not CHAINS(value):
        raise Broken("chains-form", None, "its members are not those of the format")
    if value["session"] != session or value["manifest"] != manifest_hash.hex():
        raise Broken("chains-form", None, "the openings of another session")
    return value["openings"]


def _audited(run, name):
    """The whole audit of an earlier session. What does not hold there is what is wrong here."""
    other = Run(run.source, name, run.progress, None, run.log_key, run.seen)
    try:
        seen = examine(other)
    except Broken as broken:
        raise Broken("chain-broken-session", None, f"{name}: {broken}") from None
    if seen.stage != "drawn":
        raise Broken("chain-broken-session", None, f"{name} is not drawn yet")
    return _Session(other, seen)


def _rules(data):
    """The audit has held the document against its hash. One that is no JSON object says nothing of losses."""
    try:
        rules = json.loads(data)
    except ValueError:
        return {}
    return rules if isinstance(rules, dict) else {}
