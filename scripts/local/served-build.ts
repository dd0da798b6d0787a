// Pages and Worker as they are served, built when their sources are newer. A service on a read-only disk has it done before it starts.
import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildWeb, newest } from "../setup/web.ts";
import { bundle, ROOT } from "./bundle.ts";

export const SERVED_BUILD = join(ROOT, ".fairpour/served-build");
const STAMP = join(ROOT, ".fairpour/served-built");

const SOURCES = [
  "workers",
  "durable-objects",
  "records",
  "contracts",
  "domain",
  "migrations",
  "wrangler.toml",
  "package-lock.json",
];

const isFresh = (): boolean =>
  existsSync(SERVED_BUILD) &&
  SOURCES.every((source) => newest(join(ROOT, source)) < (statSync(STAMP, { throwIfNoEntry: false })?.mtimeMs ?? 0));

/** False when the pages do not build; throws when the Worker does not. */
export async function buildServed(): Promise<boolean> {
  if ((await buildWeb(ROOT)) !== 0) return false;
  if (isFresh()) return true;
  console.log("Building the Worker …");
  mkdirSync(join(ROOT, "web/dist"), { recursive: true });
  bundle("workers/index.ts", SERVED_BUILD);
  writeFileSync(STAMP, "");
  return true;
}
