// How many tickets somebody holds in one product family: one more for each loss since the last win. draw1, section 6.

/** What the rules document of a session says about counting. A session whose rules say nothing neither counts for later ones nor asks. */
export type Counting = {
  /** Whoever won in a family sits out the sessions that open within this time after that draw; 0 lets everybody in. */
  coolDownS: number;
  /** A loss counts in sessions that open within this time after its draw. */
  lossesCountS: number;
};

/**
 * A year. Without an end the shop would have to keep for ever who held which place: that is what a loss is shown with. Long enough for
 * whoever takes part once a month to come to the most that there is.
 */
export const LOSSES_COUNT_S = 365 * 86400;

/** The most that any manifest may allow: draw1, section 3. */
export const TICKETS_MAX = 8;

/**
 * A counted session that somebody took part in, for one family. Who was excluded, or withdrew, took part in none; a voided session has no
 * result. Several entries of one person in a family and session are one result: won if any of them did.
 */
export type PastResult = {
  session: string;
  /** Place of the result in the log. */
  at: number;
  /** Time of the beacon round, Unix seconds. */
  drawAt: number;
  won: boolean;
};

/** The session that is entered: of the results in the log only those before its manifest count, whenever the question is asked. */
export type Asking = Counting & { ticketsMax: number; open: number; manifestAt: number };

export type Held<Past extends PastResult> = {
  /** 1..ticketsMax; 0 while cooling down. */
  tickets: number;
  /** The losses that were counted, the newest first: one fewer than the tickets, unless cooling down. */
  losses: Past[];
  /** The last win, where there is one. */
  win: Past | undefined;
};

/** `results` of one family, in any order, each session at most once. */
export function ticketsOf<Past extends PastResult>(results: Past[], asking: Asking): Held<Past> {
  const { ticketsMax, open, manifestAt, coolDownS, lossesCountS } = asking;
  const before = results.filter(({ at }) => at < manifestAt).sort((a, b) => b.at - a.at);
  const last = before.findIndex(({ won }) => won);
  const win = before[last];
  const losses = (last < 0 ? before : before.slice(0, last))
    .filter(({ drawAt }) => drawAt + lossesCountS >= open)
    .slice(0, ticketsMax - 1);
  const cools = before.some(({ won, drawAt }) => won && drawAt + coolDownS > open);
  return { tickets: cools ? 0 : 1 + losses.length, losses, win };
}
