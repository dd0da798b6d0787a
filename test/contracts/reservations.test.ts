// What a member may send: reservation, withdrawal, answer to an award.
import { describe, expect, it } from "vitest";
import { awardInput, reserveInput, withdrawInput } from "../../contracts/reservations.ts";
import { type Pass, passBody, passText } from "../../domain/draw/pass.ts";
import { complaints, without } from "../support/schemas.ts";

const pass = (tickets: Pass["tickets"]) =>
  passText(
    passBody({
      v: 1,
      type: "pass",
      manifest: "ab".repeat(32),
      market: "CN",
      pid: "cd".repeat(32),
      tickets,
      ageOk: true,
      exp: 1_692_806_353,
    }),
    new Uint8Array(32),
  );
const RESERVE = { pass: pass({ spirits: 1 }), pool: 7, nonce: "0a".repeat(32) };
const AWARD = { choice: "accept", pool: 7, shard: 3, index: 12, tickets: 1, s: 1_692_802_748, nonce: "0a".repeat(32) };

describe("a reservation", () => {
  it.each<[given: string, body: unknown]>([
    ["pass, pool and nonce", RESERVE],
    ["an overload ticket", { ...RESERVE, overload: RESERVE.pass }],
    ["pool 0", { ...RESERVE, pool: 0 }],
    ["the highest pool", { ...RESERVE, pool: 0xffff_ffff }],
    [
      "a pass for twelve families with names of 64 letters",
      { ...RESERVE, pass: pass(Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`${at}`.padEnd(64, "f"), 8]))) },
    ],
  ])("with %s fits", (_, body) => {
    expect(complaints(reserveInput, body)).toEqual([]);
  });

  it.each<[given: string, body: unknown, at: string]>([
    ["no pass", without(RESERVE, "pass"), "pass"],
    ["no pool", without(RESERVE, "pool"), "pool"],
    ["no nonce", without(RESERVE, "nonce"), "nonce"],
    ["a short pass", { ...RESERVE, pass: "a" }, "pass"],
    ["a pass of more than 5 kB", { ...RESERVE, pass: "a".repeat(5121) }, "pass"],
    ["a pool as text", { ...RESERVE, pool: "7" }, "pool"],
    ["a negative pool", { ...RESERVE, pool: -1 }, "pool"],
    ["a pool above 32 bits", { ...RESERVE, pool: 2 ** 32 }, "pool"],
    ["half a pool", { ...RESERVE, pool: 7.5 }, "pool"],
    ["a list of pools", { ...RESERVE, pool: [7] }, "pool"],
    ["a nonce of 31 bytes", { ...RESERVE, nonce: "0a".repeat(31) }, "nonce"],
    ["a nonce in capitals", { ...RESERVE, nonce: "0A".repeat(32) }, "nonce"],
    ["tickets of the sender's", { ...RESERVE, tickets: 8 }, "tickets"],
    ["a person of the sender's", { ...RESERVE, person: "ab" }, "person"],
    ["null as overload ticket", { ...RESERVE, overload: null }, "overload"],
    ["a list instead of an object", [RESERVE], "pass"],
    ["null", null, ""],
  ])("with %s does not, and says where", (_, body, at) => {
    expect(complaints(reserveInput, body)).toContain(at);
  });
});

describe("a withdrawal", () => {
  it.each<[unknown, number]>([
    [{ pool: 7 }, 0],
    [{}, 1],
    [{ pool: "7" }, 1],
    [{ pool: 7, index: 3 }, 1],
  ])("%j has %i complaints", (body, count) => {
    expect(complaints(withdrawInput, body).length).toBe(count);
  });
});

describe("an answer to an award", () => {
  it.each<[given: string, change: object]>([
    ["accept", {}],
    ["decline", { choice: "decline" }],
    ["the last shard", { shard: 4095 }],
    ["eight tickets", { tickets: 8 }],
  ])("with %s fits", (_, change) => {
    expect(complaints(awardInput, { ...AWARD, ...change })).toEqual([]);
  });

  it.each<[given: string, change: object, at: string]>([
    ["another choice", { choice: "pay" }, "choice"],
    ["shard 4,096", { shard: 4096 }, "shard"],
    ["no tickets", { tickets: 0 }, "tickets"],
    ["nine tickets", { tickets: 9 }, "tickets"],
    ["a negative index", { index: -1 }, "index"],
    ["a second above 2^53-1", { s: 2 ** 53 }, "s"],
    ["a rank of the sender's", { rank: 0 }, "rank"],
  ])("with %s does not, and says where", (_, change, at) => {
    expect(complaints(awardInput, { ...AWARD, ...change })).toEqual([at]);
  });

  it.each(Object.keys(AWARD) as (keyof typeof AWARD)[])("without %s does not fit", (member) => {
    expect(complaints(awardInput, without(AWARD, member))).toEqual([member]);
  });
});
