// One server per state folder: two on the same databases would each believe to be the only one.
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Whether this process is a server of ours: after a restart of the machine its number may be anybody's. */
function serves(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !existsSync("/proc") || readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("serve.ts");
  } catch {
    return false;
  }
}

/** Claims the folder until this process ends; one that was left by a process that died is taken over. Throws while another process holds it. */
export function holdState(stateDir: string): void {
  const file = join(stateDir, "pid");
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
  } catch {
    const holder = Number(readFileSync(file, "utf8"));
    if (holder !== process.pid && holder > 0 && serves(holder)) {
      throw new Error(`${stateDir} is in use by process ${holder} (if it is not, delete ${file})`);
    }
    writeFileSync(file, String(process.pid));
  }
  process.on("exit", () => rmSync(file, { force: true }));
}
