// Local-only code is in the local bundle and not in the deployed one.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { GZIP_BYTES_MAX, inspect } from "../../scripts/deploy/inspect.ts";
import { bundle } from "../../scripts/local/bundle.ts";

const MARKS = ["LOCAL-ONLY", "/local/sign-in", "LOCAL_CHAIN"];

it("keeps local sign-in and the local beacon out of what is deployed", () => {
  const folder = mkdtempSync(join(tmpdir(), "fairpour-bundle-"));
  const local = bundle("workers/local.ts", join(folder, "local"))
    .map(({ path }) => readFileSync(path, "utf8"))
    .join("");
  const inspection = inspect(join(folder, "deployed"));
  rmSync(folder, { recursive: true });
  // The marks are real: without this line the next would pass on any misspelling.
  for (const mark of MARKS) expect(local).toContain(mark);
  expect(inspection.problems).toEqual([]);
  expect(inspection.gzipBytes).toBeLessThan(GZIP_BYTES_MAX);
});
