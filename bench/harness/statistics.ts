// Medians with their range, and how noisy a series was.

export type Spread = { median: number; min: number; max: number };

export function spreadOf(values: number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const median =
    sorted.length % 2 === 1
      ? (sorted[Math.floor(middle)] as number)
      : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
  return { median, min: sorted[0] as number, max: sorted.at(-1) as number };
}

/** Per-round ratios: neighbours in time are compared with each other, so that a slow minute hits both. */
export const ratios = (above: number[], below: number[]): Spread =>
  spreadOf(above.map((value, round) => value / (below[round] as number)));
