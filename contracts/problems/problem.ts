// What every expected "no" has.

export type Problem = { status: number; title: string; explanation: string };
