// Runs a program without a shell, passes signals on to it, and ends as it ended.
import { spawn } from "node:child_process";
import { constants } from "node:os";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

/** A terminal sends Ctrl-C to the child as well; passing it on would make it two, and the second often means "at once". */
const alreadySent = (signal) => signal === "SIGINT" && process.stdin.isTTY;

/**
 * Resolves to { code, signal, told, output }: how the child ended, which signal reached us meanwhile, and what it wrote. Only
 * with `capture` is output filled; otherwise the child writes to our own streams.
 */
export function run(command, args, { capture = false, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: capture ? ["ignore", "pipe", "pipe"] : "inherit" });
    const chunks = [];
    let told = null;
    const passOn = (signal) => {
      told = signal;
      if (!alreadySent(signal)) child.kill(signal);
    };
    for (const signal of SIGNALS) process.on(signal, passOn);
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", (code, signal) => {
      for (const name of SIGNALS) process.off(name, passOn);
      resolve({ code: code ?? 128 + constants.signals[signal], signal, told, output: Buffer.concat(chunks).toString() });
    });
  });
}

/** Ends this process by the same exit code or signal, so that whoever called it sees what happened. */
export function exitLike({ code, signal }) {
  if (signal) process.kill(process.pid, signal);
  process.exitCode = code;
}
