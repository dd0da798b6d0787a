// Types of child.mjs, which is JavaScript because Node 20 runs it.
import type { SpawnOptions } from "node:child_process";

export type Ended = { code: number; signal: NodeJS.Signals | null; told: NodeJS.Signals | null; output: string };
export function run(command: string, args: string[], options?: SpawnOptions & { capture?: boolean }): Promise<Ended>;
export function exitLike(ended: Pick<Ended, "code" | "signal">): void;
