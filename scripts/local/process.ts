// Small programs that run beside the local shop: each says one line of JSON when it is ready, and ends when we do.
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

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
