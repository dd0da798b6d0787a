// Peak memory of this process and of the servers that it started, where there is a /proc to ask.
import { readFileSync } from "node:fs";

const read = (path: string): string => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
};

const peakMB = (pid: number | string): number => Number(/VmHWM:\s+(\d+) kB/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024;

/** One line, or nothing where it is not known. */
export function peakMemory(): string {
  const children = read(`/proc/${process.pid}/task/${process.pid}/children`).split(" ").filter(Boolean);
  const servers = children.filter((pid) => read(`/proc/${pid}/comm`).startsWith("workerd"));
  const own = peakMB(process.pid);
  if (own === 0) return "";
  const number = (value: number) => Math.round(value).toLocaleString("en");
  return `peak memory: shop ${number(servers.reduce((sum, pid) => sum + peakMB(pid), 0))} MB, this driver ${number(own)} MB`;
}
