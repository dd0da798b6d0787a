// How long each suite runs. `whole` is what docs/performance.md prints; every `quick` together, the start included, ends in two minutes.

export type Length = {
  rounds: number;
  /** How long each rung runs in each round. */
  secondsEach: number;
  /** Requests of each rung before the first round, twice. */
  warm: number;
  /** What a suite of its own kind is made of: reservations drawn, results opened, kills. */
  size: number;
};

const whole = { rounds: 9, secondsEach: 4, warm: 3000, size: 0 };
const quick = { rounds: 1, secondsEach: 0.5, warm: 300, size: 0 };

const LENGTHS: { [suite: string]: { whole: Partial<Length>; quick: Partial<Length> } } = {
  draw: { whole: { size: 100_000 }, quick: { size: 10_000 } },
  ladder: { whole: {}, quick: { secondsEach: 0.3 } },
  steady: { whole: { secondsEach: 6 }, quick: { secondsEach: 1.5 } },
  refusals: { whole: {}, quick: { secondsEach: 0.3 } },
  catalogue: { whole: { warm: 2000 }, quick: { secondsEach: 0.4 } },
  opens: { whole: { size: 100_000 }, quick: { size: 6_000 } },
  beside: { whole: { secondsEach: 6 }, quick: { secondsEach: 1 } },
  admission: { whole: { secondsEach: 6 }, quick: { secondsEach: 2 } },
  announce: { whole: { rounds: 5 }, quick: {} },
  phone: { whole: { rounds: 5 }, quick: {} },
  stores: { whole: { rounds: 5 }, quick: {} },
  // Too short a round gives a fast peer no CPU time that could be read: a clock tick is 10 ms.
  peers: { whole: {}, quick: { secondsEach: 0.5, warm: 600 } },
  // And once ten times as many.
  crowd: { whole: { rounds: 3, size: 1_000_000 }, quick: { rounds: 1, size: 5_000 } },
  kill: { whole: { size: 100 }, quick: { size: 3 } },
};

export const lengthOf = (suite: string, isQuick: boolean): Length =>
  isQuick ? { ...quick, ...LENGTHS[suite]?.quick } : { ...whole, ...LENGTHS[suite]?.whole };
