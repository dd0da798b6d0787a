// Runs one of the project's commands as its user would, and collects what it prints.
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../../../scripts/local/bundle.ts";

export type Ended = { code: number | null; output: string };

export function start(
  script: string,
  args: string[] = [],
  env: Record<string, string> = {},
): { process: ChildProcess; output: () => string; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [join(ROOT, "scripts", script), ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (piece: Buffer) => {
      output += piece.toString();
    });
  }
  const ended = new Promise<Ended>((resolve) => child.on("close", (code) => resolve({ code, output })));
  return { process: child, output: () => output, ended };
}

export const run = (script: string, args: string[] = [], env: Record<string, string> = {}): Promise<Ended> =>
  start(script, args, env).ended;
