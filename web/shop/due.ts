// Which published file a page looks for next, and how soon: pure, so that what a crowd asks for can be counted (test/web/due.test.ts).
import type { PublishedSession } from "../../contracts/session-view.ts";
import { beaconTime, sealDeadline } from "../../domain/draw/manifest.ts";

/** What this device still waits for in the session: nothing, its result, the times of a unit that it won, its turn on the waitlist. */
export type Hope = "nothing" | "result" | "unit" | "turn";

/** From close until this long after the draw a crowd looks for its results: pages then ask for nothing that is not a published file. */
export const RUSH_S = 600;

/** Seconds over which the first looks after an instant are spread that everybody waits for. */
const SPREAD_S = { window: 2, draw: 5, turn: 20 };
/** The draw takes about this long: earlier looks would find nothing. */
const DRAWING_S = 1;
/** How long after the end of a pay window a page looks often for the next wave. */
const TURN_S = 120;

const lastOf = ({ waves, rules }: PublishedSession): { payBy: number; pickupUntil: number } => ({
  payBy: waves.at(-1)?.payBy ?? Number.POSITIVE_INFINITY,
  pickupUntil: Math.max(...waves.map(({ payBy }) => payBy + rules.pickupS)),
});

/** Files that could be there now, the most telling first: whoever finds one need not look for the next. `nowS` in Unix seconds. */
export function filesDue(session: PublishedSession, hope: Hope, nowS: number): string[] {
  const { manifest, sealed, drawn, waves, settled, voided } = session;
  if (settled || voided) return [];
  if (drawn) {
    const wave = `waves/${waves.length + 1}.json`;
    if (waves.length === 0) return [wave];
    const { payBy, pickupUntil } = lastOf(session);
    return [...(nowS >= payBy && hope !== "unit" ? [wave] : []), ...(nowS >= pickupUntil ? ["settled.json"] : [])];
  }
  if (nowS >= beaconTime(manifest)) return ["result.json", ...(sealed ? [] : ["void.json"])];
  // A void counts only before the deadline; the one for want of a seal comes right after it.
  if (sealed) return nowS < sealDeadline(manifest) ? ["void.json"] : [];
  return [...(nowS >= manifest.close ? ["seal.json"] : []), "void.json", ...(sealIsSlow(session, nowS) ? ["waiting.json"] : [])];
}

/**
 * Sealing begins when grace and review are over, takes seconds, and has until the deadline. Past the middle of that time somebody is being
 * waited for, and may be named.
 */
const sealIsSlow = ({ manifest, rules }: PublishedSession, nowS: number): boolean =>
  nowS > (manifest.close + (rules.decideS ?? manifest.graceS) + sealDeadline(manifest)) / 2;

/** Few are excluded before the close, and who is has until after it. */
const NOTICE_OPEN_S = 300;
/** A third of the review is for appeals: who looks twice in it misses nothing. Pages are no faster than this, and no slower. */
const NOTICE_S = { least: 4, most: 120 };
/** What was decided last is told within so many seconds. */
const TOLD_S = 30;

/** Seconds between two looks at `notices.json`; undefined where nothing can be in it any more. */
export function noticesEveryS({ manifest, rules, sealed, drawn, voided }: PublishedSession, nowS: number, hasty: boolean) {
  const { open, close, graceS } = manifest;
  const decideS = rules.decideS ?? graceS;
  if (sealed || drawn || voided || nowS < open || nowS >= close + decideS + TOLD_S) return undefined;
  if (hasty) return NOTICE_S.least;
  return nowS < close ? NOTICE_OPEN_S : Math.min(NOTICE_S.most, Math.max(NOTICE_S.least, decideS / 6));
}

/** Seconds until the next look, spread by `random` in [0, 1). A session on a beacon for trying out may be minutes long: `hasty`. */
export function nextLookS(session: PublishedSession, hope: Hope, nowS: number, hasty: boolean, random: () => number): number {
  const pause = pauseS(session, hope, nowS);
  const spread = Math.min(pause, hasty ? (isQuick(session, nowS) ? 2 : 5) : pause) * (0.75 + random() / 2);
  const { open, close } = session.manifest;
  const drawAt = beaconTime(session.manifest);
  const { window, draw, turn } = SPREAD_S;
  const instants: [at: number, spreadS: number][] = [
    [open, window],
    [close, window],
    [drawAt + (hasty ? 0 : DRAWING_S), draw],
    ...(hope === "turn" ? [[lastOf(session).payBy, turn] as [number, number]] : []),
  ];
  const next = instants.find(([at]) => at > nowS);
  return next ? Math.min(spread, next[0] - nowS + 0.2 + random() * (hasty ? 0.3 : next[1])) : spread;
}

const isQuick = ({ manifest, settled, voided }: PublishedSession, nowS: number): boolean =>
  nowS >= manifest.close && !settled && !voided;

function pauseS(session: PublishedSession, hope: Hope, nowS: number): number {
  const { manifest, drawn, waves, settled, voided } = session;
  if (settled || voided) return 600;
  if (nowS < manifest.close) return 60;
  if (nowS < beaconTime(manifest)) return 30;
  if (!drawn || hope === "result" || (hope === "unit" && waves.length === 0)) return 4;
  if (hope !== "turn") return 300;
  if (waves.length === 0) return 30;
  return nowS >= lastOf(session).payBy && nowS < lastOf(session).payBy + TURN_S ? 10 : 120;
}
