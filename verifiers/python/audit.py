# Level 3 of draw1, section 11: everything that the published files of a session let anyone check, in the order of docs/verify-reasons.md.
from collections import Counter

from announced import Announced, read_pools
from drawn import Drawn
from logged import check_log
from sealed import Sealed
from stats import Evenness
from waves import check_waves


def audit(run):
    """The outcome of a session in which everything holds. Raises Broken at the first thing that does not."""
    announced = Announced(run)
    logged = check_log(run, announced)
    pools = read_pools(run, announced)
    sealed = Sealed(run, announced, pools)
    evenness = Evenness(announced["open"])
    drawn = Drawn(run, announced, sealed, evenness)
    book = check_waves(run, announced.hash, pools, drawn.results, logged)
    if announced["ticketsMax"] > 1:
        run.limits.append("tickets-by-rule")
    return {
        "manifest": announced.hash.hex(),
        "assurance": announced["assurance"],
        "checks": run.checks,
        "counts": {
            "entries": len(sealed.seconds),
            "excluded": len(sealed.exclusions),
            "reasons": _counted(sealed.exclusions.values()),
            "histogram": _counted(tickets for rows in sealed.rows.values() for _, tickets, _ in rows),
            "pools": len(pools),
            "winners": drawn.winners,
            "waits": drawn.waits,
            "waves": book.waves,
            "awards": book.awards,
            "lapses": book.lapses,
        },
        "witnesses": logged.witnesses,
        "limits": sorted(run.limits),
        "statistics": evenness.tests(sealed.shards, sealed.seconds),
    }


def _counted(values):
    return {str(value): count for value, count in sorted(Counter(values).items())}
