// Runs a program while this process goes on serving it: what it printed and how it ended.
import { spawn } from "node:child_process";

export type Ended = { stdout: string; stderr: string; code: number | null };

export function outputOf([program, ...first]: readonly string[], ...args: string[]): Promise<Ended> {
  const child = spawn(program as string, [...first, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const ended: Ended = { stdout: "", stderr: "", code: null };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    ended.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    ended.stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ ...ended, code }));
  });
}
