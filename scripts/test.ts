// npm test: builds the pages, finds a browser, runs every test and ends with one line: N passed, N failed.
// npm test -- test/domain runs a part; other arguments go to vitest as they are.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { chromiumPath } from "./setup/browser.ts";
import { run } from "./setup/child.mjs";
import { PYTHON, PYTHON_MISSING } from "./setup/python.ts";
import { buildWeb } from "./setup/web.ts";

type Report = {
  success: boolean;
  testResults: { name: string; status: string; assertionResults: { fullName: string; status: string }[] }[];
};

const root = dirname(import.meta.dirname);
const args = process.argv.slice(2);
const results = join(root, ".fairpour", "test-results.json");

/** Folders whose tests look at the built pages. */
const WITH_PAGES = ["test/journeys", "test/web"];

/** False only when every argument is a path and none of these tests lies below any of them. */
function needsPages(): boolean {
  if (args.length === 0 || args.some((arg) => arg.startsWith("-"))) return true;
  const wanted = args.map((arg) => arg.replace(/^\.\//, ""));
  const files = WITH_PAGES.filter((folder) => existsSync(join(root, folder))).flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)),
  );
  return files.some((file) => wanted.some((part) => file.includes(part)));
}

/** Says what went wrong beside failed tests, and counts it as failed: a test that did not run has proved nothing. */
function count(report: Report, exitCode: number) {
  const tests = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map((test) => ({ ...test, name: `${relative(root, name)}: ${test.fullName}` })),
  );
  const passed = tests.filter(({ status }) => status === "passed").length;
  let failed = tests.filter(({ status }) => status === "failed").length;

  // With -t somebody asked for a part by name; the rest is reported as skipped and is meant to be.
  const byName = args.some((arg) => /^(-t|--testNamePattern)/.test(arg));
  const skipped = byName ? [] : tests.filter(({ status }) => status !== "passed" && status !== "failed");
  for (const { name, status } of skipped) console.log(`${status}, counted as failed: ${name}`);
  failed += skipped.length;

  for (const { name, status, assertionResults } of report.testResults) {
    if (status !== "failed" || assertionResults.some((test) => test.status === "failed")) continue;
    console.log(`failed outside of its tests: ${relative(root, name)}`);
    failed++;
  }
  if (passed + failed === 0) {
    console.log("No test ran, counted as failed.");
    failed++;
  } else if (exitCode !== 0 && failed === 0) {
    console.log("Vitest reported an error outside of the tests (see above), counted as failed.");
    failed++;
  }
  return { passed, failed };
}

async function main() {
  // Its tests then look at one verifier only; on CI they fail instead.
  if (!PYTHON) console.log(PYTHON_MISSING);
  const browser = needsPages() ? chromiumPath() : undefined;
  if (browser && (await buildWeb(root)) !== 0) throw new Error("The pages do not build, so there is nothing to test.");

  mkdirSync(dirname(results), { recursive: true });
  rmSync(results, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${results}`];
  const { code } = await run(process.execPath, [join(root, "node_modules/vitest/vitest.mjs"), "run", ...reporters, ...args], {
    cwd: root,
    env: { ...process.env, ...(browser && { FAIRPOUR_CHROMIUM: browser }) },
  });
  if (!existsSync(results)) throw new Error(`Vitest ended with ${code} before it had any result.`);
  return count(JSON.parse(readFileSync(results, "utf8")), code);
}

const { passed, failed } = await main().catch((error: Error) => {
  console.error(error.message);
  return { passed: 0, failed: 1 };
});
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
