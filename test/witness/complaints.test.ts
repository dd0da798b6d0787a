// Complaints: only with a receipt that the session signed, only without what is private, counted in public and listed without a person.
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { Receipt } from "../../domain/draw/receipt.ts";
import { type ShownReceipt, shownReceipt } from "../../domain/proof/receipt.ts";
import { smallSession } from "../support/small-session.ts";
import { get, post } from "./support/http.ts";
import { ORIGIN, shop, TestLog } from "./support/shop.ts";

const stub = () => (env as unknown as { WITNESSED: DurableObjectNamespace }).WITNESSED.getByName(ORIGIN);
const PATH = `/logs/${ORIGIN}/complaints`;

const session = smallSession();
const ID = session.manifest.session;
const receipts = session.receipts.map((text) => JSON.parse(text) as Receipt);
/** What a person may show to others: eid instead of nonce and pid. */
const shown = (receipt: Receipt) => JSON.parse(shownReceipt(receipt)) as ShownReceipt;
const complaint = (receipt: object = shown(receipts[0] as Receipt), more: object = {}) =>
  JSON.stringify({ v: 1, type: "complaint", receipt, ...more });
const list = async () =>
  JSON.parse((await get(PATH)).text) as { sessions: object[]; newest: { receipt: object; received: number }[] };

beforeEach(async () => {
  await runInDurableObject(stub(), async (_, { storage }) => storage.deleteAll());
  await evictDurableObject(stub());
  const log = new TestLog([session.files.get("manifest.json") as Uint8Array<ArrayBuffer>]);
  shop().answer = (path) => log.file(path);
  await post("/add-checkpoint", log.request(0));
  await runDurableObjectAlarm(stub());
});

describe("a complaint", () => {
  it("with a signed receipt is counted and listed; the same receipt again counts once", async () => {
    const first = await post(PATH, complaint());
    expect([first.status, JSON.parse(first.text)]).toEqual([201, { session: ID, leaf: receipts[0]?.leaf, complaints: 1 }]);
    const again = await post(PATH, complaint(undefined, { text: "again" }));
    expect([again.status, JSON.parse(again.text).complaints]).toEqual([200, 1]);
    await post(PATH, complaint(shown(receipts[1] as Receipt)));
    await evictDurableObject(stub());
    expect((await list()).sessions).toEqual([{ session: ID, count: 2 }]);
    expect((await list()).newest.map(({ receipt }) => receipt)).toContainEqual(shown(receipts[0] as Receipt));
  });

  it("is listed without the words and the address that came with it", async () => {
    await post(PATH, complaint(undefined, { text: "CANARY-TEXT", contact: "CANARY-CONTACT" }));
    const { text } = await get(PATH);
    expect(text).toContain(receipts[0]?.leaf);
    expect(text).not.toContain("CANARY");
    const kept = await runInDurableObject(stub(), (_, { storage }) =>
      storage.sql.exec("SELECT text, contact FROM complaints").toArray(),
    );
    expect(kept).toEqual([{ text: "CANARY-TEXT", contact: "CANARY-CONTACT" }]);
  });

  const good = shown(receipts[0] as Receipt);
  const flip = (text: string) => (text.startsWith("0") ? "1" : "0") + text.slice(1);
  it.each<[string, string, number, string]>([
    ["that is not JSON", "{", 400, "unreadable"],
    ["that is nothing", "", 400, "unreadable"],
    ["that is too large", complaint(good, { text: "x".repeat(9_000) }), 413, "too_large"],
    ["with nonce and pid in it", complaint(receipts[0]), 422, "invalid_input"],
    ["with one private field left", complaint({ ...good, nonce: receipts[0]?.nonce }), 422, "invalid_input"],
    ["with a field that nobody asked for", complaint(good, { phone: "13800000000" }), 422, "invalid_input"],
    ["of another type", JSON.stringify({ v: 1, type: "praise", receipt: good }), 422, "invalid_input"],
    ["with a long text", complaint(good, { text: "x".repeat(501) }), 422, "invalid_input"],
    ["with a signature in capitals", complaint({ ...good, sig: good.sig.toUpperCase() }), 422, "invalid_input"],
    ["of a session that the log does not have", complaint({ ...good, session: "another" }), 404, "unknown_session"],
    ["under another manifest", complaint({ ...good, manifest: flip(good.manifest) }), 422, "not_signed"],
    ["with another signature", complaint({ ...good, sig: flip(good.sig) }), 422, "not_signed"],
    ["for another leaf", complaint({ ...good, leaf: flip(good.leaf) }), 422, "not_signed"],
    ["for another place", complaint({ ...good, index: good.index + 1 }), 422, "not_signed"],
    ["for another shard", complaint({ ...good, shard: 4000 }), 422, "not_signed"],
    ["for the same pool, written too large", complaint({ ...good, pools: [good.pools[0] + 2 ** 32] }), 422, "not_signed"],
    ["for another pool", complaint({ ...good, pools: [9999] }), 422, "not_signed"],
    ["for another eid", complaint({ ...good, eid: flip(good.eid) }), 422, "not_signed"],
    ["with a path cut short", complaint({ ...good, path: good.path.slice(1) }), 422, "not_signed"],
    ["for another group", complaint({ ...good, group: { ...good.group, size: good.group.size + 1 } }), 422, "not_signed"],
  ])("%s is refused, and nothing is kept", async (_, body, status, code) => {
    const answer = await post(PATH, body);
    expect([answer.status, JSON.parse(answer.text).code]).toEqual([status, code]);
    expect(await list()).toEqual({ sessions: [], newest: [] });
  });

  it("is refused for a while when there are too many, whoever they come from", async () => {
    const bad = complaint({ ...good, sig: flip(good.sig) });
    for (let tries = 0; tries < 120; tries++) expect((await post(PATH, bad)).status).toBe(422);
    const answer = await post(PATH, complaint());
    expect([answer.status, answer.headers.get("Retry-After")]).toEqual([429, "60"]);
  });
});
