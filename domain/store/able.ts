// Whether a store can give out a session's goods: it is open, gives out at all, and is licensed as long as somebody may come.

export type Store = {
  store: string;
  status: string;
  services: string[];
  licences: { kind: string; until: string }[];
};

export type Needs = {
  alcohol: boolean;
  /** The last day on which somebody may collect, as 2027-01-31. */
  lastDay: string;
};

/** Why the store cannot take part, in words; undefined where it can. A store that lists no licence has not said: that is not held against it. */
export function whyNot({ status, services, licences }: Store, { alcohol, lastDay }: Needs): string | undefined {
  if (status !== "open") return `is ${status}`;
  if (!services.includes("pickup")) return "gives nothing out";
  if (!alcohol || licences.length === 0) return undefined;
  const longest = licences
    .filter(({ kind }) => kind === "alcohol")
    .map(({ until }) => until)
    .sort()
    .at(-1);
  if (longest === undefined) return "has no licence for alcohol";
  return longest < lastDay ? `its licence for alcohol ends on ${longest}, before the last pickup on ${lastDay}` : undefined;
}
