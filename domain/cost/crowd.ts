// When people come: a rush in the first minute, a small one in the last, a steady stream between. Pure; the window opens at 0.

export type Stretch = { name: "rush" | "between" | "end"; fromMs: number; toMs: number; perS: number };

export type Crowd = {
  entries: number;
  /** Reservations a second while the rush lasts. */
  peakPerS: number;
  windowS: number;
};

/** The rush lasts a minute, or a third of a window shorter than three. */
export const rushS = (windowS: number): number => Math.min(60, windowS / 3);

/** The last minute brings a tenth of the rush: those who nearly forgot. */
const END_SHARE = 0.1;

/** Most that may come in a second, so that rush and end do not bring more than all. */
export const peakMax = ({ entries, windowS }: Omit<Crowd, "peakPerS">): number => entries / (rushS(windowS) * (1 + END_SHARE));

export function stretchesOf({ entries, peakPerS, windowS }: Crowd): Stretch[] {
  const lengthS = rushS(windowS);
  const endPerS = peakPerS * END_SHARE;
  const restPerS = (entries - (peakPerS + endPerS) * lengthS) / (windowS - 2 * lengthS);
  const end = (windowS - lengthS) * 1000;
  return [
    { name: "rush", fromMs: 0, toMs: lengthS * 1000, perS: peakPerS },
    { name: "between", fromMs: lengthS * 1000, toMs: end, perS: Math.max(0, restPerS) },
    { name: "end", fromMs: end, toMs: windowS * 1000, perS: endPerS },
  ];
}

/** The instants of a Poisson process along the stretches, in milliseconds. */
export function* arrivals(stretches: readonly Stretch[], random: () => number): Iterable<number> {
  for (const { fromMs, toMs, perS } of stretches) {
    if (perS <= 0) continue;
    const gapMs = () => (-Math.log(1 - random()) * 1000) / perS;
    for (let ms = fromMs + gapMs(); ms < toMs; ms += gapMs()) yield ms;
  }
}
