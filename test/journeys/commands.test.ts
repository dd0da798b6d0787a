// The commands that a newcomer types: demo, drill, deploy, credential.
import { describe, expect, it } from "vitest";
import { run } from "./support/command.ts";

describe.concurrent("npm run demo", () => {
  it("plays every life and ends with the same winners, recomputed by a separate process", async () => {
    const { code, output } = await run("demo.ts");
    expect(code, output).toBe(0);
    for (const word of [
      "PLAN",
      "ALLOT",
      "ANNOUNCE",
      "OPEN",
      "RESERVE",
      "REFUSE",
      "WITHDRAW",
      "FREEZE",
      "DRAW",
      "ACCEPT",
      "PAY",
      "PASS ON",
      "PICK UP",
      "SETTLE",
    ]) {
      expect(output).toMatch(new RegExp(`^${word} `, "m"));
    }
    expect(output).toContain("already_collected");
    expect(output.trimEnd().endsWith("same winners")).toBe(true);
  });
});

describe.concurrent("npm run drill", () => {
  it("replays the opening day at a thousandth, and every invariant holds", async () => {
    const { code, output } = await run("drill.ts", ["opening-day", "--scale", "0.001"]);
    expect(code, output).toBe(0);
    expect(output).toContain("6,220 reservations by 2,290 people for 26 bottles at 1 stores");
    expect(output).toContain("✓ every acknowledged reservation is in the frozen tables or the exclusions (6220)");
    expect(output).toContain("All invariants hold.");
  });

  it.each([[], ["closing-day"], ["opening-day", "--scale", "7"], ["opening-day", "--scale", "x"]])(
    "says how it is used when asked for something else: %j",
    async (...args) => {
      const { code, output } = await run("drill.ts", args);
      expect(code).toBe(2);
      expect(output).toContain("usage: npm run drill -- opening-day");
    },
  );
});

describe("npm run deploy", () => {
  it("bundles what would be deployed: bindings, classes, size, and nothing local-only", async () => {
    const { code, output } = await run("deploy.ts", ["--dry-run"]);
    expect(code, output).toBe(0);
    expect(output).toContain("SESSIONS, SHARDS, BOOKS, DB, FILES, ASSETS");
    expect(output).toContain("DrawSession, ReservationShard, AwardBook");
  });

  it("names every missing secret and setting before it uploads anything", async () => {
    const { code, output } = await run("deploy.ts", [], { CLOUDFLARE_API_TOKEN: "", HOME: "/nonexistent" });
    expect(code).toBe(1);
    for (const name of ["OPERATOR_SECRETS", "PEPPER", "TOKEN_SECRETS", "D1 database", "LOG_ORIGIN"]) expect(output).toContain(name);
  });
});

describe("npm run credential", () => {
  it("makes secrets that the settings accept and tokens that need a secret", async () => {
    const pepper = await run("credential.ts", ["secret", "PEPPER"]);
    expect(pepper.output).toMatch(/^[0-9a-f]{64}$/);
    const ring = await run("credential.ts", ["secret", "TOKEN_SECRETS"]);
    const token = await run("credential.ts", ["operator"], { TOKEN_SECRETS: ring.output });
    expect(token).toMatchObject({ code: 0 });
    expect(token.output.split(".")).toHaveLength(3);
    expect(await run("credential.ts", ["operator"], { TOKEN_SECRETS: "change-me" })).toMatchObject({ code: 2 });
  });
});
