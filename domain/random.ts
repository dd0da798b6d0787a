// Seeded random numbers for drills and simulations: the same seed replays the same run. Never for anything that has to be secret or drawn.

export type Random = () => number;

/** Mulberry32: a number in [0, 1) from a 32-bit state (Tommy Ettinger, public domain). */
export function generator(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
