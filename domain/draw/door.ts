// May this person reserve here, now? The one rule of a reservation shard, with its refusals in the order of draw1, section 7.
import type { DoorReason, PersonReason } from "./reasons.ts";

export type DoorSession = {
  voided: boolean;
  /** Unix seconds. */
  open: number;
  close: number;
  graceS: number;
};

export type DoorRequest = {
  /** Whether the pool is in the manifest. */
  poolKnown: boolean;
  /** What the pass says of the person, ascending; empty when nothing bars them. */
  personReasons: PersonReason[];
  /** Second of an overload ticket that this person holds. */
  overloadS?: number | undefined;
  /** What this person's other places in the shard say. */
  nonceUsed: boolean;
  withdrawn: boolean;
  reserved: boolean;
};

/** Second of the overload ticket that somebody who is shed now is owed; undefined outside of the window, when nobody is owed anything. */
export function owedSecond({ open, close }: Pick<DoorSession, "open" | "close">, nowMs: number): number | undefined {
  const s = Math.floor(nowMs / 1000);
  return s >= open && s < close ? s : undefined;
}

/**
 * The reason to refuse, or undefined, and the second that goes into the leaf or the refusal. `nowMs` is the shard's own unrounded clock; an overload
 * ticket from inside the window admits until close + grace, and then the leaf's time is the ticket's second.
 */
export function door(session: DoorSession, request: DoorRequest, nowMs: number): { reason?: DoorReason; s: number } {
  const ticketS = request.overloadS;
  const ticketGood = ticketS !== undefined && ticketS >= session.open && ticketS < session.close;
  const late = nowMs >= session.close * 1000;
  const nowS = Math.floor(nowMs / 1000);
  const reason = ((): DoorReason | undefined => {
    if (session.voided) return 39;
    if (nowMs < session.open * 1000) return 32;
    if (late && !(ticketGood && nowMs < (session.close + session.graceS) * 1000)) return 33;
    if (!request.poolKnown) return 36;
    if (request.personReasons[0] !== undefined) return request.personReasons[0];
    if (request.nonceUsed) return 38;
    if (request.withdrawn) return 35;
    if (request.reserved) return 34;
    return undefined;
  })();
  // Only a leaf takes the ticket's second: a refusal says when it was spoken.
  return reason === undefined ? { s: ticketGood && late ? ticketS : nowS } : { reason, s: nowS };
}

/** A withdrawal counts while now < close, on the shard's clock. */
export const mayWithdraw = (session: DoorSession, nowMs: number): boolean => !session.voided && nowMs < session.close * 1000;
