// Processes and cores: pins workerd and the generator to one core each, and reads how much CPU a process tree has used.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { cpus } from "node:os";

export const SERVER_CORE = 0;
export const GENERATOR_CORE = 1;

/** Clock ticks a second in /proc: 100 on every Linux that Node runs on. */
const TICKS = 100;

export const hasTaskset = (): boolean => spawnSync("taskset", ["--version"], { stdio: "ignore" }).status === 0;

/** Pins a running process with all its threads. False where that is not possible. */
export const pin = (pid: number, core: number): boolean =>
  spawnSync("taskset", ["-a", "-c", "-p", String(core), String(pid)], { stdio: "ignore" }).status === 0;

/** Gives a process all cores back. What it starts from then on has them too. */
export const unpin = (pid: number): boolean =>
  spawnSync("taskset", ["-a", "-c", "-p", `0-${cpus().length - 1}`, String(pid)], { stdio: "ignore" }).status === 0;

/** Fields of /proc/<pid>/stat after the name, which may contain spaces: the first is the state, field 3 of the manual. */
const fieldsOf = (pid: number | string): string[] => {
  const text = readFileSync(`/proc/${pid}/stat`, "latin1");
  return text.slice(text.lastIndexOf(")") + 2).split(" ");
};

/**
 * User and system time of a process with all its threads, of its children while they live and of those it has waited for; undefined
 * where there is no /proc.
 */
export function cpuSecondsOf(pid: number | string): number | undefined {
  try {
    const [utime, stime, cutime, cstime] = fieldsOf(pid).slice(11, 15).map(Number) as [number, number, number, number];
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "latin1").split(" ").filter(Boolean);
    return children.reduce((sum, child) => sum + (cpuSecondsOf(child) ?? 0), (utime + stime + cutime + cstime) / TICKS);
  } catch {
    return undefined;
  }
}

/** The workerd processes that this process started and that run; none where there is no /proc. */
export function workerdPids(): number[] {
  let names: string[];
  try {
    names = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  } catch {
    // No /proc: rates per CPU second are left out.
    return [];
  }
  return names.map(Number).filter((pid) => {
    try {
      const [state, parent] = fieldsOf(pid);
      return Number(parent) === process.pid && state !== "Z" && readFileSync(`/proc/${pid}/comm`, "latin1").startsWith("workerd");
    } catch {
      // It ended meanwhile.
      return false;
    }
  });
}

/** Busy time of all cores. */
export function busySeconds(): number | undefined {
  try {
    const [, ...fields] = (readFileSync("/proc/stat", "latin1").split("\n")[0] as string).split(/\s+/).map(Number);
    const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = fields;
    return (user + nice + system + irq + softirq + steal) / TICKS;
  } catch {
    return undefined;
  }
}
