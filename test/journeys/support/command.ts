// Runs the project's commands as their users would, and collects what they print.
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../../../scripts/local/bundle.ts";

export type Ended = { code: number | null; output: string };
export type Started = { process: ChildProcess; output: () => string; ended: Promise<Ended> };

export function start(script: string, args: string[] = [], env: Record<string, string> = {}): Started {
  return collected(
    spawn(process.execPath, [join(ROOT, "scripts", script), ...args], {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    }),
  );
}

export const run = (script: string, args: string[] = [], env: Record<string, string> = {}): Promise<Ended> =>
  start(script, args, env).ended;

/** Lines of a document, as a shell in the repository's folder takes them: each has to succeed. A process group of its own, for `endGroup`. */
export function shell(lines: string, env: Record<string, string> = {}): Started {
  return collected(
    spawn("sh", ["-ec", lines], {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    }),
  );
}

/** Ends what a shell has started, as Ctrl-C would. */
export async function endGroup({ process: { pid, exitCode, signalCode }, ended }: Started): Promise<void> {
  if (exitCode === null && signalCode === null && pid !== undefined) process.kill(-pid, "SIGINT");
  await ended;
}

function collected(child: ChildProcess): Started {
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (piece: Buffer) => {
      output += piece.toString();
    });
  }
  const ended = new Promise<Ended>((resolve) => child.on("close", (code) => resolve({ code, output })));
  return { process: child, output: () => output, ended };
}
