// What may not be deployed, although it can be set.
import { expect, it } from "vitest";
import { readConfig } from "../../scripts/deploy/config.ts";
import { settingProblems } from "../../scripts/deploy/inspect.ts";

it("a deployment sends no webhooks to its own machine: the setting for trying out is refused by its name", () => {
  const { vars } = readConfig();
  expect(settingProblems({ vars })).toEqual([]);
  expect(settingProblems({ vars: { ...vars, WEBHOOK_LOOPBACK: "allowed" } })).toEqual([
    expect.stringContaining("WEBHOOK_LOOPBACK"),
  ]);
});
