// A whole session, and the weeks after it, under lost replies, evictions, late and doubled alarms and a failing D1. A failing seed replays
// its run exactly:
// SIM_FROM=seed SIM_SEEDS=1 npm test -- test/simulation
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { parseObject } from "../../domain/draw/manifest.ts";
import { auditedLog } from "../objects/support/log.ts";
import { afterwards } from "./afterwards.ts";
import { broken } from "./invariants.ts";
import { simulate } from "./run.ts";

const { SIM_FROM = "1", SIM_SEEDS = "25" } = env as unknown as { SIM_FROM?: string; SIM_SEEDS?: string };
const seeds = Array.from({ length: Number(SIM_SEEDS) }, (_, at) => Number(SIM_FROM) + at);

describe("a session whose world falls apart and heals", () => {
  it.each(seeds)("keeps every promise, seed %i", async (seed) => {
    const history = await simulate(seed);
    expect(await broken(history)).toEqual([]);
    expect(await afterwards(history, seed)).toEqual([]);
  });

  it("leaves one log behind that anybody can read from its tiles, with every session in it", async () => {
    const entries = (await auditedLog()).map((bytes) => parseObject<{ session: string; type: string }>(bytes));
    expect(
      entries
        .filter(({ type }) => type === "manifest")
        .map(({ session }) => session)
        .sort(),
    ).toEqual(seeds.map((seed) => `sim-${seed}`).sort());
  });
});
