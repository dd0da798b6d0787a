// Webhooks: signed, at least once, in order for each order and session, retried, given up, replayed; and no way inside.
import { env } from "cloudflare:workers";
import { Webhook } from "standardwebhooks";
import { beforeEach, describe, expect, it } from "vitest";
import type { OrderEvent } from "../../contracts/events.ts";
import { WEBHOOKS_MAX } from "../../contracts/webhooks.ts";
import { apply } from "../../records/apply.ts";
import { choose } from "../../records/choices.ts";
import { recordsOf } from "../../records/database.ts";
import { forgetEvents, newestCursor } from "../../records/events.ts";
import { reportIncident } from "../../records/incidents.ts";
import { findOrder, type OrderRow } from "../../records/orders.ts";
import { crashEverywhere } from "./support/crash.ts";
import { call, operatorToken } from "./support/http.ts";
import { orderEvent, orderId } from "./support/order-event.ts";
import { type Answer, drive, madeWebhook, receiving, senderStub, takes } from "./support/receiver.ts";
import { freshId, freshWorld } from "./support/session.ts";
import { START_MS, world } from "./support/world.ts";

const records = recordsOf(env.DB, "fairpour");
const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;

let session = "";
beforeEach(async () => {
  freshWorld();
  session = freshId("hook");
  await env.DB.prepare("DELETE FROM webhooks").run();
});

const idOf = (number: number) => orderId(session, number);
const order = (number: number, version = 2, state: OrderEvent["state"] = "accepted") => orderEvent(session, number, version, state);
const happens = (...events: OrderEvent[]) => apply(records, events);
const admin = async (method: string, path: string, body?: unknown) =>
  call(method, `/v1/admin/webhooks${path}`, { token: await operatorToken(), ...(body === undefined ? {} : { body }) });
const desk = async (webhook: string) => (await admin("GET", `/${webhook}`)).body;
const status =
  (code: number): Answer =>
  () =>
    new Response("no", { status: code });
const brief = (sent: { type: string; entity: string }[]) => sent.map(({ type, entity }) => `${type} ${entity}`);

describe("a webhook", () => {
  it("shows its secret once, and is sent what happens from then on, signed", async () => {
    await happens(order(1));
    const { webhook, secret } = await madeWebhook();
    const { taken } = receiving();
    await happens(order(2), order(3, 3, "paid"));
    await drive(webhook, START_MS + 10 * SECOND);
    expect(brief(taken).sort()).toEqual([`order.accepted ${idOf(2)}`, `order.paid ${idOf(3)}`]);
    for (const { headers, body, id } of taken) {
      expect(headers["webhook-id"]).toBe(id);
      expect(headers["webhook-timestamp"]).toBe(String(START_MS / 1000));
      const mine = new Webhook(secret).sign(id, new Date(START_MS), body);
      expect(headers["webhook-signature"]).toBe(mine);
      expect(JSON.parse(body)).toMatchObject({ v: 1, id, data: { session } });
    }
    expect(await desk(webhook)).toMatchObject({ state: "enabled", pending: 0, dead: [] });
    for (const path of ["", `/${webhook}`]) expect((await admin("GET", path)).text).not.toContain("whsec_");
    expect(JSON.stringify(await env.DB.prepare("SELECT * FROM webhooks").all())).not.toContain(secret.slice(6));
  });

  it("is sent the types that it was made for, and nothing else", async () => {
    const { webhook } = await madeWebhook({ types: ["order.paid"] });
    const { taken } = receiving();
    await happens(order(1), order(2, 3, "paid"));
    await drive(webhook, START_MS + 10 * SECOND);
    expect(brief(taken)).toEqual([`order.paid ${idOf(2)}`]);
  });

  it("follows no redirect: one is a failure", async () => {
    const { webhook } = await madeWebhook();
    let asked = 0;
    world().receiver = async ({ redirect }) => {
      asked++;
      expect(redirect).toBe("manual");
      return new Response(null, { status: 307, headers: { Location: "http://169.254.169.254/" } });
    };
    await happens(order(1));
    await drive(webhook, START_MS + 3 * SECOND);
    expect(asked).toBe(1);
    expect(await desk(webhook)).toMatchObject({ pending: 1, failingSince: START_MS });
  });

  it("is asked nothing while it is disabled, and goes on where it was", async () => {
    const { webhook } = await madeWebhook();
    const { taken } = receiving();
    expect((await admin("POST", `/${webhook}/moves`, { to: "disabled" })).body).toMatchObject({
      state: "disabled",
      why: "operator",
    });
    await happens(order(1));
    await drive(webhook, START_MS + HOUR);
    expect(taken).toEqual([]);
    expect((await admin("POST", `/${webhook}/replay`, { after: "0" })).body.code).toBe("webhook_disabled");
    const enabled = await admin("POST", `/${webhook}/moves`, { to: "enabled" });
    expect(enabled.body).not.toHaveProperty("why");
    await drive(webhook, world().nowMs + HOUR);
    expect(brief(taken)).toEqual([`order.accepted ${idOf(1)}`]);
  });

  it("can be given another secret; for a day both sign", async () => {
    world().nowMs = Date.now();
    const { webhook, secret } = await madeWebhook();
    const { taken } = receiving();
    const changed = (await admin("POST", `/${webhook}/secret`, {})).body as { secret: string; previousUntil: number };
    expect(changed.secret).not.toBe(secret);
    await happens(order(1));
    await drive(webhook, world().nowMs + 10 * SECOND);
    for (const one of [secret, changed.secret]) {
      expect(new Webhook(one).verify(taken[0]?.body as string, taken[0]?.headers as Record<string, string>)).toBeDefined();
    }
    world().nowMs = changed.previousUntil * 1000;
    await happens(order(2));
    await drive(webhook, world().nowMs + HOUR);
    expect(taken[1]?.headers["webhook-signature"]?.split(" ")).toHaveLength(1);
    const at = new Date(Number(taken[1]?.headers["webhook-timestamp"]) * 1000);
    expect(taken[1]?.headers["webhook-signature"]).toBe(
      new Webhook(changed.secret).sign(taken[1]?.id as string, at, taken[1]?.body as string),
    );
  });
});

describe("an event that is not taken", () => {
  it("holds up its own order and nobody else's", async () => {
    const { webhook } = await madeWebhook();
    const { taken, answer } = receiving(({ entity }) =>
      entity === idOf(1) ? new Response(null, { status: 500 }) : new Response(),
    );
    await happens(order(1), order(2));
    await happens(order(1, 3, "paid"), order(2, 3, "paid"));
    await drive(webhook, START_MS + 60 * SECOND);
    expect(brief(taken)).toEqual([`order.accepted ${idOf(2)}`, `order.paid ${idOf(2)}`]);
    answer(takes);
    await drive(webhook, START_MS + HOUR);
    expect(brief(taken).slice(2)).toEqual([`order.accepted ${idOf(1)}`, `order.paid ${idOf(1)}`]);
  });

  it("holds up what follows in its incident, and not the orders that it is about", async () => {
    await happens(order(1, 3, "paid"));
    const { webhook } = await madeWebhook();
    const incident = `short-${session}`;
    const { taken, answer } = receiving(({ entity }) => new Response(null, { status: entity === incident ? 500 : 204 }));
    const skus = [{ sku: "wine", units: 0 }];
    const report = {
      incident,
      session,
      store: "north",
      kind: "shortage" as const,
      note: null,
      decideBy: 500,
      skus,
      at: 80,
      by: "o",
    };
    await reportIncident(records, report, "id-1");
    const row = (await findOrder(records, idOf(1))) as OrderRow;
    await choose(records, { order: row, incident, choice: "refund", by: "m-1", now: 90, id: "id-2" });
    await drive(webhook, START_MS + 60 * SECOND);
    expect(brief(taken)).toEqual([`order.refunded ${idOf(1)}`]);
    answer(takes);
    await drive(webhook, START_MS + HOUR);
    expect(brief(taken).slice(1)).toEqual([`incident.reported ${incident}`, `incident.chosen ${incident}`]);
  });

  it("is given up after ten attempts, shown with the reason, and replayed with its id", async () => {
    const { webhook } = await madeWebhook();
    const { asked, taken, answer } = receiving(({ entity }) =>
      entity === idOf(1) ? new Response(null, { status: 422 }) : new Response(),
    );
    await happens(order(1));
    await drive(webhook, START_MS + HOUR);
    // Others keep passing, so the receiver is not taken for dead.
    await happens(order(2));
    await drive(webhook, START_MS + 3 * DAY);
    expect(asked.filter(({ entity }) => entity === idOf(1))).toHaveLength(10);
    const { dead, pending } = (await desk(webhook)) as { dead: { cursor: string; id: string }[]; pending: number };
    expect([pending, dead]).toEqual([
      0,
      [expect.objectContaining({ type: "order.accepted", why: "status 422", id: asked[0]?.id })],
    ]);
    answer(takes);
    expect((await admin("POST", `/${webhook}/replay`, { event: dead[0]?.cursor })).body).toEqual({ replayed: "event" });
    await drive(webhook, world().nowMs + HOUR);
    expect(taken.at(-1)?.id).toBe(asked[0]?.id);
    expect(await desk(webhook)).toMatchObject({ pending: 0, dead: [] });
  });

  it.each<[string, Answer, string]>([
    ["an error", status(503), "status 503"],
    ["a redirect", status(302), "status 302"],
    ["no connection, of which nothing is told", () => undefined, "no connection"],
  ])("because of %s is sent again", async (_, answer, why) => {
    const { webhook } = await madeWebhook();
    const receiver = receiving(answer);
    await happens(order(1));
    await drive(webhook, START_MS + 3 * SECOND);
    receiver.answer(takes);
    await drive(webhook, START_MS + HOUR);
    expect([receiver.asked.length, receiver.taken.length]).toEqual([2, 1]);
    expect(receiver.asked[0]?.id).toBe(receiver.asked[1]?.id);
    receiver.answer(answer);
    await happens(order(2));
    await drive(webhook, START_MS + 2 * HOUR + 3 * DAY);
    expect((await desk(webhook)).dead).toMatchObject([{ why }]);
  });
});

describe("a receiver that takes nothing", () => {
  it("is asked with one event at a time, ever more rarely, and gets all of them in order afterwards", async () => {
    const { webhook } = await madeWebhook();
    const { asked, taken, answer } = receiving(() => undefined);
    await happens(...Array.from({ length: 60 }, (_, at) => order(at)));
    await happens(...Array.from({ length: 60 }, (_, at) => order(at, 3, "paid")));
    await drive(webhook, START_MS + HOUR);
    // 8 in the first round, then one each after 5 s, 10 s … 10 min.
    expect(asked.length).toBeLessThan(30);
    answer(takes);
    await drive(webhook, START_MS + 2 * DAY);
    expect(taken).toHaveLength(120);
    for (let at = 0; at < 60; at++) {
      expect(taken.filter(({ entity }) => entity === idOf(at)).map(({ type }) => type)).toEqual(["order.accepted", "order.paid"]);
    }
  });

  it("is disabled after five days, and said to be failing", async () => {
    const { webhook } = await madeWebhook();
    receiving(() => undefined);
    await happens(...Array.from({ length: 200 }, (_, at) => order(at)));
    await drive(webhook, START_MS + 5 * DAY - HOUR);
    expect(await desk(webhook)).toMatchObject({ state: "enabled" });
    await drive(webhook, START_MS + 6 * DAY);
    expect(await desk(webhook)).toMatchObject({ state: "disabled", why: "failing" });
  });

  it("and says 410 wants no more: disabled at once", async () => {
    const { webhook } = await madeWebhook();
    receiving(status(410));
    await happens(order(1));
    await drive(webhook, START_MS + 10 * SECOND);
    expect(await desk(webhook)).toMatchObject({ state: "disabled", why: "gone" });
  });

  it("for longer than events are kept goes on with what there is", async () => {
    const { webhook } = await madeWebhook();
    const { taken } = receiving();
    await admin("POST", `/${webhook}/moves`, { to: "disabled" });
    await happens(order(1), order(2), order(3));
    await forgetEvents(records, 4_000_000_000);
    await admin("POST", `/${webhook}/moves`, { to: "enabled" });
    await drive(webhook, START_MS + HOUR);
    expect(taken).toHaveLength(1);
    await happens(order(4));
    await drive(webhook, START_MS + 2 * HOUR);
    expect(taken).toHaveLength(2);
  });
});

describe("a replay", () => {
  it("from a cursor on sends everything after it again, with the same ids, in order", async () => {
    const { webhook } = await madeWebhook();
    const { taken } = receiving();
    const from = await newestCursor(records);
    for (const [version, state] of [
      [2, "accepted"],
      [3, "paid"],
    ] as const)
      await happens(order(1, version, state));
    await drive(webhook, START_MS + 10 * SECOND);
    expect((await admin("POST", `/${webhook}/replay`, { after: String(from) })).status).toBe(202);
    await drive(webhook, START_MS + HOUR);
    expect(taken.map(({ id }) => id)).toEqual([taken[0]?.id, taken[1]?.id, taken[0]?.id, taken[1]?.id]);
  });

  it.each([
    [{ event: "999999999" }, 404, "not_found"],
    [{ after: "999999999" }, 409, "unknown_cursor"],
    [{ after: "1", event: "1" }, 422, "invalid_input"],
    [{}, 422, "invalid_input"],
  ])("of %j is refused", async (input, code, name) => {
    const { webhook } = await madeWebhook();
    const answer = await admin("POST", `/${webhook}/replay`, input);
    expect([answer.status, answer.body.code]).toEqual([code, name]);
  });
});

describe("making a webhook", () => {
  it.each([
    ["http://shop.example.com/", /https/],
    ["https://169.254.169.254/latest/", /IP addresses/],
    ["https://[::ffff:10.0.0.1]/", /IP addresses/],
    ["https://localhost/", /without a dot/],
    ["https://metadata.google.internal/", /internal/],
    ["http://127.0.0.1:9/", /https/],
  ])("for %s is refused with the reason, and nothing is written", async (url, reason) => {
    const answer = await admin("POST", "", { url });
    expect([answer.status, answer.body.code]).toEqual([409, "webhook_address"]);
    expect(answer.body.detail).toMatch(reason);
    expect((await admin("GET", "")).body).toEqual({ webhooks: [] });
  });

  it("whose address is no longer allowed sends nothing there", async () => {
    const { webhook } = await madeWebhook();
    await env.DB.prepare("UPDATE webhooks SET url = 'https://10.0.0.1/'").run();
    const { asked } = receiving();
    await happens(order(1));
    await drive(webhook, START_MS + HOUR);
    expect(asked).toEqual([]);
    expect(await desk(webhook)).toMatchObject({ pending: 1 });
  });

  it(`stops at ${WEBHOOKS_MAX}`, async () => {
    for (let count = 0; count < WEBHOOKS_MAX; count++) await madeWebhook();
    expect((await admin("POST", "", { url: "https://shop.example.com/" })).body.code).toBe("too_many_webhooks");
  });

  it.each([
    ["GET", ""],
    ["POST", "/moves"],
    ["POST", "/secret"],
    ["POST", "/replay"],
  ])("that nobody made is not there: %s …%s", async (method, path) => {
    const body = path === "/moves" ? { to: "enabled" } : path === "/replay" ? { after: "0" } : {};
    const answer = await admin(method, `/wh_${"0".repeat(24)}${path}`, method === "GET" ? undefined : body);
    expect([answer.status, answer.body.code]).toEqual([404, "not_found"]);
  });
});

describe("whatever fails", () => {
  it("at any storage call, every event is sent, in order for each order, and nothing is left", async () => {
    const crashes = await crashEverywhere<{ webhook: string; receiver: ReturnType<typeof receiving> }>({
      object: () => "/webhook/",
      arrange: async () => {
        session = freshId("crash");
        const { webhook } = await madeWebhook();
        const receiver = receiving();
        await happens(order(1), order(2));
        await happens(order(1, 3, "paid"));
        return { webhook, receiver };
      },
      act: async (_, { webhook }) => {
        await drive(webhook, world().nowMs + 10 * SECOND);
      },
      check: async (_, { webhook, receiver: { taken } }) => {
        // The sweep wakes who has lost the alarm.
        await senderStub(webhook).wake(webhook, 0, false);
        await drive(webhook, world().nowMs + HOUR);
        const first = [...new Set(brief(taken))];
        expect(first.filter((text) => text.endsWith(idOf(1)))).toEqual([`order.accepted ${idOf(1)}`, `order.paid ${idOf(1)}`]);
        expect(first).toContain(`order.accepted ${idOf(2)}`);
        expect(await desk(webhook)).toMatchObject({ pending: 0, dead: [] });
        await admin("POST", `/${webhook}/moves`, { to: "disabled" });
      },
    });
    expect(crashes).toBeGreaterThan(4);
  });

  it("a reply that is lost means the same event with the same id again", async () => {
    const { webhook } = await madeWebhook();
    const { taken } = receiving();
    let lost = 0;
    world().fate = (call) => (call === "webhook" && lost++ === 0 ? "done-but-lost" : "ok");
    await happens(order(1));
    await drive(webhook, START_MS + HOUR);
    expect(taken.map(({ id }) => id)).toEqual([taken[0]?.id, taken[0]?.id]);
  });

  it("D1 that does not answer is asked again", async () => {
    const { webhook } = await madeWebhook();
    const { taken } = receiving();
    await happens(order(1));
    let calls = 0;
    world().fate = (call) => (call === "d1.batch" && calls++ < 3 ? "lost" : "ok");
    await drive(webhook, START_MS + 60 * SECOND);
    expect(taken).toHaveLength(1);
  });
});
