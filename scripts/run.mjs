// npm run <task>: finds a Node that runs TypeScript, installs what the task needs, and runs scripts/<task>.ts with it.
// Plain JavaScript for Node 20, because this is the file that fetches everything newer.
import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { exitLike, run } from "./setup/child.mjs";
import { installDependencies } from "./setup/dependencies.mjs";
import { findNode } from "./setup/toolchain.mjs";

/** Task -> the dependencies it needs. Whoever only wants to see the shop does not wait for the test tools. */
const TASKS = {
  start: "production",
  serve: "production",
  secrets: "production",
  demo: "production",
  drill: "production",
  deploy: "production",
  export: "production",
  import: "production",
  credential: "production",
  cost: "production",
  "simulate-scale": "production",
  conformance: "production",
  verify: "production",
  chains: "production",
  test: "full",
  check: "full",
  bench: "full",
};

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [task, ...args] = process.argv.slice(2);

/** The environment of everything that we start: our Node and our tools come first. */
function environment(node) {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  const path = [dirname(node), join(root, "node_modules", ".bin"), process.env[name]].filter(Boolean).join(delimiter);
  return { ...process.env, [name]: path, NODE: node, npm_node_execpath: node };
}

/** npm passes SIGTERM to its shell alone, so we would outlive both: once the shell is gone, we end as if we had been told to. */
function endWithParent() {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  }, 250);
  watch.unref();
}

async function main() {
  if (!Object.hasOwn(TASKS, task ?? "")) throw new Error(`usage: node scripts/run.mjs ${Object.keys(TASKS).join("|")} [arguments]`);
  const script = join(root, "scripts", `${task}.ts`);
  if (!existsSync(script)) throw new Error(`scripts/${task}.ts is not there.`);
  if (process.env.npm_lifecycle_event) endWithParent();
  const node = await findNode(root);
  const env = environment(node);
  await installDependencies(root, TASKS[task], node, env);
  return run(node, [script, ...args], { cwd: root, env });
}

try {
  exitLike(await main());
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
