// A database server as a child of its peer, so that one process tree is the whole peer: found or installed, started, stopped by its id.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { installWithApt } from "../../scripts/setup/apt.ts";

/** Another user than ours, for a server that refuses root. */
export type As = { uid?: number; gid?: number };

/** Both servers write this when they are. */
const READY = /ready to accept connections/i;
const WORDS_MAX = 2000;

/**
 * The folder that holds the named programs: one of these, or one of the PATH. Installs the package where none does; throws with the
 * reason where it cannot be had.
 */
export function folderOf(programs: string[], folders: () => string[], debianPackage: string): string {
  const look = () =>
    [...folders(), ...(process.env.PATH ?? "").split(delimiter)].find((folder) =>
      programs.every((program) => existsSync(join(folder, program))),
    );
  const here = look();
  if (here) return here;
  const advice = `${programs[0]} is not here. Debian, Ubuntu: apt-get install ${debianPackage}`;
  // Under a service manager, Debian would start what it installs and start it again at every boot: the machine's owner decides that.
  if (existsSync("/run/systemd/system")) throw new Error(`${advice} (not done unasked: it would run as a service from then on)`);
  const installed = installWithApt(debianPackage, [debianPackage]) ? look() : undefined;
  if (!installed) throw new Error(advice);
  return installed;
}

/** Resolves once it accepts connections; throws with its last words where it ends before. */
export async function started(program: string, args: string[], as: As = {}): Promise<ChildProcess> {
  const child = spawn(program, args, { ...as, cwd: "/", stdio: ["ignore", "pipe", "pipe"] });
  process.on("exit", () => child.kill());
  let words = "";
  await new Promise<void>((resolve, reject) => {
    const listen = (bytes: Buffer) => {
      words = (words + bytes.toString()).slice(-WORDS_MAX);
      if (READY.test(words)) resolve();
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`${program} ended: ${lastLine(words)}`)));
  });
  return child;
}

export async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill();
  await ended;
}

/** What a program writes that ends by itself; throws with its last words where it fails. */
export function said(program: string, args: string[], as: As = {}): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { ...as, cwd: "/", encoding: "utf8" });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program}: ${lastLine(stderr || stdout)}`);
  return stdout.trim();
}

const lastLine = (words: string): string => words.trimEnd().split("\n").at(-1) ?? "";
