// Finds a Chromium for the tests that drive real pages; on Debian and Ubuntu it installs one.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/opt/google/chrome/chrome",
  "/usr/bin/microsoft-edge",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];

const ADVICE = `The tests drive the pages with a real browser, and none was found. Install Chromium, Google Chrome or Microsoft Edge
(Debian, Ubuntu: apt-get install chromium fonts-noto-cjk · macOS: brew install --cask google-chrome),
or set FAIRPOUR_CHROMIUM to the path of one. Then run the same command again.`;

/** Path of a browser. Throws with plain advice when there is none: a browser test is never left out in silence. */
export function chromiumPath(): string {
  const chosen = process.env.FAIRPOUR_CHROMIUM;
  if (chosen) {
    if (existsSync(chosen)) return chosen;
    throw new Error(`FAIRPOUR_CHROMIUM names ${chosen}, which does not exist.`);
  }
  const found = installed() ?? (installWithApt() ? installed() : undefined);
  if (!found) throw new Error(ADVICE);
  return found;
}

const installed = () => PLACES.find((path) => existsSync(path));

/** Runs a program quietly; its words are shown only if it fails. */
function succeeds(command: string[], show = true): boolean {
  const [program = "", ...args] = command;
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  if (status !== 0 && show) console.error(`${stdout ?? ""}${stderr ?? ""}`.trimEnd());
  return status === 0;
}

/** With root, or with a sudo that asks nothing. The fonts are for the Chinese texts of the pages. */
function installWithApt(): boolean {
  if (!existsSync("/usr/bin/apt-get")) return false;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && !succeeds(["sudo", "-n", "true"], false)) return false;
  const before = isRoot ? ["env", "DEBIAN_FRONTEND=noninteractive"] : ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive"];
  const started = Date.now();
  process.stderr.write("Installing Chromium (apt-get) … ");
  const done =
    succeeds([...before, "apt-get", "update"]) &&
    succeeds([...before, "apt-get", "install", "-y", "--no-install-recommends", "chromium", "fonts-noto-cjk"]);
  process.stderr.write(`${done ? "" : "failed after "}${Math.round((Date.now() - started) / 1000)} s\n`);
  return done;
}
