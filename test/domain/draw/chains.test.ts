// Rounds and times of a beacon chain (draw1, section 1).
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstRound, localChains, PUBLIC_CHAINS, QUICKNET, roundTime } from "../../../domain/draw/chains.ts";
import { localChain } from "../../../scripts/local/chain.ts";

const G = QUICKNET.genesis;

describe("the first round at or after a time", () => {
  it.each([
    ["long before the genesis", 0, 1],
    ["one period before the genesis", G - 3, 1],
    ["a second before the genesis", G - 1, 1],
    ["at the genesis", G, 1],
    ["a second after the genesis", G + 1, 2],
    ["two seconds after the genesis", G + 2, 2],
    ["exactly at round 2", G + 3, 2],
    ["a second after round 2", G + 4, 3],
    ["exactly at round 1000", 1_692_806_364, 1000],
    ["a second after round 1000", 1_692_806_365, 1001],
    ["a fraction of a second after round 1000", 1_692_806_364.001, 1001],
  ])("%s is as specified", (_, time, round) => {
    expect(firstRound(QUICKNET, time)).toBe(round);
  });

  it("is never early and never later than one period, on any chain", () => {
    const chain = fc.record({ genesis: fc.integer({ min: 0, max: 2 ** 32 }), period: fc.integer({ min: 1, max: 60 }) });
    fc.assert(
      fc.property(chain, fc.nat({ max: 2 ** 30 }), (on, after) => {
        const time = on.genesis + after;
        const round = firstRound(on, time);
        expect(roundTime(on, round)).toBeGreaterThanOrEqual(time);
        expect(roundTime(on, round) - on.period).toBeLessThan(time);
        expect(firstRound(on, roundTime(on, round))).toBe(round);
      }),
    );
  });
});

describe("the pinned chain", () => {
  it.each([
    [1, 1_692_803_367],
    [2, 1_692_803_370],
    [1000, 1_692_806_364],
  ])("publishes round %i at %i", (round, time) => {
    expect(roundTime(QUICKNET, round)).toBe(time);
  });

  it("is the only public one, and no public chain is a local one", () => {
    expect(PUBLIC_CHAINS).toEqual([QUICKNET]);
    expect(PUBLIC_CHAINS.filter(({ local }) => local)).toEqual([]);
  });
});

describe("chains for trying out, as a site or a saved file lists them", () => {
  const chain = localChain("07".repeat(32));

  it("get their hash from their key, whatever they call themselves", () => {
    expect(localChains([{ ...chain, hash: QUICKNET.hash, local: false }])).toMatchObject([{ hash: chain.hash, local: true }]);
    expect(localChains([{ ...chain, publicKey: QUICKNET.publicKey }])[0]?.hash).not.toBe(chain.hash);
  });

  it.each<[string, unknown]>([
    ["no list", { beacons: [] }],
    ["nothing", undefined],
    ["null", [null]],
    ["a public chain", [QUICKNET]],
    ["a key that is not hex", [{ ...chain, publicKey: "xy" }]],
    ["a period of nothing", [{ ...chain, period: 0 }]],
    ["a genesis that is text", [{ ...chain, genesis: "1" }]],
    ["no name", [{ ...chain, beaconId: undefined }]],
  ])("are none: %s", (_, listed) => {
    expect(localChains(listed)).toEqual([]);
  });
});
