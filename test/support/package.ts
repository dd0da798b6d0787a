// The client as its users have it: built, installed into a folder of its own, with nothing of ours around it.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../scripts/local/bundle.ts";

export type Installed = {
  /** A folder with the package in its node_modules. */
  folder: string;
  client: typeof import("../../clients/typescript/src/index.ts");
};

export async function installedClient(): Promise<Installed> {
  const folder = mkdtempSync(join(tmpdir(), "fairpour-client-"));
  const place = join(folder, "node_modules/@fairpour/client");
  mkdirSync(place, { recursive: true });
  const source = join(ROOT, "clients/typescript");
  cpSync(join(source, "package.json"), join(place, "package.json"));
  const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
  const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", source, "--outDir", join(place, "dist")], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`the client does not build:\n${stdout}`);
  const entry = join(place, "dist/index.js");
  return { folder, client: (await import(entry)) as Installed["client"] };
}
