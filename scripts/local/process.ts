// Processes beside ours. Small programs of the local shop say one line of JSON when they are ready, and end when we do.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

export type Started<Ready> = { process: ChildProcess; ready: Ready };

/** Starts `script` and waits for its line. The program watches its standard input: once this process is gone, it ends. */
export async function startProcess<Ready>(script: string, env: Record<string, string>): Promise<Started<Ready>> {
  const child = spawn(process.execPath, [script], { env: { ...process.env, ...env }, stdio: ["pipe", "pipe", "inherit"] });
  for await (const line of createInterface({ input: child.stdout as NonNullable<typeof child.stdout> })) {
    return { process: child, ready: JSON.parse(line) as Ready };
  }
  throw new Error(`${script} did not start`);
}

/** Ends a process and waits until it is gone. */
export async function endProcess(child: ChildProcess, signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  await gone;
}

/** A child process of `parent` whose command line has this word; undefined where there is none, or no /proc to look into. */
export function childOf(parent: number, word: string): number | undefined {
  if (!existsSync("/proc")) return undefined;
  const ids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return ids.map(Number).find((pid) => {
    try {
      const [, rest] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
      return rest?.split(" ")[1] === String(parent) && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(word);
    } catch {
      // It ended while we looked.
      return false;
    }
  });
}

const runs = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Tells a process to end and waits until it is gone, but no longer than `waitMs`. */
export async function endById(pid: number, waitMs: number): Promise<void> {
  const until = performance.now() + waitMs;
  process.kill(pid, "SIGTERM");
  while (runs(pid) && performance.now() < until) await sleep(20);
}
