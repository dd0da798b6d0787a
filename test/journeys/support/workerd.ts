// The workerd process that a process of ours has started, for journeys that kill it.
import { childOf } from "../../../scripts/local/process.ts";

export function workerdOf(parent: number): number {
  const found = childOf(parent, "workerd");
  if (!found) throw new Error("no workerd among the child processes");
  return found;
}

/** Kills a process and its workerd at once: one that lost only its workerd would start another. */
export function killWithWorkerd(pid: number): void {
  const workerd = workerdOf(pid);
  process.kill(pid, "SIGKILL");
  process.kill(workerd, "SIGKILL");
}
