// Finds a Chromium for the tests that drive real pages; on Debian and Ubuntu it installs one.
import { existsSync } from "node:fs";
import { installWithApt } from "./apt.ts";

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
  // The fonts are for the Chinese and Japanese texts of the pages.
  const found = installed() ?? (installWithApt("Chromium", ["chromium", "fonts-noto-cjk"]) ? installed() : undefined);
  if (!found) throw new Error(ADVICE);
  return found;
}

const installed = () => PLACES.find((path) => existsSync(path));
