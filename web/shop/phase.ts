// Where a session stands, by server time first: a window closes by the clock, not when the server gets round to saying so.
import type { SessionLine } from "../../contracts/sessions.ts";

export type Phase = "soon" | "open" | "sealing" | "frozen" | "drawing" | "drawn" | "awarding" | "settled" | "voided";

type Times = Pick<SessionLine, "state" | "open" | "close" | "drawAt">;

export function phaseOf({ state, open, close, drawAt }: Times, nowS: number): Phase {
  if (state === "voided" || state === "drawn" || state === "awarding" || state === "settled") return state;
  if (nowS < open) return "soon";
  if (nowS < close) return "open";
  if (state !== "frozen") return nowS < drawAt ? "sealing" : "drawing";
  return nowS < drawAt ? "frozen" : "drawing";
}

export const isAfterDraw = (phase: Phase): boolean => phase === "drawn" || phase === "awarding" || phase === "settled";
export const isOver = (phase: Phase): boolean => phase === "settled" || phase === "voided";

/** The session to show first: open, then my own running ones, then the next to open, then the newest. */
export function firstSession<Line extends Times & { session: string }>(
  lines: Line[],
  mine: Set<string>,
  nowS: number,
): Line | undefined {
  const phases = lines.map((line) => ({ line, phase: phaseOf(line, nowS) }));
  const soonest = phases.filter(({ phase }) => phase === "soon").sort((a, b) => a.line.open - b.line.open);
  return (
    phases.find(({ phase, line }) => !isOver(phase) && phase !== "soon" && mine.has(line.session)) ??
    phases.find(({ phase }) => phase === "open") ??
    soonest[0] ??
    phases.find(({ phase }) => !isOver(phase)) ??
    phases[0]
  )?.line;
}
