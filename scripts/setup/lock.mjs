// One set-up at a time: `npm start` and `npm test` in two terminals must not install into the same folder together.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM"; // it runs, as somebody else
  }
}

/** Process id of the holder, or 0 once the lock is ours. */
function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return 0;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    return Number(readFileSync(file, "utf8")) || -1; // empty: its holder is about to write its id
  }
}

/** Runs `work` while no other process of this folder does; a holder that died is passed over. */
export async function exclusively(root, work) {
  const file = join(root, ".fairpour", "setup.lock");
  mkdirSync(dirname(file), { recursive: true });
  for (let told = false, holder = take(file); holder !== 0; holder = take(file)) {
    if (holder > 0 && !isRunning(holder)) rmSync(file, { force: true });
    else {
      if (!told) console.error(`Waiting for another set-up in this folder (if there is none, delete ${file}) …`);
      told = true;
      await wait(200);
    }
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}
