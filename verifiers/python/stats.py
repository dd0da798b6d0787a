# Whether the draw looks even: informational, since an even draw looks uneven now and then. draw1, section 11.
from math import exp, inf, lgamma, log, sqrt

# Four tests; a p below this is worth a look (Bonferroni).
UNUSUAL = 0.01 / 4
EXPECTED_MIN = 5

# Of a session that is not drawn.
NO_STATISTICS = {"scores": None, "shards": None, "deciles": None, "minutes": None}


def unit(score):
    """A score as a number from 0 to 1: its first 53 bits."""
    return (int.from_bytes(score[:8], "big") >> 11) / 2**53


def uniform_p(values):
    """Kolmogorov-Smirnov against the uniform distribution, with Stephens' correction for small n."""
    values = sorted(values)
    n = len(values)
    if n < EXPECTED_MIN:
        return None
    distance = max(max((at + 1) / n - value, value - at / n) for at, value in enumerate(values))
    scaled = (sqrt(n) + 0.12 + 0.11 / sqrt(n)) * distance
    if scaled < 0.2:
        return 1.0
    return min(1.0, 2 * sum((-1) ** (k - 1) * exp(-2 * k * k * scaled * scaled) for k in range(1, 101)))


def chi_square_p(groups):
    """`groups`: [entries, wins, wins expected]. Groups are merged in order until each expects enough."""
    merged = []
    for group in groups:
        if merged and merged[-1][2] < EXPECTED_MIN:
            merged[-1] = [a + b for a, b in zip(merged[-1], group)]
        else:
            merged.append(list(group))
    if len(merged) > 1 and merged[-1][2] < EXPECTED_MIN:
        last = merged.pop()
        merged[-1] = [a + b for a, b in zip(merged[-1], last)]
    if len(merged) < 2 or any(expected < EXPECTED_MIN or expected >= n for n, _, expected in merged):
        return None
    statistic = sum((wins - expected) ** 2 / (expected * (1 - expected / n)) for n, wins, expected in merged)
    return upper_gamma((len(merged) - 1) / 2, statistic / 2)


def upper_gamma(a, x):
    """The regularised upper incomplete gamma function: a series below the bend, a continued fraction above it."""
    if x <= 0:
        return 1.0
    scale = exp(-x + a * log(x) - lgamma(a))
    if x < a + 1:
        term = total = 1 / a
        at = a
        while abs(term) > abs(total) * 1e-15:
            at += 1
            term *= x / at
            total += term
        return max(0.0, 1 - scale * total)
    b = x + 1 - a
    c, d = inf, 1 / b
    value = d
    for i in range(1, 10_000):
        step = -i * (i - a)
        b += 2
        d = 1 / (step * d + b)
        c = b + step / c
        value *= d * c
        if abs(d * c - 1) < 1e-15:
            break
    return scale * value


def test(p):
    return None if p is None else {"p": p, "unusual": p < UNUSUAL}


class Evenness:
    """Collects every score, and for entries of pools with more entries than units their chance and whether they won."""

    def __init__(self, opened):
        self.opened = opened
        self.uniform = []
        # By the number of the entry over all shards.
        self.chances, self.won = {}, set()

    def add_pool(self, rows, scores, result):
        # The smallest of w uniform numbers, made uniform again.
        self.uniform += [1 - (1 - unit(score)) ** row[1] for row, score in zip(rows, scores)]
        if not 0 < result.winners < len(rows):
            return
        limit = unit(result.cutoff)
        chance = [1 - (1 - limit) ** tickets for tickets in range(9)]
        # Together the chances of a pool expect as many winners as it has.
        expected = sum(chance[tickets] for _, tickets, _ in rows)
        if expected == 0:
            return
        scale = result.winners / expected
        won = {lh for _, lh in result.rows[: result.winners]}
        for lh, tickets, number in rows:
            self.chances[number] = chance[tickets] * scale
            if lh in won:
                self.won.add(number)

    def tests(self, shards, seconds):
        groups = {"shards": {}, "deciles": {}, "minutes": {}}
        number = 0
        for shard, (n, _) in enumerate(shards):
            for index in range(n):
                if number in self.chances:
                    keys = {"shards": shard, "deciles": index * 10 // n, "minutes": (seconds[number] - self.opened) // 60}
                    for name, key in keys.items():
                        group = groups[name].setdefault(key, [0, 0, 0.0])
                        group[0] += 1
                        group[1] += number in self.won
                        group[2] += self.chances[number]
                number += 1
        p_values = {name: chi_square_p([by_key[key] for key in sorted(by_key)]) for name, by_key in groups.items()}
        return {name: test(p) for name, p in {"scores": uniform_p(self.uniform), **p_values}.items()}
