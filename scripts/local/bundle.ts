// Bundles a Worker entry with wrangler's own bundler, without an account: what runs here is what would be deployed.
import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

export const ROOT = new URL("../../", import.meta.url).pathname;

export type Module = { type: "ESModule" | "Text"; path: string };

/** Bundles `entry`, or the entry of another Worker's `config`, into `outDir` and returns its modules. Throws with wrangler's output. */
export function bundle(entry: string, outDir: string, config = "wrangler.toml"): Module[] {
  rmSync(outDir, { recursive: true, force: true });
  const wrangler = join(ROOT, "node_modules/wrangler/bin/wrangler.js");
  const run = spawnSync(process.execPath, [wrangler, "deploy", entry, "--config", config, "--dry-run", "--outdir", outDir], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, WRANGLER_SEND_METRICS: "false", NO_COLOR: "1" },
  });
  if (run.status !== 0) throw new Error(`the Worker could not be bundled:\n${run.stdout}${run.stderr}`);
  return modulesIn(outDir);
}

/** The modules of a bundle, the script first. */
export function modulesIn(outDir: string): Module[] {
  const names = readdirSync(outDir);
  const ending = (end: string) => names.filter((name) => name.endsWith(end)).map((name) => join(outDir, name));
  return [
    ...ending(".js").map((path) => ({ type: "ESModule" as const, path })),
    ...ending(".sql").map((path) => ({ type: "Text" as const, path })),
  ];
}
