# Byte strings and canonical JSON, read strictly: one value has one spelling. draw1, section 2.
import hashlib
import json

from report import Broken

WHOLE_MAX = 2**53 - 1
ENTRY_BYTES_MAX = 4095


def sha256(data):
    return hashlib.sha256(data).digest()


def tag(name):
    return b"draw1/" + name.encode() + b"\n"


def u8(value):
    return value.to_bytes(1, "big")


def u16(value):
    return value.to_bytes(2, "big")


def u32(value):
    return value.to_bytes(4, "big")


def u64(value):
    return value.to_bytes(8, "big")


class Reader:
    """Reads a published file front to back."""

    def __init__(self, data, file):
        self.data, self.file, self.at = data, file, 0

    def take(self, length):
        if self.at + length > len(self.data):
            raise Broken("file-truncated", self.file, f"ends after {len(self.data)} bytes")
        self.at += length
        return self.data[self.at - length : self.at]

    def number(self, length):
        return int.from_bytes(self.take(length), "big")

    def expect(self, data, reason, detail):
        if self.take(len(data)) != data:
            raise Broken(reason, self.file, detail)

    def header(self, name, manifest_hash, number=b""):
        """The beginning of every bundle: what it is, of which session, and which one of its kind."""
        self.expect(tag(name), "file-wrong-form", f"does not begin as a {name}")
        self.expect(manifest_hash, "file-foreign", "belongs to another manifest")
        self.expect(number, "file-misplaced", "is another one than its name says")

    def end(self):
        if self.at != len(self.data):
            raise Broken("file-too-long", self.file, f"{len(self.data) - self.at} bytes are left over")


def must_ascend(keys, file):
    """Each one once, in order."""
    for before, after in zip(keys, keys[1:]):
        if after <= before:
            raise Broken("file-not-ascending", file, f"{after} after {before}")


def jcs(value):
    """The canonical text of a value of the format (RFC 8785)."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int):
        if not 0 <= value <= WHOLE_MAX:
            raise ValueError("only whole numbers from 0 to 2^53-1")
        return str(value)
    if isinstance(value, list):
        return "[" + ",".join(map(jcs, value)) + "]"
    if isinstance(value, dict):
        # RFC 8785 sorts by UTF-16 code units.
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(f"{jcs(key)}:{jcs(value[key])}" for key in keys) + "}"
    raise ValueError("not a value of the format")


def jcs_bytes(value):
    return jcs(value).encode()


def parse_jcs(data, file):
    """The object that these bytes are the canonical form of."""
    try:
        value = json.loads(data.decode())
        if jcs_bytes(value) != data:
            raise ValueError("not the canonical form of what it says")
    except (ValueError, RecursionError) as error:
        raise Broken("file-not-canonical", file, str(error)) from None
    return value
