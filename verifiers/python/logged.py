# What the public log and its witnesses say of the session. draw1, section 4: nothing counts before k witnesses have seen it in time.
from typing import NamedTuple, Optional

from files import read
from log import CHECKPOINT, Log, text_of
from notes import LOG_KEY, Key
from report import Broken
from story import Story

KEY = "log/vkey"


class Logged(NamedTuple):
    """The session's waves and settlement in the log (no waves at all without a log), and the witnesses who saw the seal in time."""

    waves: Optional[list] = None
    settled: Optional[dict] = None
    witnesses: list = []
    # Places in the log; None without one, or where the entry is not there.
    manifest_at: Optional[int] = None
    result_at: Optional[int] = None


def check_log(run, announced):
    needed = announced["witnesses"]["k"]
    if not needed:
        run.limits.append("no-witnesses")
    elif all(witness["brand"] for witness, _ in announced.witnesses):
        run.limits.append("no-independent-witness")
    if run.source.find(CHECKPOINT) is None:
        if needed:
            raise Broken("log-missing", CHECKPOINT, f"{needed} witnesses are needed, and no log is published")
        run.limits.append("no-log")
        return Logged()
    log = Log(run.source, announced["origin"], _key_of(run, announced), announced.witnesses)
    for name, data in run.seen:
        log.check_older(log.open_checkpoint(text_of(data, name, "checkpoint-form"), name))
    run.passed("entries, tiles and checkpoint of the log agree")
    story = Story(run, log, announced.hash.hex())
    proofs = story.proofs(needed)
    run.passed("the session's entries stand in the log, each as it is published")
    signers = []
    if needed:
        signers = _check_quorums(announced, proofs, needed)
        run.passed("the witnesses saw the manifest before opening, and the seal before the beacon")
    seen_size = proofs["seal"].size if needed and "seal" in proofs else story.index("result")
    _check_void(run, story, len(log.entries) if seen_size is None else seen_size)
    return Logged(story.told_waves, story.told_settled, signers, story.index("manifest"), story.index("result"))


def _key_of(run, announced):
    vkey = run.log_key
    if vkey is None:
        run.limits.append("log-key-from-site")
        vkey = text_of(read(run.source, KEY), KEY, "log-key")
    try:
        key = Key(vkey.strip())
    except ValueError as error:
        raise Broken("log-key", KEY, str(error)) from None
    if key.type != LOG_KEY or key.name != announced["origin"]:
        raise Broken("log-key", KEY, f"not a key of the log {announced['origin']}")
    return key


def _check_quorums(announced, proofs, needed):
    """Who saw the seal in time; manifest, seal and result must have been seen by as many witnesses as are needed."""
    moments = (
        ("manifest", announced["open"] - announced["leads"]["announceS"], "manifest-late"),
        ("seal", announced.deadline, "seal-late"),
        ("result", float("inf"), "no-quorum"),
    )
    saw_seal = []
    for kind, before, late in moments:
        if kind not in proofs:
            continue
        given = proofs[kind].cosigned(announced.witnesses)
        if len(given) < needed:
            raise Broken("no-quorum", proofs[kind].file, f"{len(given)} of {needed} cosignatures")
        timely = [{**witness, "time": time} for witness, time in given if time < before]
        if len(timely) < needed:
            raise Broken(late, proofs[kind].file, f"{len(timely)} of {needed} cosignatures were given before {before}")
        if kind == "seal":
            saw_seal = timely
    return saw_seal


def _check_void(run, story, end):
    """
    A void counts where it came in time: below the size at which the witnesses saw the seal, else before the result. One for want of a seal
    is refuted by the seal.
    """
    void = story.told_void
    if void is None:
        return
    if story.index("void") < end and (void["cause"] == "operator" or story.index("seal") is None):
        raise Broken("voided", None, f"entry {story.index('void')} of the log: {void['cause']}")
    run.limits.append("void-not-counted")
