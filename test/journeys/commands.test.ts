// The commands that a newcomer types: demo, drill, cost, simulate:scale, deploy, credential.
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
      "EXCLUDE",
      "APPEAL",
      "FREEZE",
      "LOG",
      "DRAW",
      "ACCEPT",
      "PAY",
      "PASS ON",
      "PICK UP",
      "SETTLE",
    ]) {
      expect(output).toMatch(new RegExp(`^${word} `, "m"));
    }
    expect(output).toMatch(/cosigned by [23] of 3 \(needed: 2\)/);
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

describe("npm run cost", () => {
  it("says what a session takes, what it costs, and where it breaks first", async () => {
    const { code, output } = await run("cost.ts", ["--entries", "10M", "--sessions", "30"]);
    expect(code, output).toBe(0);
    expect(output).toContain("512 with 19,531 places each");
    expect(output).toMatch(/^\| Worker requests +\| +[0-9,]+ \| +\$[0-9.]+ /m);
    expect(output).toContain("where it breaks first");
  });

  it("gives the same as JSON, with the largest session that the free plan carries", async () => {
    const { code, output } = await run("cost.ts", ["--entries", "1000", "--sessions", "4", "--plan", "free", "--json"]);
    expect(code, output).toBe(0);
    const { shape, freePlan } = JSON.parse(output) as { shape: { shards: number }; freePlan: { fits: boolean; largest: number } };
    expect(shape.shards).toBe(4);
    expect(freePlan).toMatchObject({ fits: true, largest: expect.any(Number) });
  });

  it("names the source of every number that it stands on", async () => {
    const { code, output } = await run("cost.ts", ["--facts"]);
    expect(code, output).toBe(0);
    for (const word of ["Workers > Pricing", "npm run bench", "assumed"]) expect(output).toContain(word);
  });

  it.each([
    [["--entries", "x"], "--entries is a whole number from 1 to"],
    [["--plan", "pro"], "--plan is paid or free"],
    [["--units", "11", "--entries", "10"], "--units 11 is more than --entries 10"],
    [["--entires", "1"], "Unknown option '--entires'"],
  ])("refuses %j in a sentence", async (args, sentence) => {
    const { code, output } = await run("cost.ts", args);
    expect(code).toBe(2);
    expect(output).toContain(sentence);
    expect(output).toContain("npm run cost -- --help");
  });
});

describe("npm run simulate:scale", () => {
  // A minute of the plan of 10 M on an eighth of its shards, each as busy.
  const SMALL = ["--entries", "1M", "--peak", "12.5k", "--window", "180"];

  it("holds a plan whose shards follow from what is expected", async () => {
    const { code, output } = await run("simulate-scale.ts", [...SMALL, "--seed", "7"]);
    expect(code, output).toBe(0);
    expect(output).toContain("on 64 shards: 195 a second each");
    expect(output.trimEnd().endsWith("The plan holds.")).toBe(true);
  });

  it("breaks with a quarter of the shards, says where, and ends with 1", async () => {
    const { code, output } = await run("simulate-scale.ts", [...SMALL, "--shards", "16"]);
    expect(code, output).toBe(1);
    expect(output).toMatch(/busiest second of one shard .* ✗/);
    expect(output).toContain("The plan does NOT hold.");
  });

  it.each([
    [["--shards", "0"], "--shards is a whole number from 1 to 4,096"],
    [["--peak", "1M"], "brings more than --entries 10,000,000"],
    [["--shards", "2", "--skew", "3"], "--skew 3 is more than 2 shards can have"],
  ])("refuses %j in a sentence", async (args, sentence) => {
    const { code, output } = await run("simulate-scale.ts", args);
    expect(code).toBe(2);
    expect(output).toContain(sentence);
  });
});

describe("npm run deploy", () => {
  it("bundles what would be deployed: bindings, classes, size, and nothing local-only", async () => {
    const { code, output } = await run("deploy.ts", ["--dry-run"]);
    expect(code, output).toBe(0);
    expect(output).toContain("SESSIONS, SHARDS, BOOKS, LOG, MEMBERS, WEBHOOKS, DB, FILES, ARCHIVE, ASSETS");
    expect(output).toContain("DrawSession, ReservationShard, AwardBook, SessionLog, MemberShard, WebhookSender");
  });

  it("of a witness bundles it without an account, and names what it lacks before it uploads anything", async () => {
    const dry = await run("deploy.ts", ["--witness", "--dry-run"]);
    expect(dry.code, dry.output).toBe(0);
    expect(dry.output).toMatch(/Bundle +\d+ kB gzip/);
    const { code, output } = await run("deploy.ts", ["--witness"], { CLOUDFLARE_API_TOKEN: "", HOME: "/nonexistent" });
    expect(code).toBe(1);
    for (const name of ["WITNESS_KEY", "NAME", "BY", "LOGS"]) expect(output).toContain(name);
  });

  it("names every missing secret and setting before it uploads anything", async () => {
    const { code, output } = await run("deploy.ts", [], { CLOUDFLARE_API_TOKEN: "", HOME: "/nonexistent" });
    expect(code).toBe(1);
    for (const name of ["OPERATOR_SECRETS", "PEPPER", "TOKEN_SECRETS", "LOG_KEY", "D1 database", "LOG_ORIGIN"])
      expect(output).toContain(name);
  });
});

describe("npm run credential", () => {
  it("makes secrets that the settings accept and tokens that need a secret", async () => {
    const pepper = await run("credential.ts", ["secret", "PEPPER"]);
    expect(pepper.output).toMatch(/^[0-9a-f]{64}$/);
    expect((await run("credential.ts", ["secret", "WITNESS_KEY"])).output).toMatch(/^[0-9a-f]{64}$/);
    const ring = await run("credential.ts", ["secret", "TOKEN_SECRETS"]);
    const token = await run("credential.ts", ["operator", "ann"], { TOKEN_SECRETS: ring.output });
    expect(token).toMatchObject({ code: 0 });
    expect(token.output.split(".")).toHaveLength(3);
    const claims = JSON.parse(Buffer.from(token.output.split(".")[1] as string, "base64url").toString()) as { sub: string };
    expect(claims.sub).toBe("operator-ann");
    // What two operators have to agree on needs tokens that tell them apart.
    expect(await run("credential.ts", ["operator"], { TOKEN_SECRETS: ring.output })).toMatchObject({ code: 2 });
    expect(await run("credential.ts", ["operator", "ann"], { TOKEN_SECRETS: "change-me" })).toMatchObject({ code: 2 });
  });
});
