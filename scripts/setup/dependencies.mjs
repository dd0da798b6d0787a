// Installs the packages of the lock file, under the Node that will use them, when they are not there yet.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exclusively } from "./lock.mjs";
import { npm } from "./npm.mjs";

const ADVICE = `The dependencies could not be installed. npm's words are above: is the registry within reach, is the disk full?
Run the same command again when that is mended; what was half installed is replaced.`;

const readJson = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined);

/** What a finished install writes into node_modules, so that the next run can tell at a glance. */
function stampOf(root, kind) {
  const lock = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  return JSON.stringify({ kind, lock, platform: `${process.platform}-${process.arch}` });
}

/** What node_modules holds. npm lists what it installed; each package must still be there, or the folder was half deleted. */
function present(root) {
  const modules = join(root, "node_modules");
  const packages = readJson(join(modules, ".package-lock.json"))?.packages ?? {};
  const stamp = JSON.stringify(readJson(join(modules, ".fairpour.json")));
  const whole = Object.keys(packages).every((path) => existsSync(join(root, path, "package.json")));
  const sound = (kind) => whole && Object.keys(packages).length > 0 && stamp === stampOf(root, kind);
  return { full: sound("full"), production: sound("production"), hasDev: Object.values(packages).some(({ dev }) => dev) };
}

/** npm's arguments for what is missing, or undefined. A full install is never replaced by a production one. */
function missing(root, needed) {
  const { full, production, hasDev } = present(root);
  if (full || (production && needed === "production")) return undefined;
  const kind = hasDev ? "full" : needed;
  // Adding to a sound install removes nothing below a shop that is running from it. Anything else starts clean.
  const command = production ? ["install", "--no-save"] : ["ci"];
  // Said outright, because NODE_ENV or an `omit` in an npmrc must not decide it: workerd and esbuild are optional packages.
  const groups = kind === "full" ? ["--include=dev", "--include=optional"] : ["--omit=dev", "--include=optional"];
  return { kind, args: [...command, ...groups] };
}

/** `needed` is "production" or "full". npm under an older Node would silently leave out packages whose engines ask for more. */
export async function installDependencies(root, needed, node, env) {
  if (missing(root, needed)) await exclusively(root, () => install(root, missing(root, needed), node, env));
}

async function install(root, wanted, node, env) {
  if (!wanted) return; // another process did it while we waited
  const { kind, args } = wanted;
  const label = `Installing ${kind === "full" ? "dependencies and test tools" : "dependencies"} (npm ${args[0]})`;
  await npm(node, args, { label, advice: ADVICE, cwd: root, env });
  writeFileSync(join(root, "node_modules", ".fairpour.json"), stampOf(root, kind));
}
