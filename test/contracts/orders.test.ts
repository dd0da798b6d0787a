// What stores and members send about orders: payment, delivery, voucher, pickup.
import { describe, expect, it } from "vitest";
import { deliveryInput, ORDER_STATES, paymentInput, pickupInput, voucherInput } from "../../contracts/orders.ts";
import { b64url } from "../../domain/bytes.ts";
import { orderIdOf, orderTail } from "../../domain/order/order-id.ts";
import { mayCollect } from "../../domain/order/pickup.ts";
import { qrText } from "../../domain/order/voucher.ts";
import { complaints, fits, without } from "../support/schemas.ts";

const ORDER = orderIdOf("spring-1", 7, new Uint8Array(16).fill(0xa5));
const QR = qrText(new Uint8Array(300), new Uint8Array(64), 56_426_878, new Uint8Array(64));

describe("a payment", () => {
  it.each<[unknown, boolean]>([
    [{ order: ORDER }, true],
    [{ order: ORDER, amountMinor: 1 }, false],
    [{ order: "7" }, false],
    [{}, false],
  ])("%j fits: %s", (body, good) => {
    expect(fits(paymentInput, body)).toBe(good);
  });
});

describe("a delivery", () => {
  const DELIVERY = { delivery: "note_2026-1", session: "spring-1", sku: "sku-a", units: 1 };
  it.each<[given: string, body: unknown, good: boolean]>([
    ["one unit", DELIVERY, true],
    ["the most units", { ...DELIVERY, units: 0xffff_ffff }, true],
    ["no unit", { ...DELIVERY, units: 0 }, false],
    ["half a unit", { ...DELIVERY, units: 0.5 }, false],
    ["units as text", { ...DELIVERY, units: "1" }, false],
    ["an id of 7 characters", { ...DELIVERY, delivery: "1234567" }, false],
    ["an id of 65 characters", { ...DELIVERY, delivery: "a".repeat(65) }, false],
    ["an id with a slash", { ...DELIVERY, delivery: "note/2026" }, false],
    ["a store of the sender's", { ...DELIVERY, store: "store-2" }, false],
    ["no session", without(DELIVERY, "session"), false],
    ["no SKU", without(DELIVERY, "sku"), false],
  ])("of %s fits: %s", (_, body, good) => {
    expect(fits(deliveryInput, body)).toBe(good);
  });
});

describe("a voucher's device key", () => {
  it.each<[given: string, device: string, good: boolean]>([
    ["65 bytes", b64url(new Uint8Array(65)), true],
    ["nothing", "", false],
    ["padding", `${b64url(new Uint8Array(65))}=`, false],
    ["more than 66 bytes", b64url(new Uint8Array(67)), false],
  ])("of %s fits: %s", (_, device, good) => {
    expect(fits(voucherInput, { device })).toBe(good);
  });
});

describe("a pickup", () => {
  const CODE = { tail: orderTail(ORDER), code: "00000042" };
  it.each<[given: string, body: unknown, good: boolean]>([
    ["a scanned text", { qr: QR }, true],
    ["a scanned text with a serial", { qr: QR, serial: "SN-0001" }, true],
    ["tail and code", CODE, true],
    ["tail and code with a serial", { ...CODE, serial: "!~" }, true],
    ["both ways at once", { ...CODE, qr: QR }, false],
    ["a tail alone", { tail: CODE.tail }, false],
    ["a code alone", { code: CODE.code }, false],
    ["nothing", {}, false],
    ["a code as number", { ...CODE, code: 42 }, false],
    ["seven digits", { ...CODE, code: "0000042" }, false],
    ["nine digits", { ...CODE, code: "000000042" }, false],
    ["full-width digits", { ...CODE, code: "００００００４２" }, false],
    ["a tail in capitals", { ...CODE, tail: CODE.tail.toUpperCase() }, false],
    ["a tail of five", { ...CODE, tail: CODE.tail.slice(1) }, false],
    ["a text that is too short", { qr: "FP1.a.b" }, false],
    ["a text that is too long", { qr: "F".repeat(2049) }, false],
    ["an empty serial", { qr: QR, serial: "" }, false],
    ["a serial with a space", { qr: QR, serial: "SN 1" }, false],
    ["a serial of 65 characters", { qr: QR, serial: "1".repeat(65) }, false],
    ["a serial beyond ASCII", { qr: QR, serial: "序号" }, false],
    ["a store of the sender's", { qr: QR, store: "store-2" }, false],
  ])("with %s fits: %s", (_, body, good) => {
    expect(fits(pickupInput, body)).toBe(good);
  });

  it("that lacks everything complains once or more", () => {
    expect(complaints(pickupInput, {}).length).toBeGreaterThan(0);
  });
});

describe("order states", () => {
  it("each have an answer at the store's counter, and only ready is handed over", () => {
    const answers = ORDER_STATES.map((state) => [state, mayCollect({ state, store: "s", pickupUntil: 10 }, "s", 1)]);
    expect(Object.fromEntries(answers)).toEqual({
      accepted: "not_paid",
      paid: "not_ready",
      ready: undefined,
      collected: "already_collected",
      lapsed: "not_paid",
      refunded: "pickup_expired",
    });
  });
});
