# Signed notes of C2SP: verifier keys, checkpoints with the log's signature, and the cosignatures of witnesses with their times.
import base64
import hashlib
import re

import ed25519
from report import Broken

LOG_KEY, WITNESS_KEY = 1, 4
SIGNATURES_MAX = 32
DASH = "\u2014 "


def unbase64(text):
    """Standard base64 with padding; None where the text is not the one spelling of any bytes."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return data if base64.b64encode(data).decode() == text else None


class Key:
    def __init__(self, vkey):
        """name+id+base64(type || key), where the id is the beginning of SHA-256(name LF type key). Raises ValueError."""
        match = re.fullmatch(r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)", vkey)
        data = unbase64(match[3]) if match else None
        if data is None or len(data) != 33 or data[0] not in (LOG_KEY, WITNESS_KEY):
            raise ValueError("not a verifier key")
        self.name, self.type, self.public = match[1], data[0], data[1:]
        self.id = hashlib.sha256(self.name.encode() + b"\n" + data).digest()[:4]
        if self.id.hex() != match[2]:
            raise ValueError("the key's id does not belong to it")


class Checkpoint:
    """A checkpoint as published. Whoever it is by and whether its signatures hold is checked apart from reading it."""

    def __init__(self, note, file):
        self.file = file
        try:
            self.text, self.lines = self._split(note)
            self.origin, self.size, self.root = self._read(self.text)
        except ValueError as error:
            raise Broken("checkpoint-form", file, str(error)) from None

    @staticmethod
    def _split(note):
        if re.search(r"[\x00-\x09\x0b-\x1f]", note):
            raise ValueError("control characters")
        cut = note.rfind("\n\n")
        lines = note[cut + 2 :].split("\n")
        if cut < 0 or lines.pop() != "" or not lines or len(lines) > SIGNATURES_MAX:
            raise ValueError("no signatures, or too many")
        signatures = []
        for line in lines:
            match = re.fullmatch(DASH + r"([^\s+]+) ([A-Za-z0-9+/=]+)", line)
            data = unbase64(match[2]) if match else None
            if data is None or len(data) < 5:
                raise ValueError("not a signature line")
            signatures.append((match[1], data[:4], data[4:]))
        return note[: cut + 1], signatures

    @staticmethod
    def _read(text):
        """Three lines and no more: lines that extend it would bind nobody."""
        match = re.fullmatch(r"([^\n]+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/=]+)\n", text)
        root = unbase64(match[3]) if match else None
        if root is None or len(root) != 32 or int(match[2]) >= 2**53:
            raise ValueError("not origin, size and root")
        return match[1], int(match[2]), root

    def signature_of(self, key, reason):
        found = [data for name, key_id, data in self.lines if (name, key_id) == (key.name, key.id)]
        if len(found) > 1:
            raise Broken(reason, self.file, f"two signatures of {key.name}")
        return found[0] if found else None

    def check_log(self, key):
        signature = self.signature_of(key, "checkpoint-form")
        if signature is None or not ed25519.verifies(key.public, self.text.encode(), signature):
            raise Broken("log-signature", self.file, f"not signed by {key.name}")

    def cosigned(self, witnesses):
        """[witness, time] for each of these keys that cosigned. A key's signature that does not hold spoils the checkpoint."""
        given = []
        for witness, key in witnesses:
            data = self.signature_of(key, "cosignature")
            if data is None:
                continue
            time = int.from_bytes(data[:8], "big")
            message = f"cosignature/v1\ntime {time}\n{self.text}".encode()
            if len(data) != 72 or time >= 2**53 or not ed25519.verifies(key.public, message, data[8:]):
                raise Broken("cosignature", self.file, f"the cosignature of {key.name} does not verify")
            given.append((witness, time))
        return given
