# The public session log as its files hold it (C2SP tlog-tiles): all entries under the newest checkpoint, checked against tiles and root.
import re

from encoding import Reader
from files import read, read_all
from merkle import included, leaf_hash, level_up, root_of
from notes import Checkpoint, unbase64
from report import Broken

TILE = 256
CHECKPOINT = "log/checkpoint"


def tile_paths(level, count):
    """Paths and widths of the tiles of a level that holds so many hashes (or entries)."""
    for at in range(-(-count // TILE)):
        digits = str(at).zfill(3 * -(-len(str(at)) // 3))
        groups = [digits[start : start + 3] for start in range(0, len(digits), 3)]
        name = "/".join([f"x{group}" for group in groups[:-1]] + groups[-1:])
        width = min(TILE, count - at * TILE)
        yield f"log/tile/{level}/{name}" + ("" if width == TILE else f".p/{width}"), width


def read_entries(source, size):
    paths = list(tile_paths("entries", size))
    entries = []
    for (path, width), data in zip(paths, read_all(source, [path for path, _ in paths])):
        reader = Reader(data, path)
        entries += [reader.take(reader.number(2)) for _ in range(width)]
        reader.end()
    return entries


def text_of(data, file, reason):
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise Broken(reason, file, "not UTF-8") from None


class Log:
    """All entries under the newest checkpoint of the log with this origin and key; `witnesses` are those whose cosignatures matter."""

    def __init__(self, source, origin, key, witnesses):
        self.origin, self.key, self.witnesses = origin, key, witnesses
        self.checkpoint = self.open_checkpoint(text_of(read(source, CHECKPOINT), CHECKPOINT, "checkpoint-form"), CHECKPOINT)
        self.entries = read_entries(source, self.checkpoint.size)
        self.leaves = [leaf_hash(entry) for entry in self.entries]
        self._check_tiles(source)

    def open_checkpoint(self, note, file):
        """Reads a checkpoint that has to be this log's. One bad cosignature of a known witness spoils it."""
        checkpoint = Checkpoint(note, file)
        if checkpoint.origin != self.origin:
            raise Broken("other-log", file, f"of the log {checkpoint.origin}")
        checkpoint.check_log(self.key)
        checkpoint.cosigned(self.witnesses)
        return checkpoint

    def _check_tiles(self, source):
        """Entries, tiles and checkpoint must agree; where two of them do, the third is named."""
        is_right = root_of(self.leaves) == self.checkpoint.root
        level, hashes = 0, self.leaves
        while hashes:
            paths = list(tile_paths(level, len(hashes)))
            tiles = list(read_all(source, [path for path, _ in paths]))
            for at, ((path, width), tile) in enumerate(zip(paths, tiles)):
                if len(tile) != 32 * width:
                    raise Broken("file-truncated" if len(tile) < 32 * width else "file-too-long", path, f"{len(tile)} bytes")
                if is_right and tile != b"".join(hashes[at * TILE : (at + 1) * TILE]):
                    raise Broken("log-tile-wrong", path, "other hashes than those of the entries")
            if not is_right:
                self._blame(b"".join(tiles))
            for _ in range(8):
                hashes = level_up(hashes[: len(hashes) // 2 * 2])
            level += 1
        if not is_right:
            raise Broken("log-root-wrong", CHECKPOINT, "not the root of the published entries")

    def _blame(self, told):
        hashes = [told[at : at + 32] for at in range(0, len(told), 32)]
        if root_of(hashes) == self.checkpoint.root:
            at = next(at for at, leaf in enumerate(self.leaves) if leaf != hashes[at])
            bundle = list(tile_paths("entries", len(self.leaves)))[at // TILE][0]
            raise Broken("log-entry-wrong", bundle, f"entry {at} is not the tree's")
        raise Broken("log-root-wrong", CHECKPOINT, "not the root of the published entries")

    def check_older(self, checkpoint):
        """An older checkpoint must be of the same history."""
        size = checkpoint.size
        if size > self.checkpoint.size:
            raise Broken("log-inconsistent", checkpoint.file, f"size {size}, the newest has {self.checkpoint.size}")
        if root_of(self.leaves[:size]) != checkpoint.root:
            raise Broken("log-inconsistent", checkpoint.file, f"another history: its root of {size} entries differs")

    def open_proof(self, data, file, index):
        """The checkpoint by which an entry was covered, from a tlog-proof: head, index, path, blank line, checkpoint."""
        head, cut, note = text_of(data, file, "proof-form").partition("\n\n")
        match = re.fullmatch(r"c2sp\.org/tlog-proof@v1(?:\nextra (.*))?\nindex (0|[1-9][0-9]{0,15})((?:\n.+){0,63})", head)
        path = [unbase64(line) for line in match[3].split("\n")[1:]] if match and cut else [None]
        if None in path or any(len(step) != 32 for step in path) or (match[1] is not None and unbase64(match[1]) is None):
            raise Broken("proof-form", file, "not a proof of a log entry")
        checkpoint = self.open_checkpoint(note, file)
        if int(match[2]) != index or not included(self.leaves[index], index, checkpoint.size, path, checkpoint.root):
            raise Broken("proof-wrong", file, f"does not lead from entry {index} to its checkpoint")
        self.check_older(checkpoint)
        return checkpoint
