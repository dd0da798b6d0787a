// The clock of the Worker and of the local server is wrangler.toml's.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { EVERY_DAY, EVERY_MINUTE } from "../../contracts/crons.ts";

it("the cron texts are those of wrangler.toml, in both directions", () => {
  const toml = readFileSync(join(import.meta.dirname, "../../wrangler.toml"), "utf8");
  const [, list = ""] = /^crons = (\[.+\])$/m.exec(toml) ?? [];
  expect(JSON.parse(list)).toEqual([EVERY_MINUTE, EVERY_DAY]);
});
