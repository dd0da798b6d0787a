// Builds the pages into web/dist, with what the shop says about its own API, when their sources are newer than the last build.
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeApi } from "../api/write.ts";
import { run } from "./child.mjs";

/** The pages take shapes and rules from contracts/ and domain/, and libraries from the lock file. */
const SOURCES = ["web", "contracts", "domain", "scripts/api", "package-lock.json"];

/** Newest change below a path, in ms. Folders count: deleting a file changes only its folder. */
export function newest(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  const below = readdirSync(path).filter((name) => name !== "dist" && name !== "node_modules");
  return Math.max(stat.mtimeMs, ...below.map((name) => newest(join(path, name))));
}

const hasPages = (root: string) => existsSync(join(root, "web")) && readdirSync(join(root, "web")).some((name) => name !== "dist");

/** Resolves to vite's exit code; 0 as well when nothing had to be built. */
export async function buildWeb(root: string): Promise<number> {
  // web/ itself changes when dist/ is made in it, so this file, written after the build, says when that was.
  const stamp = join(root, ".fairpour", "web-built");
  const built = existsSync(join(root, "web", "dist")) ? newest(stamp) : 0;
  if (!hasPages(root) || SOURCES.every((source) => newest(join(root, source)) < built)) return 0;

  const started = Date.now();
  process.stderr.write("Building the pages (vite) … ");
  const vite = join(root, "node_modules", "vite", "bin", "vite.js");
  // The others go into the same folder, so they come after the build that empties it.
  let code = 0;
  let output = "";
  for (const config of ["web/vite.config.ts", "web/verify.config.ts", "web/api.config.ts", "web/embed.config.ts"]) {
    ({ code, output } = await run(process.execPath, [vite, "build", "web", "-c", config], { cwd: root, capture: true }));
    if (code !== 0) break;
  }
  const seconds = `${Math.round((Date.now() - started) / 1000)} s`;
  if (code === 0) writeApi(root);
  process.stderr.write(code === 0 ? `${seconds}\n` : `failed after ${seconds}\n${output.trimEnd()}\n`);
  if (code !== 0) return code;
  mkdirSync(join(root, ".fairpour"), { recursive: true });
  writeFileSync(stamp, "");
  return 0;
}
