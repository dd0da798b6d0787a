# What an audit says: the first thing that is wrong, with its reason code, or what was counted and where the proof ends.
import re
from datetime import datetime, timezone


class Broken(Exception):
    """A check that failed. The codes stand in docs/verify-reasons.md; `file` is the published file that shows it, where one does."""

    def __init__(self, reason, file=None, detail=""):
        super().__init__(f"{reason}: {detail}")
        self.reason, self.file, self.detail = reason, file, detail


class Unreachable(Exception):
    """A file that could not be had, which says nothing about the session."""


LIMITS = {
    "no-log": "No public log: nothing shows that others were given the same files.",
    "no-witnesses": "No witness: that the seal is older than the beacon rests on the operator's word.",
    "no-independent-witness": "All witnesses are run by the brand.",
    "log-key-from-site": "The log's key came from the site that is being checked.",
    "local-beacon": "A local beacon: whoever runs it knew every round beforehand. Good for trying out, proves nothing.",
    "not-sealed": "Not sealed yet: nothing can be said of the entries.",
    "not-drawn": "Not drawn yet: from the beacon's round on, anyone can compute the winners from the sealed tables.",
    "tickets-by-rule": "Whether the tickets follow the rule is shown by the members' own receipts and the auditor's sample.",
    "void-not-counted": "The log holds a void of this session that does not count.",
}

ASSURANCES = {
    "phone": "a telephone number that was confirmed",
    "card": "a payment card",
    "person": "the issuer that vouches for persons",
}


def as_object(session, outcome, broken=None):
    """The report as it is written with --json: one form for every verifier."""
    report = {"session": session, "verdict": "invalid" if broken else "valid", **outcome}
    if broken:
        report.update(reason=broken.reason, file=broken.file, detail=broken.detail)
    return report


def as_text(report):
    lines = [f"✓ {check}" for check in report["checks"]]
    if report["verdict"] == "invalid":
        where = f" ({report['file']})" if report["file"] else ""
        lines += [f"✗ {report['reason']}{where}: {report['detail']}", "", "NOT valid."]
        return _printable(lines)
    counts = report["counts"]
    lines += ["", f"manifest    {report['manifest']}"]
    lines += [f"{name:<11} {_plain(value)}" for name, value in counts.items()]
    lines += [f"witness     {one['by']}{' (run by the brand)' if one['brand'] else ''}: {one['key']}" for one in report["witnesses"]]
    for name, test in report["statistics"].items():
        lines.append(f"{name:<11} {_test(test)}")
    lines += [f"chains      {_plain(report['chains'])}"] if "chains" in report else []
    lines += [f"limit       {LIMITS[code]}" for code in report["limits"]]
    lines += ["", _verdict(report)]
    lines += [f"Whether every entrant is a real person rests on {ASSURANCES[report['assurance']]}."]
    return _printable(lines)


def _verdict(report):
    if report["stage"] == "drawn":
        chance = "a local beacon's numbers" if "local-beacon" in report["limits"] else "public randomness"
        return f"The winners follow from the sealed entries and {chance}."
    fixed = "The entries are sealed" if report["stage"] == "sealed" else "The session is announced, its units and its rules are fixed"
    draw_at = datetime.fromtimestamp(report["drawAt"], timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return f"{fixed}; the beacon's round comes at {draw_at}."


def _printable(lines):
    """What a file says must not move the reader's cursor."""
    return "\n".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", "?", line) for line in lines)


def _plain(value):
    if isinstance(value, dict):
        return ", ".join(f"{key}: {count:,}" for key, count in value.items()) or "none"
    return f"{value:,}"


def _test(test):
    if test is None:
        return "too few to say"
    return f"p = {test['p']:.4f}" + (" (unusual: look closer)" if test["unusual"] else "")
