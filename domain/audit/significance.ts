// Two tests of evenness and the functions that they need, as the textbooks give them.

/** Entries of one group, how many of them won, and how many were expected to. */
export type Group = { n: number; wins: number; expected: number };

/** A group that expects fewer is merged with the next. */
const EXPECTED_MIN = 5;

/** Kolmogorov-Smirnov against the uniform distribution on 0..1, with Stephens' correction for small n. Undefined for too few values. */
export function uniformP(values: Float64Array): number | undefined {
  const n = values.length;
  if (n < EXPECTED_MIN) return undefined;
  const sorted = values.slice().sort();
  let distance = 0;
  sorted.forEach((value, at) => {
    distance = Math.max(distance, (at + 1) / n - value, value - at / n);
  });
  const scaled = (Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n)) * distance;
  if (scaled < 0.2) return 1;
  let sum = 0;
  for (let k = 1; k <= 100; k++) sum += (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * k * k * scaled * scaled);
  return Math.min(1, 2 * sum);
}

/** Pearson's chi-square of wins and losses over the groups. Undefined where there are too few. */
export function chiSquareP(groups: Group[]): number | undefined {
  const merged: Group[] = [];
  for (const group of groups) {
    const last = merged.at(-1);
    if (last && last.expected < EXPECTED_MIN) merged[merged.length - 1] = together(last, group);
    else merged.push(group);
  }
  const short = merged.at(-1);
  if (short && merged.length > 1 && short.expected < EXPECTED_MIN) {
    merged.pop();
    merged[merged.length - 1] = together(merged[merged.length - 1] as Group, short);
  }
  if (merged.length < 2 || merged.some(({ n, expected }) => expected < EXPECTED_MIN || expected >= n)) return undefined;
  const statistic = merged.reduce(
    (sum, { n, wins, expected }) => sum + (wins - expected) ** 2 / (expected * (1 - expected / n)),
    0,
  );
  return upperGamma((merged.length - 1) / 2, statistic / 2);
}

const together = (a: Group, b: Group): Group => ({ n: a.n + b.n, wins: a.wins + b.wins, expected: a.expected + b.expected });

/** The regularised upper incomplete gamma function: a series below the bend, Lentz's continued fraction above it. */
export function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  const scale = Math.exp(-x + a * Math.log(x) - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let total = term;
    for (let at = a + 1; Math.abs(term) > Math.abs(total) * 1e-15; at++) {
      term *= x / at;
      total += term;
    }
    return Math.max(0, 1 - scale * total);
  }
  let b = x + 1 - a;
  let c = Number.POSITIVE_INFINITY;
  let d = 1 / b;
  let value = d;
  for (let i = 1; i < 10_000; i++) {
    const step = -i * (i - a);
    b += 2;
    d = 1 / (step * d + b);
    c = b + step / c;
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return scale * value;
}

/** Stirling's series from 15 up; below, the recurrence brings the argument there. Twelve digits. */
function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  for (; z < 15; z++) shift -= Math.log(z);
  const series = 1 / (12 * z) - 1 / (360 * z ** 3) + 1 / (1260 * z ** 5);
  return shift + (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series;
}
