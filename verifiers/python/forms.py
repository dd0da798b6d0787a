# The objects of the log as draw1, section 3, lists them: which members, of which kind. More, fewer or others are refused.
import re
import unicodedata

from encoding import ENTRY_BYTES_MAX, parse_jcs
from report import Broken


def whole(least=0, most=2**53 - 1):
    return lambda value: type(value) is int and least <= value <= most


def text(pattern=r"[\s\S]*"):
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


def one_of(*allowed):
    return lambda value: any(value == one and type(value) is type(one) for one in allowed)


def hexes(length):
    return text(f"[0-9a-f]{{{2 * length}}}")


def members(form):
    return lambda value: isinstance(value, dict) and value.keys() == form.keys() and all(check(value[key]) for key, check in form.items())


def list_of(check, most):
    return lambda value: isinstance(value, list) and len(value) <= most and all(map(check, value))


number, hash32, SESSION = whole(), hexes(32), r"[a-z0-9][a-z0-9-]{0,63}"
HEAD = {"v": one_of(1), "session": text(SESSION), "manifest": hash32}

MANIFEST = members(
    {
        "v": one_of(1),
        "type": one_of("manifest"),
        "origin": text(),
        "session": text(SESSION),
        # Another kind, mode, rule or table of reasons would need another program.
        "kind": one_of("draw", "slot"),
        "mode": one_of("single"),
        "market": text(),
        "open": number,
        "close": number,
        "graceS": number,
        "leads": members({"announceS": number, "reviewS": number, "sealLeadS": number}),
        "beacon": members({"chain": hash32, "scheme": text(), "genesis": number, "period": whole(1, 86400), "round": number}),
        "fallback": text(),
        "alg": one_of("bottomk-sha256-tickets/1"),
        "ticketsMax": whole(1, 8),
        "shards": whole(1, 4096),
        "receiptKey": hash32,
        "poolsRoot": hash32,
        "pools": number,
        "rulesHash": hash32,
        "reasons": one_of("draw1-reasons/1"),
        "staffHash": hash32,
        "assurance": one_of("phone", "card", "person"),
        "witnesses": members(
            {
                "k": whole(0, 8),
                "keys": list_of(members({"key": text(), "by": text(), "brand": one_of(True, False)}), 8),
            }
        ),
    }
)
SEAL = members(
    {
        **HEAD,
        "type": one_of("seal"),
        **dict.fromkeys(["entries", "excluded", "tickets", "shards", "pools"], number),
        **dict.fromkeys(["shardsRoot", "exclusionRoot", "tablesRoot", "prev"], hash32),
    }
)
REVIEW = members(
    {
        **HEAD,
        "type": one_of("review"),
        **dict.fromkeys(["s", "told", "refused", "granted", "undecided"], number),
        # Reasons 2 to 15 have a line each at most.
        "reasons": list_of(members(dict.fromkeys(["reason", "excluded", "reinstated"], number)), 14),
        "outcomesRoot": hash32,
    }
)
RESULT = members(
    {
        **HEAD,
        "type": one_of("result"),
        "signature": text(),
        **dict.fromkeys(["round", "pools", "winners", "waits"], number),
        **dict.fromkeys(["seal", "seed", "resultRoot"], hash32),
    }
)
BEACON = members({"v": one_of(1), "type": one_of("beacon"), "chain": hash32, "round": number, "signature": text("[0-9a-f]*")})
WAVE = members(
    {
        **HEAD,
        "type": one_of("wave"),
        **dict.fromkeys(["no", "s", "payBy", "awards", "lapses"], number),
        **dict.fromkeys(["awardsRoot", "lapsesRoot"], hash32),
    }
)
SETTLED = members({**HEAD, "type": one_of("settled"), **dict.fromkeys(["s", "handedOver", "refunded", "lapsed", "left"], number)})
VOID = members({**HEAD, "type": one_of("void"), "s": number, "cause": one_of("operator", "no-seal"), "text": text(), "rollTo": text()})


def read_object(data, file, form):
    """The object in these canonical bytes. A log entry is smaller than 4,096 bytes."""
    value = parse_jcs(data, file)
    if len(data) > ENTRY_BYTES_MAX:
        raise Broken("file-wrong-form", file, f"{len(data)} bytes, {ENTRY_BYTES_MAX} are allowed")
    if not form(value):
        raise Broken("file-wrong-form", file, "its members are not those of the format")
    return value


def is_name(data):
    """Whether these bytes can name a SKU or a store: 1 to 128 bytes of UTF-8 in normal form C."""
    try:
        return 1 <= len(data) <= 128 and unicodedata.is_normalized("NFC", data.decode())
    except UnicodeDecodeError:
        return False
