// Writes what the shop serves about its own API into the built pages: /openapi.json and the API page.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openApi } from "./document.ts";
import { pageParts } from "./page.ts";

const PLACE = "<!-- operations -->";

export function writeApi(root: string): void {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  const document = openApi(version);
  const dist = join(root, "web/dist");
  writeFileSync(join(dist, "openapi.json"), JSON.stringify(document));
  const path = join(dist, "api/index.html");
  const page = readFileSync(path, "utf8");
  if (!page.includes(PLACE)) throw new Error(`${path} has no place for the operations`);
  writeFileSync(
    path,
    page.replace(PLACE, () => pageParts(document)),
  );
}
