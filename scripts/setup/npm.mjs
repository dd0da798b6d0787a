// Runs npm quietly under a given Node: one line while it works, npm's own words only when it fails.
import { existsSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { exitLike, run } from "./child.mjs";

const QUIET = ["--no-audit", "--no-fund", "--no-update-notifier", "--no-progress", "--loglevel=error"];

/** npm's own JavaScript, which needs no shell: the npm that called us, or one beside this Node or on the PATH. */
function npmScript(env) {
  const called = process.env.npm_execpath ?? "";
  if (called.endsWith("npm-cli.js") && existsSync(called)) return called;
  const folders = [dirname(process.execPath), ...(env.PATH ?? env.Path ?? "").split(delimiter)];
  for (const folder of folders) {
    for (const place of ["npm", "node_modules/npm/bin/npm-cli.js", "../lib/node_modules/npm/bin/npm-cli.js"]) {
      const path = join(folder, place);
      const real = existsSync(path) ? realpathSync(path) : "";
      if (real.endsWith("npm-cli.js")) return real;
    }
  }
}

/** What to run for npm. The last resort is the name alone; on Windows that is a .cmd file, which only a shell starts. */
function npmCommand(node, env) {
  const script = npmScript(env);
  if (script) return { command: node, before: [script], shell: false };
  return { command: "npm", before: [], shell: process.platform === "win32" };
}

/** Shows `label … 12 s` on one line; counts on a terminal, writes it once elsewhere. */
async function timed(label, work) {
  const started = Date.now();
  const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
  const { isTTY } = process.stderr;
  process.stderr.write(`${label} … `);
  const timer = isTTY && setInterval(() => process.stderr.write(`\r${label} … ${seconds()}`), 1000);
  const result = await work().finally(() => clearInterval(timer));
  process.stderr.write(`${isTTY ? `\r${label} … ` : ""}${result.code === 0 ? seconds() : `failed after ${seconds()}`}\n`);
  return result;
}

/** Runs npm; when it fails, prints what npm said and throws `advice`. */
export async function npm(node, args, { label, advice, ...options }) {
  const { command, before, shell } = npmCommand(node, options.env);
  const ended = await timed(label, () => run(command, [...before, ...args, ...QUIET], { ...options, shell, capture: true }));
  if (ended.code === 0) return;
  if (ended.told ?? ended.signal) exitLike({ code: ended.code, signal: ended.told ?? ended.signal }); // stopped on purpose: no advice
  process.stderr.write(`${ended.output.trimEnd()}\n`);
  throw new Error(advice);
}
