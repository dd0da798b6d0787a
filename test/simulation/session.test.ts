// A whole session, and the weeks after it, under lost replies, evictions, late and doubled alarms and a failing D1. A failing seed replays
// its run exactly:
// SIM_FROM=seed SIM_SEEDS=1 npm test -- test/simulation
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { afterwards } from "./afterwards.ts";
import { broken } from "./invariants.ts";
import { simulate } from "./run.ts";

const { SIM_FROM = "1", SIM_SEEDS = "40" } = env as unknown as { SIM_FROM?: string; SIM_SEEDS?: string };
const seeds = Array.from({ length: Number(SIM_SEEDS) }, (_, at) => Number(SIM_FROM) + at);

describe("a session whose world falls apart and heals", () => {
  it.each(seeds)("keeps every promise, seed %i", async (seed) => {
    const history = await simulate(seed);
    expect(await broken(history)).toEqual([]);
    expect(await afterwards(history, seed)).toEqual([]);
  });
});
