// The counter over HTTP: vouchers and digits that only the right phone can show, at the right store, once.
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { settingsOf } from "../../contracts/settings.ts";
import { b64url, unhex, utf8 } from "../../domain/bytes.ts";
import { sha256 } from "../../domain/hash.ts";
import { orderIdOf } from "../../domain/order/order-id.ts";
import { qrText, stepAt, stepMessage } from "../../domain/order/voucher.ts";
import { apply } from "../../records/apply.ts";
import { recordsOf } from "../../records/database.ts";
import { recordDelivery } from "../../records/deliveries.ts";
import { codeOf } from "../../workers/edge/pickup-proof.ts";
import { call, memberToken, storeToken } from "./support/http.ts";
import { freshId } from "./support/session.ts";

const records = recordsOf(env.DB, "fairpour");
const STORE = "cn-north";

type Phone = { token: string; key: CryptoKeyPair; raw: string };

async function phoneOf(name: string): Promise<Phone> {
  const key = (await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"])) as CryptoKeyPair;
  const raw = new Uint8Array((await crypto.subtle.exportKey("raw", key.publicKey)) as ArrayBuffer);
  return { token: await memberToken(name, { device: b64url(sha256(raw)) }), key, raw: b64url(raw) };
}

let order: string;
let ada: Phone;
let counter: string;

/** An order of Ada's that is ready at STORE. */
beforeEach(async () => {
  const session = freshId("counter");
  order = orderIdOf(session, 1, crypto.getRandomValues(new Uint8Array(16)));
  const now = Math.floor(Date.now() / 1000);
  await apply(records, [
    {
      v: 1,
      type: "order",
      order,
      version: 3,
      state: "paid",
      session,
      pool: 1,
      rank: 0,
      sku: "wine",
      store: STORE,
      member: "m-ada",
      amountMinor: 100,
      currency: "CNY",
      payBy: now,
      pickupUntil: now + 3600,
      paidAt: now,
    },
  ]);
  await recordDelivery(records, STORE, { delivery: `van-${session}`, session, sku: "wine", units: 1 }, "van", now);
  ada = await phoneOf("ada");
  counter = await storeToken(STORE);
});

async function qrOf(phone: Phone, step = stepAt(Date.now()), signer = phone.key): Promise<string> {
  const answer = await call("POST", `/v1/orders/${order}/voucher`, { token: phone.token, body: { device: phone.raw } });
  if (answer.status !== 200) throw new Error(String(answer.body.code));
  const text = utf8(answer.body.voucher as string);
  const sig = new Uint8Array(
    await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, signer.privateKey, stepMessage(text, step)),
  );
  return qrText(text, unhex(answer.body.sig as string), step, sig);
}

const scan = (qr: string, token = counter, store = STORE) => call("POST", `/v1/stores/${store}/pickups`, { token, body: { qr } });

describe("a voucher", () => {
  it("hands the order over once; the second scan says when and where", async () => {
    const qr = await qrOf(ada);
    const first = await scan(qr);
    expect(first.body).toMatchObject({ order: { order, state: "collected" } });
    const second = await scan(qr);
    expect([second.status, second.body.code, (second.body.collected as { store: string }).store]).toEqual([
      409,
      "already_collected",
      STORE,
    ]);
    expect((await call("POST", `/v1/orders/${order}/voucher`, { token: ada.token, body: { device: ada.raw } })).body.code).toBe(
      "already_collected",
    );
  });

  it("photographed two minutes ago, or made for a step to come, is stale", async () => {
    const now = stepAt(Date.now());
    // A step may pass meanwhile: what is two steps old gets older, what is three to come is still two.
    for (const step of [now - 4, now - 2, now + 3]) expect((await scan(await qrOf(ada, step))).body.code).toBe("voucher_stale");
  });

  it("is not valid at another store, from another phone's hand, or with anything changed", async () => {
    expect((await scan(await qrOf(ada), await storeToken("cn-south"), "cn-south")).body.code).toBe("voucher_invalid");
    const thief = await phoneOf("eve");
    expect((await scan(await qrOf(ada, stepAt(Date.now()), thief.key))).body.code).toBe("voucher_invalid");
    const qr = await qrOf(ada);
    const [mark, text, sig, step, device] = qr.split(".") as [string, string, string, string, string];
    for (const changed of [
      `${mark}.${text.slice(0, -4)}AAAA.${sig}.${step}.${device}`,
      `FP2.${text}.${sig}.${step}.${device}`,
      `${mark}.${text}.${"A".repeat(86)}.${step}.${device}`,
      `${mark}.${text}.${sig}.${step}.${"A".repeat(86)}`,
    ]) {
      expect((await scan(changed)).body.code).toBe("voucher_invalid");
    }
    expect((await scan(qr)).status).toBe(200);
  });

  it("is given only to the phone that signed in, and to nobody but the order's member", async () => {
    const other = await phoneOf("ada");
    const refused = await call("POST", `/v1/orders/${order}/voucher`, { token: ada.token, body: { device: other.raw } });
    expect([refused.status, refused.body.code]).toEqual([409, "voucher_invalid"]);
    const eve = await phoneOf("eve");
    expect((await call("POST", `/v1/orders/${order}/voucher`, { token: eve.token, body: { device: eve.raw } })).status).toBe(404);
    expect((await call("POST", `/v1/orders/${order}/code`, { token: eve.token, body: {} })).status).toBe(404);
    expect((await call("GET", `/v1/orders/${order}`, { token: eve.token })).status).toBe(404);
  });
});

describe("the 8 digits", () => {
  const type = (code: string, tail = order.slice(-6)) =>
    call("POST", `/v1/stores/${STORE}/pickups`, { token: counter, body: { tail, code } });
  const digits = async () =>
    (await call("POST", `/v1/orders/${order}/code`, { token: ada.token, body: {} })).body as { code?: string; tail: string };

  it("hand the order over together with its last six characters", async () => {
    const shown = await digits();
    expect(shown.tail).toBe(order.slice(-6));
    expect((await type(shown.code as string)).body).toMatchObject({ order: { state: "collected" } });
  });

  it("of the step before still count, older ones do not", async () => {
    const at = async (ms: number) => (await codeOf(order, settingsOf(env), Date.now() - ms)).code;
    expect((await type(await at(130_000))).body.code).toBe("code_wrong");
    expect((await type(await at(60_000))).status).toBe(200);
  });

  it("lock after five wrong tries, then even the right ones are refused and the QR code still works", async () => {
    const right = (await digits()).code as string;
    const wrong = right === "00000000" ? "11111111" : "00000000";
    for (let tries = 0; tries < 5; tries++) expect((await type(wrong)).body.code).toBe("code_wrong");
    expect((await type(right)).body.code).toBe("code_locked");
    expect((await scan(await qrOf(ada))).status).toBe(200);
  });

  it("of another order's tail open nothing", async () => {
    const { code } = await digits();
    expect((await type(code as string, "zzzzzz")).status).toBe(404);
  });
});

describe("a payment", () => {
  it("for another store's order, or an order that does not exist, is a 404", async () => {
    const answer = await call("POST", "/v1/stores/cn-south/payments", { token: await storeToken("cn-south"), body: { order } });
    expect([answer.status, answer.body.code]).toEqual([404, "not_found"]);
  });
});
