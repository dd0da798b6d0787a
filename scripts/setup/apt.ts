// Installs Debian packages, on Debian and Ubuntu, with root or with a sudo that asks nothing.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Runs a program quietly; its words are shown only if it fails. */
function succeeds(command: string[], show = true): boolean {
  const [program = "", ...args] = command;
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  if (status !== 0 && show) console.error(`${stdout ?? ""}${stderr ?? ""}`.trimEnd());
  return status === 0;
}

/** `name` is what the line on the terminal says. False where there is no apt-get, no right to use it, or no success. */
export function installWithApt(name: string, packages: string[]): boolean {
  if (!existsSync("/usr/bin/apt-get")) return false;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && !succeeds(["sudo", "-n", "true"], false)) return false;
  const before = isRoot ? ["env", "DEBIAN_FRONTEND=noninteractive"] : ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive"];
  const started = Date.now();
  process.stderr.write(`Installing ${name} (apt-get) … `);
  const done =
    succeeds([...before, "apt-get", "update"]) &&
    succeeds([...before, "apt-get", "install", "-y", "--no-install-recommends", ...packages]);
  process.stderr.write(`${done ? "" : "failed after "}${Math.round((Date.now() - started) / 1000)} s\n`);
  return done;
}
