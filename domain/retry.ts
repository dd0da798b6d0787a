// When somebody who was sent away comes back: what the shop asks for, and what the page does with it. Spread out, so that a crowd does not
// come back as one. `random` gives numbers in [0, 1).

/** Seconds for Retry-After: 1, 2 or 3. */
export const retryAfterS = (random: () => number): number => 1 + Math.floor(random() * 3);

/** Milliseconds before try number `attempt` + 1: what was asked for and up to half of it more, and up to 0.5 s doubling with each try. */
export const retryWaitMs = (askedS: number, attempt: number, random: () => number): number =>
  askedS * 1000 * (1 + random() / 2) + random() * 500 * 2 ** attempt;

/**
 * Whole seconds, spread over once and twice the time that was named: those who were shed together do not come back together. Never so long
 * that a ticket holder would miss the end of grace, `leftS` from now: then they come in its last half, and before its last tenth.
 */
export function spreadS(retryS: number, leftS: number, random: () => number): number {
  const wanted = Math.ceil(retryS * (1 + random()));
  const latest = Math.floor(leftS * (0.5 + 0.4 * random()));
  return Math.max(1, leftS > 0 ? Math.min(wanted, latest) : wanted);
}
