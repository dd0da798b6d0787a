// Templates over HTTP: one rule, a year of sessions, each drafted once; and what the night's run does by itself.
import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Drafted, OccurrenceView } from "../../contracts/templates.ts";
import { planAhead } from "../../workers/edge/templates.ts";
import { TEST_CHAIN } from "./support/beacon.ts";
import { seedGoods } from "./support/goods.ts";
import { type Answer, call, operatorToken } from "./support/http.ts";
import { freshId, freshWorld, planFor } from "./support/session.ts";

let token: string;
beforeAll(async () => {
  await seedGoods();
  token = await operatorToken();
});
beforeEach(freshWorld);

const admin = (method: string, path: string, body?: unknown): Promise<Answer> =>
  call(method, `/v1/admin${path}`, { token, ...(body === undefined ? {} : { body }) });

/** The stock is the template's own, so that no other test's sessions stand in the way. */
const templateOf = (template: string, changes: object = {}) => ({
  template,
  title: { "zh-CN": "每日申购 {date}", en: "Daily draw of {date}" },
  market: "CN",
  rule: { kind: "daily", at: "09:00", lengthS: 3600 },
  plan: { chain: TEST_CHAIN.hash, skus: ["wine"], stock: template, rules: "每人限一份" },
  units: { wine: 10 },
  spread: { weights: { north: 2, south: 1 } },
  ...changes,
});

async function created(changes: object = {}): Promise<string> {
  const id = freshId("tpl");
  const answer = await admin("POST", "/templates", templateOf(id, changes));
  expect([answer.status, answer.body.version, answer.text]).toEqual([201, 1, expect.any(String)]);
  return id;
}

const draftsOf = async (id: string, from: string, to = from) =>
  (await admin("POST", `/templates/${id}/drafts`, { from, to })).body as unknown as { sessions: Drafted[]; next?: string };

describe("a template", () => {
  it("is made once, changed by version, and keeps who changed it", async () => {
    const id = await created();
    expect((await admin("POST", "/templates", templateOf(id))).status).toBe(200);
    expect((await admin("POST", "/templates", templateOf(id, { draftDays: 9 }))).body.code).toBe("template_exists");
    expect((await admin("PUT", `/templates/${id}`, templateOf(id, { draftDays: 9 }))).body).toEqual({ template: id, version: 2 });
    expect((await admin("PUT", `/templates/${id}`, templateOf(id, { draftDays: 9 }))).body.version).toBe(2);
    const { body } = await admin("GET", `/templates/${id}`);
    expect(body).toMatchObject({ template: id, version: 2, draftDays: 9, announce: "operator", by: "operator" });
    expect((body.versions as { version: number }[]).map(({ version }) => version)).toEqual([1, 2]);
    const list = (await admin("GET", "/templates")).body.templates as { template: string; version: number }[];
    expect(list.filter(({ template }) => template === id).map(({ version }) => version)).toEqual([2]);
  });

  it.each<[string, object, string, RegExp]>([
    [
      "31 February",
      { rule: { kind: "festival", calendar: "solar", month: 2, day: 31, at: "09:00", lengthS: 60 } },
      "/rule/day",
      /February never has a day 31/,
    ],
    [
      "the 31st of each month",
      { rule: { kind: "monthly", day: 31, at: "09:00", lengthS: 60 } },
      "/rule/day",
      /not every month has a day 31/,
    ],
    ["a time that is none", { rule: { kind: "daily", at: "24:00", lengthS: 60 } }, "/rule/at", /HH:MM/],
    ["a window without end", { rule: { kind: "daily", at: "09:00", lengthS: 90_000 } }, "/rule/lengthS", /into the next one/],
    ["a zone that is none", { timeZone: "Mars/Olympus" }, "/timeZone", /time zone/],
    ["a plan that no session would have", { plan: { chain: TEST_CHAIN.hash, skus: [] } }, "/plan/skus", /./],
    ["a plan without products", { plan: { chain: TEST_CHAIN.hash } }, "/plan/skus", /./],
    [
      "a plan with times of its own",
      { plan: { chain: TEST_CHAIN.hash, skus: ["wine"], open: 5 } },
      "/plan/open",
      /follows from the template/,
    ],
    ["a plan with a member that is none", { plan: { chain: TEST_CHAIN.hash, skus: ["wine"], theme: 1 } }, "/plan/theme", /./],
    ["announcing by itself what is drafted too late for it", { announce: "auto", draftDays: 2 }, "/draftDays", /3 days/],
  ])("with %s is refused where it is wrong", async (_, changes, pointer, detail) => {
    const answer = await admin("POST", "/templates", templateOf(freshId("tpl"), changes));
    expect([answer.status, answer.body.code]).toEqual([422, "invalid_input"]);
    const errors = answer.body.errors as { pointer: string; detail: string }[];
    expect(errors.map((error) => error.pointer)).toContain(pointer);
    expect(errors.find((error) => error.pointer === pointer)?.detail).toMatch(detail);
  });

  it("of a market without rules is refused", async () => {
    expect((await admin("POST", "/templates", templateOf(freshId("tpl"), { market: "XX" }))).body.code).toBe("unknown_market");
  });

  it("shows a year of occurrences, and the last moment to announce each", async () => {
    const id = await created({ rule: { kind: "monthly", day: 29, orLast: true, at: "20:00", lengthS: 3600 } });
    const { body } = await admin("GET", `/templates/${id}/occurrences?from=2027-01-01&days=365`);
    const list = body.occurrences as OccurrenceView[];
    expect(list.length).toBe(12);
    expect(list[1]).toEqual({
      session: `${id}-20270228`,
      date: "2027-02-28",
      open: Date.UTC(2027, 1, 28, 12) / 1000,
      close: Date.UTC(2027, 1, 28, 13) / 1000,
      shown: "once",
      announceBy: Date.UTC(2027, 1, 27, 12) / 1000,
      drafted: false,
    });
    await draftsOf(id, "2027-02-01", "2027-02-28");
    const again = (await admin("GET", `/templates/${id}/occurrences?from=2027-02-01&days=28`)).body.occurrences as OccurrenceView[];
    expect(again.map(({ drafted }) => drafted)).toEqual([true]);
  });

  it("of a feast is announced a week ahead", async () => {
    const rule = { kind: "festival", calendar: "lunar", month: 1, day: 1, at: "09:00", lengthS: 43_200 };
    const id = await created({ rule });
    const { body } = await admin("GET", `/templates/${id}/occurrences?from=2027-01-01`);
    expect((body.occurrences as OccurrenceView[]).map(({ date, open, announceBy }) => [date, open - announceBy])).toEqual([
      ["2027-02-06", 7 * 86_400],
    ]);
    await draftsOf(id, "2027-02-06");
    expect((await admin("GET", `/sessions/${id}-20270206`)).body.plan).toMatchObject({ leads: { announceS: 7 * 86_400 } });
  });

  it.each([
    ["from=2027-02-29", "/from"],
    ["days=0", "/days"],
    ["days=367", "/days"],
    ["days=x", "/days"],
  ])("refuses to show %s", async (query, pointer) => {
    const id = await created();
    const { body } = await admin("GET", `/templates/${id}/occurrences?${query}`);
    expect([body.code, (body.errors as { pointer: string }[])[0]?.pointer]).toEqual(["invalid_input", pointer]);
  });
});

describe("drafting", () => {
  it("makes one session of an occurrence, however often it is asked for", async () => {
    const id = await created();
    const first = await draftsOf(id, "2027-03-01", "2027-03-03");
    expect(first.sessions.map(({ session, done }) => [session, done])).toEqual([
      [`${id}-20270301`, "drafted"],
      [`${id}-20270302`, "drafted"],
      [`${id}-20270303`, "drafted"],
    ]);
    const again = await draftsOf(id, "2027-03-02", "2027-03-04");
    expect(again.sessions.map(({ done }) => done)).toEqual(["exists", "exists", "drafted"]);
    const { body } = await admin("GET", `/sessions/${id}-20270301`);
    expect(body).toMatchObject({
      state: "draft",
      pools: 2,
      units: 10,
      plan: {
        title: { "zh-CN": "每日申购 2027-03-01", en: "Daily draw of 2027-03-01" },
        open: Date.UTC(2027, 2, 1, 1) / 1000,
        units: { wine: 10 },
      },
    });
    const versions = (await admin("GET", `/sessions/${id}-20270301/versions`)).body.versions as { allotment?: { how: string } }[];
    expect(versions.map(({ allotment }) => allotment?.how)).toEqual([undefined, "proportional"]);
  });

  it("two at once make one session too", async () => {
    const id = await created();
    const both = await Promise.all([draftsOf(id, "2027-03-01"), draftsOf(id, "2027-03-01")]);
    expect(both.flatMap(({ sessions }) => sessions.map(({ done }) => done)).filter((done) => done === "refused")).toEqual([]);
    expect((await admin("GET", `/sessions/${id}-20270301`)).body.units).toBe(10);
  });

  it("leaves alone what an operator has changed, and what a newer version of the template would make otherwise", async () => {
    const id = await created();
    await draftsOf(id, "2027-03-01");
    await admin("PUT", `/sessions/${id}-20270301/allotment`, { pools: [{ sku: "wine", store: "west", stock: 3 }] });
    await admin("PUT", `/templates/${id}`, templateOf(id, { units: { wine: 99 } }));
    const again = await draftsOf(id, "2027-03-01", "2027-03-02");
    expect(again.sessions.map(({ done }) => done)).toEqual(["exists", "drafted"]);
    const units = await Promise.all(
      ["01", "02"].map(async (day) => (await admin("GET", `/sessions/${id}-202703${day}`)).body.units),
    );
    expect(units).toEqual([3, 99]);
  });

  it("says of each day why it could not be drafted, and drafts the others", async () => {
    const id = await created();
    await admin("POST", "/sessions", { ...(await planFromDraft(id)), session: `${id}-20270301` });
    const { sessions } = await draftsOf(id, "2027-03-01", "2027-03-02");
    expect(sessions.map(({ done, code }) => [done, code])).toEqual([
      ["refused", "session_exists"],
      ["drafted", undefined],
    ]);
  });

  it("goes on in steps where a range is long", async () => {
    const id = await created({ units: undefined });
    const first = await draftsOf(id, "2027-01-01", "2027-12-31");
    expect([first.sessions.length, first.next]).toEqual([50, "2027-02-20"]);
  });

  it.each([
    [{ from: "2027-03-02", to: "2027-03-01" }, "/to"],
    [{ from: "2027-01-01", to: "2029-01-01" }, "/to"],
    [{ from: "2027-02-30", to: "2027-03-01" }, "/from"],
  ])("refuses %j", async (range, pointer) => {
    const id = await created();
    const { body } = await admin("POST", `/templates/${id}/drafts`, range);
    expect([body.code, (body.errors as { pointer: string }[])[0]?.pointer]).toEqual(["invalid_input", pointer]);
  });
});

/** Another plan than the template's. */
const planFromDraft = async (stock: string) => ({
  session: stock,
  title: { "zh-CN": "别", en: "other" },
  market: "CN",
  open: 1_900_000_000,
  close: 1_900_000_060,
  chain: TEST_CHAIN.hash,
  skus: ["wine"],
  stock,
});

describe("the night's run", () => {
  const TODAY = Date.UTC(2027, 5, 1, 12) / 1000;
  const run = () => planAhead(env, TODAY, [TEST_CHAIN]);
  const statesOf = (id: string, days: string[]) =>
    Promise.all(days.map(async (day) => (await admin("GET", `/sessions/${id}-${day}`)).body.state ?? "none"));
  const DAYS = ["20270601", "20270602", "20270603", "20270604", "20270605"];

  it("drafts ahead what can still be announced, and announces nothing unless the template says so", async () => {
    const id = await created({ draftDays: 3 });
    await run();
    await run();
    // The first opened already, the second would have had to be announced by 09:00 of the day before.
    expect(await statesOf(id, DAYS)).toEqual(["none", "none", "draft", "draft", "none"]);
  });

  it("announces what would be too late in two nights, where the template says so and no check fails", async () => {
    const good = await created({ draftDays: 4, announce: "auto" });
    const bad = await created({ draftDays: 4, announce: "auto", units: undefined });
    await run();
    expect(await statesOf(good, DAYS)).toEqual(["none", "none", "announced", "announced", "draft"]);
    expect(await statesOf(bad, DAYS)).toEqual(["none", "none", "draft", "draft", "draft"]);
  });

  it("forgets what was held for windows that are over", async () => {
    const id = await created();
    await draftsOf(id, "2027-03-01");
    const other = freshId("other");
    const { open, close } = (await admin("GET", `/sessions/${id}-20270301`)).body.plan as { open: number; close: number };
    await admin("POST", "/sessions", { ...planFor(other).input, skus: ["wine"], stock: id, open, close });
    const allot = () => admin("PUT", `/sessions/${other}/allotment`, { pools: [{ sku: "wine", store: "north", stock: 1 }] });
    expect((await allot()).body.code).toBe("stock_overlap");
    await run();
    expect((await allot()).status).toBe(200);
  });

  it("does nothing for a paused template", async () => {
    const id = await created({ draftDays: 4, announce: "auto", paused: true });
    await run();
    expect(await statesOf(id, DAYS)).toEqual(["none", "none", "none", "none", "none"]);
  });
});
