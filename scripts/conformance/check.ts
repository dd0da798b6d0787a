// One line of a conformance run.
export type Check = { name: string; good: boolean };

export const equal = (name: string, ours: unknown, theirs: unknown): Check => ({
  name,
  good: JSON.stringify(ours) === JSON.stringify(theirs),
});
