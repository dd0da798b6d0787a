// Order ids: they say which book holds the order, and carry all 128 random bits.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unhex } from "../../../domain/bytes.ts";
import { orderIdOf, orderTail, readOrderId } from "../../../domain/order/order-id.ts";
import * as any from "../../support/arbitraries.ts";

const DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

describe("an order id", () => {
  // The lowest bit is the last digit; 26 digits of 5 bits hold 130, so the first digit is at most 7.
  it.each([
    ["00".repeat(16), "00000000000000000000000000"],
    [`${"00".repeat(15)}01`, "00000000000000000000000001"],
    [`${"00".repeat(15)}1f`, "0000000000000000000000000z"],
    [`${"00".repeat(15)}20`, "00000000000000000000000010"],
    [`80${"00".repeat(15)}`, "40000000000000000000000000"],
    ["ff".repeat(16), "7zzzzzzzzzzzzzzzzzzzzzzzzz"],
  ])("of the random bytes %s ends in %s", (random, digits) => {
    expect(orderIdOf("spring-1", 7, unhex(random))).toBe(`spring-1~7~${digits}`);
  });

  it("gives back its session and pool", () => {
    const session = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,63}$/);
    fc.assert(
      fc.property(session, any.u32, any.bytes(16), (name, pool, random) => {
        expect(readOrderId(orderIdOf(name, pool, random))).toEqual({ session: name, pool });
      }),
    );
  });

  it("keeps every random bit: the digits read back to the same number", () => {
    fc.assert(
      fc.property(any.bytes(16), (random) => {
        const digits = orderIdOf("s", 1, random).slice(-26);
        const value = [...digits].reduce((sum, digit) => sum * 32n + BigInt(DIGITS.indexOf(digit)), 0n);
        expect(value).toBe(BigInt(`0x${Buffer.from(random).toString("hex")}`));
      }),
    );
  });

  it("has no letter that is easily misread", () => {
    fc.assert(
      fc.property(any.bytes(16), (random) => {
        expect(orderIdOf("s", 1, random).slice(-26)).not.toMatch(/[ilou]/);
      }),
    );
  });

  it.each([[15], [17], [0]])("is not made of %i random bytes", (length) => {
    expect(() => orderIdOf("s", 1, new Uint8Array(length))).toThrow(RangeError);
  });

  it("has a tail of its last six digits", () => {
    expect(orderTail("spring-1~7~0123456789abcdefghjkmnpqrs")).toBe("mnpqrs");
  });
});
