# RFC 6962 trees over SHA-256.
import hashlib


def leaf_hash(data):
    return hashlib.sha256(b"\0" + data).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def level_up(level):
    """Neighbours are paired, an odd last node moves up as it is: the same tree as RFC 6962's split at powers of two."""
    up = [hashlib.sha256(b"\1" + level[at] + level[at + 1]).digest() for at in range(0, len(level) - 1, 2)]
    return up + level[-1:] if len(level) % 2 else up


def root_of(hashes):
    """Root over leaf hashes."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    while len(hashes) > 1:
        hashes = level_up(hashes)
    return hashes[0]


def mth(rows):
    """Root over rows, each hashed as a leaf."""
    return root_of([leaf_hash(row) for row in rows])


def included(leaf, index, size, path, root):
    """RFC 9162, section 2.1.3.2."""
    if not 0 <= index < size:
        return False
    at, last, value = index, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if at % 2 or at == last:
            value = node_hash(step, value)
            while at % 2 == 0 and at:
                at, last = at // 2, last // 2
        else:
            value = node_hash(value, step)
        at, last = at // 2, last // 2
    return last == 0 and value == root
