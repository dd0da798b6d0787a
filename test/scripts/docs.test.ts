// Documentation that is made from code is the code's, and what README promises as commands exists.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { expect, it } from "vitest";
import { PROBLEMS } from "../../contracts/problems.ts";
import { templateInput } from "../../contracts/templates.ts";
import { CLIENT_FILES } from "../../scripts/docs/client-types.ts";
import { EXPORT_PAGE, exportPage } from "../../scripts/docs/collections.ts";
import { MARKETS_PAGE, marketsPage } from "../../scripts/docs/markets.ts";
import { PROBLEMS_PAGE, problemsPage } from "../../scripts/docs/problems.ts";
import { PROOF_REASONS_PAGE, proofReasonsPage } from "../../scripts/docs/proof-reasons.ts";
import { REASONS_PAGE, reasonsPage } from "../../scripts/docs/reasons.ts";
import { MADE_PARTS, SCALE_PAGE, scalePage } from "../../scripts/docs/scale.ts";
import { STORES_PAGE, storesPage } from "../../scripts/docs/stores.ts";
import { ROOT } from "../../scripts/local/bundle.ts";

const read = (name: string) => readFileSync(join(ROOT, name), "utf8");

it("docs/problems.md says what contracts/problems/ says", () => {
  expect(readFileSync(PROBLEMS_PAGE, "utf8")).toBe(problemsPage());
});

it.each(CLIENT_FILES)("the client's $name says what the API's table says", ({ path, make }) => {
  expect(readFileSync(path, "utf8"), "run: node scripts/docs/client-types.ts").toBe(make());
});

it("docs/proof-reasons.md says what the check on a phone can find", () => {
  expect(readFileSync(PROOF_REASONS_PAGE, "utf8")).toBe(proofReasonsPage());
});

it("docs/verify-reasons.md says what domain/audit/reasons.ts says", () => {
  expect(readFileSync(REASONS_PAGE, "utf8")).toBe(reasonsPage());
});

it("docs/scale.md shows what the commands compute today, and every table that is made for it", () => {
  const page = readFileSync(SCALE_PAGE, "utf8");
  expect(page).toBe(scalePage(page));
  expect(MADE_PARTS.filter((name) => !page.includes(`<!-- made: ${name} -->`))).toEqual([]);
});

it("docs/where-it-runs.md shows the markets that the code knows", () => {
  const page = readFileSync(MARKETS_PAGE, "utf8");
  expect(page).toBe(marketsPage(page));
  expect(page).toContain("<!-- made: markets -->");
});

it("docs/export.md shows the collections that travel", () => {
  const page = readFileSync(EXPORT_PAGE, "utf8");
  expect(page).toBe(exportPage(page));
  expect(page).toContain("<!-- made: collections -->");
});

it("docs/stores.md shows the columns that an import reads", () => {
  const page = readFileSync(STORES_PAGE, "utf8");
  expect(page).toBe(storesPage(page));
  expect(page).toContain("| `lat` |");
});

it.each([
  "README.md",
  "README.zh-CN.md",
  "CONTRIBUTING.md",
  "docs/api.md",
  "docs/architecture.md",
  "docs/export.md",
  "docs/one-box.md",
  "docs/scale.md",
  "docs/planning.md",
  "docs/stores.md",
  "docs/verify-a-draw.md",
  "docs/where-it-runs.md",
  "witness/README.md",
  "clients/typescript/README.md",
])("%s names only commands and files that exist", (name) => {
  const text = read(name);
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  const commands = [...text.matchAll(/(?:`|^)npm (?:run (?:-s )?)?([a-z:]+)/gm)].map(([, command]) => command as string);
  const known = new Set([...Object.keys(scripts), "run", "ci", "install", "packages", "cache"]);
  expect(commands.filter((command) => !known.has(command))).toEqual([]);
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => link as string);
  const folder = name.includes("/") ? name.slice(0, name.lastIndexOf("/")) : ".";
  expect(links.filter((link) => !existsSync(join(ROOT, folder, link)))).toEqual([]);
});

it("docs/planning.md shows templates that the shop takes, and only codes that it knows", () => {
  const text = read("docs/planning.md");
  const templates = [...text.matchAll(/```json template\n([\s\S]*?)```/g)].map(([, json]) => JSON.parse(json as string) as object);
  expect(templates.length).toBe(5);
  for (const template of templates) expect(v.safeParse(templateInput, template).issues).toBeUndefined();
  const named = [...text.matchAll(/\(`([a-z]+_[a-z_]+)`/g)].map(([, code]) => code as string);
  expect(named.filter((code) => !(code in PROBLEMS) && code !== "not_announced")).toEqual([]);
});

it("NOTICE says that the project is not affiliated and where the coordinates come from", () => {
  expect(read("NOTICE")).toContain("not affiliated");
  expect(read("NOTICE")).toContain("GeoNames");
});
