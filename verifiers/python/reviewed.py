# What became of the operators' exclusions before the seal: the review in the log, the outcomes behind its root, and the sealed exclusions.
from collections import Counter

import draw
import forms
from report import Broken

WITHDRAWN = 1


def check_review(run, announced, sealed):
    """The counts of the review, or None where there was none. That it stands in the log before the seal is the story's to check."""
    if run.source.find(run.path("review.json")) is None:
        return None
    file, _, told = announced.read_of_session(run, "review.json", forms.REVIEW)
    bundle, data = run.read("review")
    rows = draw.read_outcomes(data, announced.hash, bundle)
    for (shard, index), (reason, outcome) in rows.items():
        if reason not in draw.EXCLUSION_REASONS or reason == WITHDRAWN or outcome not in draw.OUTCOMES:
            raise Broken("unknown-outcome", bundle, f"reason {reason}, outcome {outcome} for entry {index} of shard {shard}")
    expected = _review_of(rows)
    if any(told[name] != value for name, value in expected.items()):
        raise Broken("review-wrong", file, "its counts or root are not those of the outcomes")
    left = {place: reason for place, (reason, outcome) in rows.items() if outcome in (draw.STANDS, draw.REFUSED)}
    excluded = {place: reason for place, reason in sealed.exclusions.items() if reason != WITHDRAWN}
    if left != excluded:
        raise Broken("review-differs", bundle, f"{len(left)} exclusions stand, {len(excluded)} are sealed")
    run.passed("the operators' exclusions are those that the review left standing")
    return {name: told[name] for name in ("told", "refused", "granted", "undecided")}


def _review_of(rows):
    ended = Counter(outcome for _, outcome in rows.values())
    reasons = Counter(reason for reason, _ in rows.values())
    out = Counter(reason for reason, outcome in rows.values() if outcome in (draw.STANDS, draw.REFUSED))
    return {
        "told": len(rows),
        "refused": ended[draw.REFUSED],
        "granted": ended[draw.GRANTED],
        "undecided": ended[draw.UNDECIDED],
        "reasons": [
            {"reason": reason, "excluded": out[reason], "reinstated": count - out[reason]} for reason, count in sorted(reasons.items())
        ],
        "outcomesRoot": draw.outcomes_root(rows).hex(),
    }
