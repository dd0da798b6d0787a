// The life of a draw session: which move is due, and when to look again. Only forward. draw1, section 4.

export type State = "draft" | "announced" | "open" | "closed" | "frozen" | "drawn" | "awarding" | "settled" | "voided";

/** All instants are Unix seconds, fixed when the session is announced. `sealFrom`: grace and review are over. */
export type Timetable = { open: number; close: number; sealFrom: number; deadline: number; beaconAt: number };

export type Progress = {
  state: State;
  /** Whether every shard has acknowledged the plan and its key. */
  prepared: boolean;
  /** Whether the shards were woken for the opening. */
  warmed: boolean;
  /** Whether the seal is in the log: sealed once its quorum is there in time, late once it can no longer come. A sealed session stands. */
  seal: "none" | "offered" | "sealed" | "late";
  /** Whether an operator's void is in the log and its quorum not yet known: until then nothing is drawn. */
  voiding: boolean;
  /** Whether every shard has heard of a void. */
  voidTold: boolean;
  /** Once settled or voided: when shards are to be deleted; absent when none are left. */
  retireAt?: number;
  /** The last wave so far; undefined before the first. `final` says that no further wave can come. */
  wave?: { payBy: number; pickupUntil: number; final: boolean };
};

/** What the session object has to do next. Each is done once, in this order; `void-no-seal` is the way out when sealing was missed. */
export type Move =
  | "prepare"
  | "warm"
  | "open"
  | "close"
  | "freeze"
  | "void-no-seal"
  | "draw"
  | "award"
  | "settle"
  | "tell-void"
  | "retire";

/**
 * Shards are woken this long before open: calling 512 of them, 16 at a time and 0.3 s each where they sleep, takes 10 s, and an object that is
 * left alone goes to sleep again after as long.
 */
const WARM_S = 12;

const NEVER = Number.POSITIVE_INFINITY;

/** The next move and the instant from which it is due; `at` is infinite where nothing is left to do. */
export function nextMove(progress: Progress, times: Timetable, now: number): { move: Move; at: number } | undefined {
  switch (progress.state) {
    case "announced":
    case "open":
      // A shard takes no plan once nothing can be sealed any more.
      if (!progress.prepared)
        return now < times.deadline ? { move: "prepare", at: 0 } : { move: "void-no-seal", at: times.deadline };
      if (progress.state === "open") return { move: "close", at: times.close };
      return progress.warmed || now >= times.open ? { move: "open", at: times.open } : { move: "warm", at: times.open - WARM_S };
    case "closed":
      // Before the deadline the seal is made; at the deadline it is too late for ever, because the beacon may become known. What was
      // offered in time may have its quorum without our having heard of it: only the log can say that it came too late.
      return progress.seal === "late" || (progress.seal === "none" && now >= times.deadline)
        ? { move: "void-no-seal", at: times.deadline }
        : { move: "freeze", at: times.sealFrom };
    case "frozen":
      return progress.voiding ? undefined : { move: "draw", at: times.beaconAt };
    case "drawn":
      return { move: "award", at: times.beaconAt };
    case "awarding":
      if (!progress.wave) return { move: "award", at: times.beaconAt };
      return progress.wave.final ? { move: "settle", at: progress.wave.pickupUntil } : { move: "award", at: progress.wave.payBy };
    case "voided":
      return progress.voidTold ? retirement(progress) : { move: "tell-void", at: 0 };
    case "settled":
      return retirement(progress);
    case "draft":
      return undefined;
  }
}

const retirement = ({ retireAt }: Progress): { move: Move; at: number } | undefined =>
  retireAt === undefined ? undefined : { move: "retire", at: retireAt };

export const dueMove = (progress: Progress, times: Timetable, now: number): Move | undefined => {
  const next = nextMove(progress, times, now);
  return next && now >= next.at ? next.move : undefined;
};

/** When an alarm should look again: the next move's instant, and the seal's deadline while sealing is still to do. */
export function wakeAt(progress: Progress, times: Timetable, now: number): number {
  const next = nextMove(progress, times, now)?.at ?? NEVER;
  return progress.state === "closed" && progress.seal !== "sealed" && now < times.deadline
    ? Math.min(Math.max(next, now), times.deadline)
    : next;
}

/** What the public calls the state at `now`: opening and closing need no alarm, the clock does it. */
export function stateAt(state: State, times: Pick<Timetable, "open" | "close">, now: number): State {
  if (state === "announced" && now >= times.open) return now >= times.close ? "closed" : "open";
  if (state === "open" && now >= times.close) return "closed";
  return state;
}

/** Which files of a session are published: each is there from the move on that made it, and for ever. */
export type Published = { sealed: boolean; drawn: boolean; awarded: boolean; settled: boolean; voided: boolean };

/** The state that an announced session's files and the clock give, without anybody being asked. */
export function publishedState(files: Published, times: Pick<Timetable, "open" | "close">, now: number): State {
  if (files.voided) return "voided";
  if (files.settled) return "settled";
  if (files.awarded) return "awarding";
  if (files.drawn) return "drawn";
  return files.sealed ? "frozen" : stateAt("announced", times, now);
}

const ORDER: State[] = ["draft", "announced", "open", "closed", "frozen", "drawn", "awarding", "settled"];

/** Whether `state` has reached `wanted` on the way forward. */
export const hasReached = (state: State, wanted: State): boolean =>
  state !== "voided" && ORDER.indexOf(state) >= ORDER.indexOf(wanted);

/** The only ways from one state to another: the next one on the way, or a void while nothing is drawn. */
export const mayMove = (from: State, to: State): boolean =>
  to === "voided"
    ? ["announced", "open", "closed", "frozen"].includes(from)
    : from !== "voided" && ORDER.indexOf(to) === ORDER.indexOf(from) + 1;

/** A void by the operator counts only from announced, open, closed or frozen and before the deadline. */
export function mayVoid(state: State, times: Timetable, now: number): "ok" | "not-announced" | "too-late" {
  if (state === "draft") return "not-announced";
  return state === "voided" || hasReached(state, "drawn") || now >= times.deadline ? "too-late" : "ok";
}
