// Signatures as the reference library of Standard Webhooks checks them, and a secret of its own for every webhook.
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { secretText, signedHeaders, webhookSecret } from "../../../domain/webhook/signature.ts";

const OPERATOR = new Uint8Array(32).fill(0x11);
const secret = webhookSecret(OPERATOR, "fairpour", "wh_1", 1);
const body = '{"v":1,"type":"order.paid","data":{"store":"北京"}}';
const now = () => Math.floor(Date.now() / 1000);

describe("a signature", () => {
  it("is taken by the reference library with the secret as it is shown", () => {
    const headers = signedHeaders("id1", now(), body, [secret]);
    expect(new Webhook(secretText(secret)).verify(body, headers)).toEqual(JSON.parse(body));
  });

  it("is the reference library's own, byte for byte", () => {
    const at = new Date(1_800_000_000_000);
    expect(signedHeaders("id1", 1_800_000_000, body, [secret])["webhook-signature"]).toBe(
      new Webhook(secretText(secret)).sign("id1", at, body),
    );
  });

  it.each([
    ["body", (headers: Record<string, string>) => [body.replace("paid", "lapsed"), headers]],
    ["id", (headers: Record<string, string>) => [body, { ...headers, "webhook-id": "id2" }]],
    ["time", (headers: Record<string, string>) => [body, { ...headers, "webhook-timestamp": String(now() - 1) }]],
    ["age", () => [body, signedHeaders("id1", now() - 3600, body, [secret])]],
    ["secret", () => [body, signedHeaders("id1", now(), body, [webhookSecret(OPERATOR, "fairpour", "wh_2", 1)])]],
  ] as [string, (headers: Record<string, string>) => [string, Record<string, string>]][])(
    "with another %s is refused",
    (_, change) => {
      const [text, headers] = change(signedHeaders("id1", now(), body, [secret]));
      expect(() => new Webhook(secretText(secret)).verify(text, headers)).toThrow();
    },
  );

  it("of two secrets is taken with either", () => {
    const next = webhookSecret(OPERATOR, "fairpour", "wh_1", 2);
    const headers = signedHeaders("id1", now(), body, [next, secret]);
    for (const one of [secret, next]) expect(new Webhook(secretText(one)).verify(body, headers)).toBeDefined();
  });
});

describe("a secret", () => {
  it("differs by operator secret, brand, webhook and generation, and is the same every time", () => {
    const all = [
      webhookSecret(OPERATOR, "fairpour", "wh_1", 1),
      webhookSecret(new Uint8Array(32).fill(0x12), "fairpour", "wh_1", 1),
      webhookSecret(OPERATOR, "other", "wh_1", 1),
      webhookSecret(OPERATOR, "fairpour", "wh_2", 1),
      webhookSecret(OPERATOR, "fairpour", "wh_1", 2),
    ].map(secretText);
    expect(new Set(all).size).toBe(5);
    expect(secretText(webhookSecret(OPERATOR, "fairpour", "wh_1", 1))).toBe(all[0]);
    for (const text of all) expect(text).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  });
});
