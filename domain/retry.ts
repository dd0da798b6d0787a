// When somebody who was sent away comes back: what the shop asks for, and what the page does with it. Spread out, so that a crowd does not
// come back as one. `random` gives numbers in [0, 1).

/** Seconds for Retry-After: 1, 2 or 3. */
export const retryAfterS = (random: () => number): number => 1 + Math.floor(random() * 3);

/** Milliseconds before try number `attempt` + 1: what was asked for and up to half of it more, and up to 0.5 s doubling with each try. */
export const retryWaitMs = (askedS: number, attempt: number, random: () => number): number =>
  askedS * 1000 * (1 + random() / 2) + random() * 500 * 2 ** attempt;
