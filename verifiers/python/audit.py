# Level 3 of draw1, section 11: everything that the published files of a session let anyone check, in the order of docs/verify-reasons.md.
from collections import Counter
from typing import NamedTuple, Optional

from announced import Announced, read_pools
from drawn import Drawn
from logged import Logged, check_log
from reviewed import check_review
from sealed import Sealed
from stats import NO_STATISTICS, Evenness
from waves import check_waves


class Seen(NamedTuple):
    """Everything that was recomputed, as far as the session is."""

    stage: str
    announced: Announced
    logged: Logged
    pools: list
    sealed: Optional[Sealed]
    review: Optional[dict]
    drawn: Optional[Drawn]
    book: object
    evenness: Evenness


def examine(run):
    """All checks in their order, as far as the session is. Raises Broken at the first thing that does not hold."""
    announced = Announced(run)
    logged = check_log(run, announced)
    pools = read_pools(run, announced)
    stage = _stage(run)
    sealed = review = drawn = book = None
    evenness = Evenness(announced["open"])
    if stage != "announced":
        sealed = Sealed(run, announced, pools)
        review = check_review(run, announced, sealed)
    if stage == "drawn":
        drawn = Drawn(run, announced, sealed, evenness)
        book = check_waves(run, announced.hash, pools, drawn.results, logged)
    else:
        run.limits += ["not-drawn"] if sealed else ["not-drawn", "not-sealed"]
    if announced["ticketsMax"] > 1:
        run.limits.append("tickets-by-rule")
    return Seen(stage, announced, logged, pools, sealed, review, drawn, book, evenness)


def audit(run):
    return outcome_of(run, examine(run))


def outcome_of(run, seen):
    """What is reported of a session in which everything holds."""
    stage, announced, logged, pools, sealed, review, drawn, book, evenness = seen
    named = announced["beacon"]
    return {
        "manifest": announced.hash.hex(),
        "stage": stage,
        "drawAt": named["genesis"] + (named["round"] - 1) * named["period"],
        "assurance": announced["assurance"],
        "checks": run.checks,
        "counts": {
            **_sealed_counts(sealed, review),
            "pools": len(pools),
            "winners": drawn.winners if drawn else 0,
            "waits": drawn.waits if drawn else 0,
            "waves": book.waves if book else 0,
            "awards": book.awards if book else 0,
            "lapses": book.lapses if book else 0,
        },
        "witnesses": logged.witnesses,
        "limits": sorted(run.limits),
        "statistics": evenness.tests(sealed.shards, sealed.seconds) if drawn else NO_STATISTICS,
    }


def _stage(run):
    """How far the session is. What is in the log has to be published as well, so what is not published is not there yet."""
    if run.source.find(run.path("result.json")) is not None:
        return "drawn"
    return "announced" if run.source.find(run.path("seal.json")) is None else "sealed"


def _sealed_counts(sealed, review):
    if sealed is None:
        return {"entries": 0, "excluded": 0, "reasons": {}, "histogram": {}}
    return {
        "entries": len(sealed.seconds),
        "excluded": len(sealed.exclusions),
        **({"review": review} if review else {}),
        "reasons": _counted(sealed.exclusions.values()),
        "histogram": _counted(tickets for rows in sealed.rows.values() for _, tickets, _ in rows),
    }


def _counted(values):
    return {str(value): count for value, count in sorted(Counter(values).items())}
