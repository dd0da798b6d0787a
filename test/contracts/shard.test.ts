// What the edge and a shard say to each other survives being packed.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packRequest, type ReserveRequest, readReply, readRequest, replyText } from "../../contracts/shard.ts";
import type { PersonReason } from "../../domain/draw/reasons.ts";
import * as any from "../support/arbitraries.ts";

describe("a request for a place", () => {
  it("reads back as what was packed", () => {
    const request = fc.record<ReserveRequest>({
      pid: any.hash32,
      nonce: any.hash32,
      pool: fc.integer({ min: 0, max: 0xffff_ffff }),
      tickets: fc.integer({ min: 0, max: 8 }),
      personReasons: fc.subarray<PersonReason>([2, 5, 6, 7, 13]),
      overloadS: fc.option(fc.integer({ min: 1, max: 253402300799 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(request, (wish) => {
        expect(readRequest(packRequest(wish))).toEqual(wish);
      }),
    );
  });
});

describe("a shard's reply", () => {
  it.each([
    ["a new receipt", { ok: true, value: { receipt: '{"v":1}', repeated: false } }],
    ["a receipt that had been given before", { ok: true, value: { receipt: '{"v":1}', repeated: true } }],
    ["a signed refusal with the first receipt", { ok: false, refusal: { code: "already_reserved", refusal: "{}", receipt: "{}" } }],
    ["a request to stay away", { ok: false, refusal: { code: "busy", retryS: 3 } }],
  ] as const)("with %s reads back as what was said", (_, outcome) => {
    expect(readReply(replyText(outcome))).toEqual(outcome);
  });
});
