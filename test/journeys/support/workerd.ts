// The workerd process that a process of ours has started, for journeys that kill it.
import { readdirSync, readFileSync } from "node:fs";

export function workerdOf(parent: number): number {
  const processes = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  const found = processes.find((pid) => {
    try {
      return (
        readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ")[1] === String(parent) &&
        readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("workerd")
      );
    } catch {
      return false;
    }
  });
  if (!found) throw new Error("no workerd among the child processes");
  return found;
}

/** Kills a process and its workerd at once: one that lost only its workerd would start another. */
export function killWithWorkerd(pid: number): void {
  const workerd = workerdOf(pid);
  process.kill(pid, "SIGKILL");
  process.kill(workerd, "SIGKILL");
}
