// The shapes that contracts share, at their edges.
import { describe, expect, it } from "vitest";
import * as basics from "../../contracts/basics.ts";
import { orderIdOf } from "../../domain/order/order-id.ts";
import { fits } from "../support/schemas.ts";

type Row = [shape: string, schema: Parameters<typeof fits>[0], good: unknown[], bad: unknown[]];

const ROWS: Row[] = [
  ["a hash", basics.hex32, ["0a".repeat(32)], ["0A".repeat(32), "0a".repeat(31), "0a".repeat(33), `${"0a".repeat(32)}\n`, 1, null]],
  ["base64url of at most 4", basics.base64url(4), ["A", "a-_9"], ["", "abcde", "a+b", "a=", "a b", 7]],
  [
    "a session id",
    basics.sessionId,
    ["a", "0", "spring-2026", "a".repeat(64)],
    ["", "-a", "A", "a_b", "a/b", "a~1", "ａ", "a".repeat(65), "a\n"],
  ],
  ["a SKU", basics.skuId, ["A", "sku-1.5_L", "a".repeat(64)], ["", "-a", ".a", "a b", "a/b", "é", "a".repeat(65)]],
  ["a market", basics.market, ["CN", "US"], ["cn", "C", "CHN", "C1", ""]],
  ["a currency", basics.currency, ["CNY"], ["cny", "CN", "CNYY", ""]],
  ["a u32", basics.u32, [0, 0xffff_ffff], [-1, 0x1_0000_0000, 0.5, Number.NaN, "1", null]],
  ["an instant", basics.unixSeconds, [0, 1_692_806_364, 253_402_300_799], [-1, 1.5, 253_402_300_800, 1_692_806_364_000, "0"]],
  ["seconds from 3 to 9", basics.seconds(3, 9), [3, 9], [2, 10, 3.5, "3"]],
  ["short text", basics.shortText, ["a", "门店", "é", "a".repeat(200)], ["", "a".repeat(201), "e\u0301", "\ud800", 1]],
  ["long text", basics.longText, ["a".repeat(20_000)], ["", "a".repeat(20_001), "e\u0301"]],
  [
    "names",
    basics.names,
    [{ "zh-CN": "春", en: "Spring" }],
    [{ en: "Spring" }, { "zh-CN": "春" }, { "zh-CN": "春", en: "Spring", fr: "Printemps" }, "Spring"],
  ],
  [
    "money",
    basics.money,
    [
      { currency: "CNY", amountMinor: 0 },
      { currency: "CNY", amountMinor: Number.MAX_SAFE_INTEGER },
    ],
    [
      { currency: "CNY", amountMinor: 1.5 },
      { currency: "CNY", amountMinor: -1 },
      { currency: "CNY", amountMinor: 2 ** 53 },
      { amountMinor: 1 },
    ],
  ],
  [
    "an order id",
    basics.orderId,
    [`spring-1~7~${"0".repeat(26)}`, `a~4294967295~7${"z".repeat(25)}`],
    [
      `spring-1~7~${"0".repeat(25)}`,
      `spring-1~7~${"0".repeat(27)}`,
      `spring-1~~${"0".repeat(26)}`,
      `~7~${"0".repeat(26)}`,
      `a~7~${"A".repeat(26)}`,
      "a",
    ],
  ],
];

describe.each(ROWS)("%s", (_, schema, good, bad) => {
  it.each(good.map((value) => [value]))("is %j", (value) => {
    expect(fits(schema, value)).toBe(true);
  });

  it.each(bad.map((value) => [value]))("is not %j", (value) => {
    expect(fits(schema, value)).toBe(false);
  });
});

describe("an order id that we make", () => {
  it.each([
    ["lowest", 0, 0x00],
    ["highest", 0xffff_ffff, 0xff],
  ])("fits at its %s", (_, pool, byte) => {
    expect(fits(basics.orderId, orderIdOf("a".repeat(64), pool, new Uint8Array(16).fill(byte)))).toBe(true);
  });
});
