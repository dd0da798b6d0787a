// A draft at the operator's desk: other plans, units spread over stores, checks, announcing, and what can be said afterwards.
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ChecksReply, DraftVersion, ProposalReply } from "../../contracts/planning.ts";
import type { PlanInput, SessionView } from "../../contracts/sessions.ts";
import { audited } from "./support/audit.ts";
import { seedGoods } from "./support/goods.ts";
import { type Answer, call, operatorToken } from "./support/http.ts";
import { auditedLog, provenFiles } from "./support/log.ts";
import { at, CLOSE, freshId, freshWorld, OPEN, planFor, runUntil, sessionOf } from "./support/session.ts";

let token: string;
beforeAll(async () => {
  await seedGoods();
  token = await operatorToken();
});
beforeEach(freshWorld);

const admin = (method: string, path: string, body?: unknown): Promise<Answer> =>
  call(method, `/v1/admin${path}`, { token, ...(body === undefined ? {} : { body }) });

/** A stock of its own for each session, so that no other test's stands in the way. */
const planOf = (id: string, changes: Partial<PlanInput> = {}) => ({ ...planFor(id).input, stock: id, ...changes });

async function drafted(changes: Partial<PlanInput> = {}): Promise<string> {
  const id = freshId("plan");
  const answer = await admin("POST", "/sessions", planOf(id, changes));
  expect([answer.status, answer.text]).toEqual([201, expect.stringContaining('"draft"')]);
  return id;
}

const POOLS = [
  { sku: "wine", store: "north", stock: 2 },
  { sku: "wine", store: "south", stock: 1 },
  { sku: "plush", store: "north", stock: 1 },
];
const allot = (id: string, pools: object[] = POOLS) => admin("PUT", `/sessions/${id}/allotment`, { pools });
const versionsOf = async (id: string) => (await admin("GET", `/sessions/${id}/versions`)).body.versions as DraftVersion[];

async function announced(changes: Partial<PlanInput> = {}): Promise<string> {
  const id = await drafted(changes);
  await allot(id);
  const answer = await admin("POST", `/sessions/${id}/announce`, {});
  expect([answer.status, answer.body.state]).toEqual([200, "announced"]);
  return id;
}

describe("a draft", () => {
  it("takes another plan as often as wanted, and keeps who made which version", async () => {
    const id = await drafted();
    expect((await admin("PUT", `/sessions/${id}/plan`, planOf(id, { wavesMax: 2 }))).status).toBe(200);
    await allot(id);
    const versions = await versionsOf(id);
    expect(versions.map(({ no, by }) => [no, by])).toEqual([
      [1, "operator"],
      [2, "operator"],
      [3, "operator"],
    ]);
    expect(versions.map(({ plan, allotment }) => plan?.wavesMax ?? allotment?.units)).toEqual([3, 2, 4]);
    expect(versions[2]?.allotment).toMatchObject({
      how: "hand",
      pools: 3,
      units: 4,
      root: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect((await admin("GET", `/sessions/${id}`)).body.plan).toMatchObject({ wavesMax: 2 });
  });

  it("makes no version of the same plan", async () => {
    const id = await drafted();
    expect((await admin("PUT", `/sessions/${id}/plan`, planOf(id))).status).toBe(200);
    expect((await versionsOf(id)).length).toBe(1);
  });

  it("takes no plan that what is allotted does not fit, nor one under another id", async () => {
    const id = await drafted();
    await allot(id);
    const answers = [
      await admin("PUT", `/sessions/${id}/plan`, planOf(id, { skus: ["plush"] })),
      await admin("PUT", `/sessions/${id}/plan`, planOf(id, { units: { wine: 2, plush: 9 } })),
      await admin("PUT", `/sessions/${id}/plan`, planOf("another")),
      await admin("PUT", `/sessions/${id}/plan`, planOf(id, { chain: "00".repeat(32) })),
    ];
    expect(answers.map(({ body }) => body.code)).toEqual(["unknown_sku", "exceeds_units", "invalid_input", "unknown_chain"]);
    expect((await versionsOf(id)).length).toBe(2);
  });

  it("takes nothing any more once it is announced", async () => {
    const id = await announced();
    expect((await admin("PUT", `/sessions/${id}/plan`, planOf(id, { wavesMax: 1 }))).body.code).toBe("not_draft");
    expect((await allot(id)).body.code).toBe("not_draft");
    expect((await versionsOf(id)).length).toBe(2);
  });
});

describe("units", () => {
  it("are not allotted beyond the plan's, whatever else the allotment says", async () => {
    const id = await drafted({ units: { wine: 3, plush: 1 } });
    expect((await allot(id)).status).toBe(200);
    expect((await allot(id, [...POOLS.slice(0, 2), { sku: "plush", store: "north", stock: 2 }])).body.code).toBe("exceeds_units");
    expect((await admin("GET", `/sessions/${id}`)).body.units).toBe(4);
  });

  it("come as a CSV file too, taken whole or refused row by row", async () => {
    const id = await drafted();
    const send = (raw: BodyInit) =>
      call("PUT", `/v1/admin/sessions/${id}/allotment`, { token, raw, headers: { "Content-Type": "text/csv" } });
    const bad = await send("sku,store,units\r\nwine,north,2\r\nwine,nowhere,1\r\nplush,north,x\r\n");
    expect([bad.status, bad.body.code, bad.body.refused]).toEqual([422, "invalid_input", 2]);
    expect(bad.body.rows).toMatchObject([
      { line: 3, column: "store", reason: "unknown_store" },
      { line: 4, column: "units", reason: "not_units" },
    ]);
    expect((await send(new Uint8Array([0xff, 0xfe, 0x73, 0x00]))).body.code).toBe("unreadable_body");
    expect((await send("sku;store;units\nwine;north;2")).body.rows).toMatchObject([{ line: 1, reason: "separator" }]);
    expect((await admin("GET", `/sessions/${id}`)).body.units).toBe(0);
    const good = await send("\ufeffsku,store,units\nwine,north,2\nplush,south,1\n");
    expect([good.status, good.body]).toEqual([200, { pools: 2, units: 3 }]);
    expect((await versionsOf(id)).at(-1)?.allotment?.how).toBe("csv");
  });

  it("are spread by largest remainder: first as a proposal, then in place of the allotment", async () => {
    const id = await drafted();
    const ask = { units: { wine: 10 }, spread: { weights: { north: 60, south: 35, west: 5 } } };
    const proposal = (await admin("POST", `/sessions/${id}/allotment/proposal`, ask)).body as unknown as ProposalReply;
    expect(proposal).toEqual({
      applied: false,
      pools: 2,
      units: 10,
      skus: [
        {
          sku: "wine",
          units: 10,
          lines: [
            { store: "north", weight: 60, quota: 6, floor: 6, rank: 3, units: 6 },
            { store: "south", weight: 35, quota: 3.5, floor: 3, rank: 1, units: 4 },
            { store: "west", weight: 5, quota: 0.5, floor: 0, rank: 2, units: 0 },
          ],
        },
      ],
    });
    expect((await admin("GET", `/sessions/${id}`)).body.units).toBe(0);
    await admin("POST", `/sessions/${id}/allotment/proposal`, { ...ask, apply: true });
    expect((await admin("GET", `/sessions/${id}/allotment?sku=wine`)).body).toEqual({
      sku: "wine",
      units: 10,
      pools: [
        { store: "north", stock: 6, wait: 12 },
        { store: "south", stock: 4, wait: 8 },
      ],
    });
    expect((await versionsOf(id)).at(-1)?.allotment?.how).toBe("proportional");
  });

  it.each([
    ["an unknown store", { units: { wine: 1 }, spread: { stores: ["nowhere"] } }, "unknown_store"],
    ["nobody with a weight", { units: { wine: 1 }, spread: { weights: { north: 0 } } }, "no_weight"],
    ["a product that the plan does not have", { units: { beer: 1 } }, "unknown_sku"],
    ["no product", { units: {} }, "invalid_input"],
    ["half a unit", { units: { wine: 0.5 } }, "invalid_input"],
  ])("are not spread over %s", async (_, ask, code) => {
    const id = await drafted();
    expect((await admin("POST", `/sessions/${id}/allotment/proposal`, { ...ask, apply: true })).body.code).toBe(code);
    expect((await admin("GET", `/sessions/${id}`)).body.units).toBe(0);
  });

  it("of one stock are in one session at a time", async () => {
    const stock = freshId("stock");
    const first = await drafted({ stock });
    await allot(first);
    const meanwhile = await drafted({ stock, open: OPEN + 30, close: CLOSE + 30 });
    const refused = await allot(meanwhile);
    expect([refused.status, refused.body.code, refused.body.overlap]).toEqual([
      409,
      "stock_overlap",
      { session: first, sku: "plush", stores: ["north"] },
    ]);
    expect((await allot(meanwhile, [{ sku: "wine", store: "west", stock: 1 }])).status).toBe(200);
    const later = await drafted({ stock, open: CLOSE, close: CLOSE + 60 });
    expect((await allot(later)).status).toBe(200);
    const other = await drafted({ stock: `${stock}-b` });
    expect((await allot(other)).status).toBe(200);
  });

  it("of a voided session are free again", async () => {
    const stock = freshId("stock");
    const first = await announced({ stock });
    const second = await drafted({ stock });
    expect((await allot(second)).body.code).toBe("stock_overlap");
    expect((await admin("POST", `/sessions/${first}/void`, { text: "Wrong units." })).status).toBe(202);
    expect((await allot(second)).status).toBe(200);
  });

  it("are not announced in two sessions whose plans were moved together after they were allotted", async () => {
    const stock = freshId("stock");
    const [first, second] = [await drafted({ stock }), await drafted({ stock, open: CLOSE, close: CLOSE + 60 })];
    await allot(first);
    await allot(second);
    expect((await admin("PUT", `/sessions/${second}/plan`, planOf(second, { stock }))).status).toBe(200);
    const refused = await admin("POST", `/sessions/${second}/announce`, {});
    expect([refused.status, refused.body.code]).toEqual([409, "stock_overlap"]);
    expect((await admin("GET", `/sessions/${second}`)).body.state).toBe("draft");
  });
});

describe("before announcing", () => {
  it("every check says how it stands", async () => {
    const id = await drafted({ expected: { reservations: 400 }, shards: 4, rules: "每人限一份" });
    await allot(id);
    const { mayAnnounce, checks } = (await admin("GET", `/sessions/${id}/checks`)).body as unknown as ChecksReply;
    expect(mayAnnounce).toBe(true);
    expect(Object.fromEntries(checks.map(({ check, state }) => [check, state]))).toEqual({
      times: "ok",
      beacon: "warn",
      witnesses: "warn",
      price: "ok",
      mix: "ok",
      age: "ok",
      text: "ok",
      stores: "ok",
      stock: "ok",
      overlap: "ok",
      shards: "ok",
      forecast: "ok",
    });
  });

  it("a session that fails checks is refused with the codes of all of them, and stays a draft", async () => {
    const id = await drafted({ expected: { reservations: 1e6, peakPerS: 10_000 }, shards: 4 });
    const refused = await admin("POST", `/sessions/${id}/announce`, {});
    expect([refused.status, refused.body.code]).toEqual([409, "not_allotted"]);
    expect((refused.body.checks as { code: string }[]).map(({ code }) => code)).toEqual(["not_allotted", "too_few_shards"]);
    expect((await admin("GET", `/sessions/${id}`)).body.state).toBe("draft");
  });

  it("a dry run shows the manifest to the byte, and fixes nothing", async () => {
    const id = await drafted({ feePoints: 50 });
    await allot(id);
    const dry = await admin("POST", `/sessions/${id}/announce?dry=1`, {});
    expect([dry.status, dry.body.mayAnnounce]).toEqual([200, true]);
    expect((await allot(id)).status).toBe(200);
    await admin("POST", `/sessions/${id}/announce`, {});
    expect((await call("GET", `/draws/${id}/manifest.json`)).body).toEqual(dry.body.manifest);
    expect(((await call("GET", `/v1/sessions/${id}`)).body.rules as { feePoints: number }).feePoints).toBe(50);
    expect((await admin("GET", `/sessions/${id}/checks`)).body.code).toBe("not_draft");
  });

  it("announcing again gives the same manifest, checks or not", async () => {
    const id = await announced();
    const [first, again] = [
      await admin("POST", `/sessions/${id}/announce`, {}),
      await admin("POST", `/sessions/${id}/announce`, {}),
    ];
    expect([first.status, again.text]).toEqual([200, first.text]);
  });

  it("a forecast tells odds and dollars from what is expected", async () => {
    const id = await drafted({ expected: { reservations: 400 } });
    await allot(id);
    const { body } = await admin("GET", `/sessions/${id}/forecast`);
    expect(body).toMatchObject({ session: id, basis: "expected", reservations: 400, units: 4, pools: 3, odds: 0.01 });
  });
});

describe("what a session offers", () => {
  it("is told product by product, for ever", async () => {
    const id = await announced();
    const view = (await call("GET", `/v1/sessions/${id}`)).body as unknown as SessionView;
    expect(view.offers).toEqual([
      { sku: "plush", first: 1, pools: 1, units: 1 },
      { sku: "wine", first: 2, pools: 2, units: 3 },
    ]);
    expect(view.pools.map(({ pool, sku, store }) => [pool, sku, store])).toEqual([
      [1, "plush", "north"],
      [2, "wine", "north"],
      [3, "wine", "south"],
    ]);
    const all = await call("GET", `/v1/sessions/${id}/offers`);
    expect(all.body).toEqual({ offers: view.offers });
    const wine = await call("GET", `/v1/sessions/${id}/offers/wine`);
    expect(wine.body).toEqual({ sku: "wine", first: 2, stores: ["north", "south"], stock: [2, 1], wait: [4, 2] });
    expect(wine.headers.get("Cache-Control")).toContain("immutable");
    const etag = wine.headers.get("ETag") as string;
    expect((await call("GET", `/v1/sessions/${id}/offers/wine`, { headers: { "If-None-Match": etag } })).status).toBe(304);
    expect(all.headers.get("ETag")).not.toBe(etag);
    expect((await call("GET", `/v1/sessions/${id}/offers/beer`)).status).toBe(404);
    expect((await call("GET", "/v1/sessions/nobody/offers/wine")).status).toBe(404);
  });

  it("makes a view of thousands of pools no longer than one of a few", async () => {
    const stores = Array.from({ length: 600 }, (_, number) => `many-${String(number).padStart(3, "0")}`);
    await seedGoods(stores);
    const id = await drafted();
    const pools = ["wine", "plush"].flatMap((sku) => stores.map((store) => ({ sku, store, stock: 1 })));
    await allot(id, pools);
    await admin("POST", `/sessions/${id}/announce`, {});
    const answer = await call("GET", `/v1/sessions/${id}`);
    expect((answer.body as unknown as SessionView).pools).toEqual([]);
    expect(answer.text.length).toBeLessThan(2000);
    const list = (await call("GET", `/v1/sessions/${id}/offers/wine`)).body as { stores: string[]; first: number };
    expect([list.first, list.stores.length, list.stores[0]]).toEqual([601, 600, "many-000"]);
  });
});

describe("after announcing", () => {
  const bulletin = { text: { "zh-CN": "北店搬到二楼。", en: "The north store is on the second floor now." } };

  it("a bulletin stands in the log and in the open, once, and the audit holds as before", async () => {
    const id = await announced();
    const first = await admin("POST", `/sessions/${id}/bulletins`, bulletin);
    expect([first.status, first.body.bulletin]).toMatchObject([202, { no: 1, text: bulletin.text }]);
    expect((await admin("POST", `/sessions/${id}/bulletins`, bulletin)).text).toBe(first.text);
    const file = await call("GET", `/draws/${id}/bulletins/1.json`);
    expect(file.body).toMatchObject({ type: "bulletin", session: id, no: 1, text: bulletin.text });
    expect((await call("GET", `/draws/${id}/bulletins/1.tlog-proof`)).status).toBe(200);
    expect((await call("GET", `/v1/sessions/${id}`)).body.bulletins).toEqual([first.body.bulletin]);
    expect((await admin("GET", `/sessions/${id}`)).body.bulletins).toMatchObject([{ no: 1, by: "operator" }]);
    const own = (await auditedLog())
      .map((entry) => JSON.parse(new TextDecoder().decode(entry)))
      .filter(({ session }) => session === id);
    expect(own.map(({ type }) => type)).toEqual(["manifest", "bulletin"]);
    await runUntil(id, CLOSE + 1000);
    expect(await provenFiles(id)).toContain("result");
    await audited(id);
  });

  it("none is added once it is open, nor to a draft", async () => {
    const draft = await drafted();
    expect((await admin("POST", `/sessions/${draft}/bulletins`, bulletin)).status).toBe(404);
    const id = await announced();
    at(OPEN);
    expect((await admin("POST", `/sessions/${id}/bulletins`, bulletin)).body.code).toBe("too_late_to_amend");
    expect((await call("GET", `/draws/${id}/bulletins/1.json`)).status).toBe(404);
  });

  it("there are twenty at most", async () => {
    const id = await announced();
    const say = (no: number) => sessionOf(id).say({ "zh-CN": "告", en: `Bulletin ${no}` }, "operator");
    for (let no = 1; no <= 20; no++) expect((await say(no)).ok).toBe(true);
    expect(await say(21)).toEqual({ ok: false, refusal: "too_many_bulletins" });
  });

  it("what the manifest fixes is changed by a void that names the session in its place", async () => {
    const id = await announced();
    expect((await admin("POST", `/sessions/${id}/void`, { text: "More units.", rollTo: "nobody" })).body.code).toBe(
      "unknown_session",
    );
    expect((await admin("POST", `/sessions/${id}/void`, { text: "More units.", rollTo: id })).body.code).toBe("unknown_session");
    const next = await drafted();
    expect((await admin("POST", `/sessions/${id}/void`, { text: "More units.", rollTo: next })).status).toBe(202);
    expect((await call("GET", `/draws/${id}/void.json`)).body).toMatchObject({ cause: "operator", rollTo: next });
    expect((await call("GET", `/v1/sessions/${id}`)).body.voided).toMatchObject({ text: "More units.", rollTo: next });
  });
});
