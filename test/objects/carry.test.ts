// Export and import: every table is accounted for, rows arrive as they left, a collection moves whole or not at all, and the log goes on.
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { getTableConfig } from "drizzle-orm/sqlite-core";
import { beforeEach, describe, expect, it } from "vitest";
import type { ImportInput } from "../../contracts/carry.ts";
import { settingsOf } from "../../contracts/settings.ts";
import { objectBytes } from "../../domain/draw/manifest.ts";
import * as carryTables from "../../records/carry-tables.ts";
import { COLLECTIONS, type Collection, collectionNamed, DERIVED, fieldsOf } from "../../records/collections.ts";
import { recordsOf } from "../../records/database.ts";
import { eventsAfter } from "../../records/events.ts";
import { countRows, pageOf, sessionsUnderWay } from "../../records/export.ts";
import { beginImport, commitRows, endImport, importState, isEmpty, keepRows } from "../../records/import.ts";
import { logOf as logFacts } from "../../workers/admin/export.ts";
import { crashEverywhere } from "./support/crash.ts";
import { call, operatorToken } from "./support/http.ts";
import { auditedLog } from "./support/log.ts";
import { freshId, freshWorld, logOf } from "./support/session.ts";

const source = recordsOf(env.DB, "source");

const ROWS: { [table: string]: string[] } = {
  products: [
    '(\'source\', \'wine\', \'flagship\', \'wine\', 1, \'{"zh-CN":"酒","en":"Wine \\u00b7 \\"new\\""}\', \'{"zh-CN":"故事","en":"Story"}\', NULL, \'["feast"]\', 3600, \'[]\', 4)',
    "('source', 'doll', 'merch', 'doll', 0, '{\"zh-CN\":\"娃娃\",\"en\":\"Doll\"}', '{\"zh-CN\":\"\",\"en\":\"\"}', 0, '[]', NULL, '[]', 1)",
  ],
  sessions: [
    "('source', 'a', 7, 'settled', 1800000000, '{\"session\":\"a\",\"waves\":[]}', NULL)",
    "('source', 'b', 0, 'draft', 1800000000, NULL, NULL)",
  ],
  stores: [
    '(\'source\', \'north\', \'CN\', \'{"zh-CN":"北","en":"N"}\', \'{"zh-CN":"北","en":"N"}\', \'{"zh-CN":"北","en":"N"}\', \'{"zh-CN":"北","en":"N"}\', 40, 116.4074, \'Asia/Shanghai\', \'{"week":["09:00-18:00"],"dates":{}}\', \'open\', \'["pickup"]\', 40, NULL, \'[]\', NULL, \'Ada\')',
  ],
  orders: [1, 2].map(
    (at) =>
      `('source', 'a~1~${at}', 4, 'paid', 'a', 1, ${at}, 'wine', 'north', 'm-${at}', 100, 'CNY', 1, 2, 1, NULL, NULL, NULL, 0)`,
  ),
  incidents: [
    "('source', 'short-of-wine', 'wine', 'a', 'north', 'shortage', 1, NULL, 1800000000, 1800000000, 'operator', 1800000000)",
  ],
  incident_events: [
    "('source', 'short-of-wine', 1, 'i-1', 'reported', NULL, 'north', NULL, 1800000000, 'operator')",
    "('source', 'short-of-wine', 2, 'i-2', 'wait', 'a~1~2', 'north', NULL, 1800000000, 'm-2')",
    "('source', 'short-of-wine', 3, 'i-3', 'ended', NULL, 'north', NULL, 1800000000, 'operator')",
  ],
  deliveries: Array.from({ length: 7 }, (_, at) => `('source', 'north', 'd-${at}', 'a', 'wine', ${at + 1}, 1800000000, 'device')`),
};

const nameOf = (table: Collection): string => table.name;
const get = (name: string): Collection => collectionNamed(name) as Collection;

async function allRows(records: typeof source, collection: Collection, limit = 500): Promise<object[]> {
  const rows: object[] = [];
  let after: (string | number)[] | undefined;
  do {
    const page = await pageOf(records, collection, after, limit);
    rows.push(...page.rows);
    after = page.last as (string | number)[] | undefined;
  } while (after);
  return rows;
}

beforeEach(async () => {
  freshWorld();
  await env.DB.batch(
    Object.entries(ROWS).map(([table, rows]) => env.DB.prepare(`INSERT OR IGNORE INTO ${table} VALUES ${rows.join(", ")}`)),
  );
});

describe("the tables of the database", () => {
  it("are each in one collection, or listed as derived", async () => {
    const { results } = await env.DB.prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf_%' AND name <> 'd1_migrations' AND name NOT LIKE 'product_texts_%'",
    ).all<{ name: string }>();
    expect([...COLLECTIONS.map(nameOf), ...DERIVED].sort()).toEqual(results.map(({ name }) => name).sort());
  });

  it.each(COLLECTIONS.map((one) => [one.name, one] as const))("%s travels with every column, by its key", async (name, one) => {
    const { results } = await env.DB.prepare(`SELECT name, pk, "notnull", dflt_value FROM pragma_table_info('${name}')`).all<{
      name: string;
      pk: number;
      notnull: number;
      dflt_value: string | null;
    }>();
    const columns = [...one.columns.map(({ column }) => column), ...Object.keys(one.stays)];
    expect(["brand", ...columns].sort()).toEqual(results.map((column) => column.name).sort());
    const key = results.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
    expect(["brand", ...one.key.map(({ column }) => column)]).toEqual(key.map((column) => column.name));
    const required = results.filter(({ notnull, dflt_value }) => notnull === 1 && dflt_value === null).map((column) => column.name);
    // What the database asks of a row, an export has to have.
    for (const { column, isRequired } of one.columns) if (!isRequired) expect(required).not.toContain(column);
  });

  it.each(Object.values(carryTables).map((table) => [getTableConfig(table).name, getTableConfig(table)] as const))(
    "%s has the columns that the code expects",
    async (name, { columns }) => {
      const { results } = await env.DB.prepare(`SELECT name FROM pragma_table_info('${name}')`).all<{ name: string }>();
      expect(columns.map((column) => column.name).sort()).toEqual(results.map((column) => column.name).sort());
    },
  );
});

describe("rows", () => {
  it("leave page by page in the order of their key, each once, with the values that the code works with", async () => {
    const deliveries = await allRows(source, get("deliveries"), 3);
    expect(deliveries).toHaveLength(7);
    expect(deliveries).toEqual(await allRows(source, get("deliveries")));
    const products = await allRows(source, get("products"));
    expect(products[1]).toEqual({
      product: "wine",
      tier: "flagship",
      family: "wine",
      alcohol: true,
      name: { "zh-CN": "酒", en: 'Wine · "new"' },
      story: { "zh-CN": "故事", en: "Story" },
      released: null,
      scenes: ["feast"],
      coldPickupS: 3600,
      limits: [],
      version: 4,
    });
    expect(await countRows(source)).toMatchObject({ products: 2, deliveries: 7, orders: 2 });
  });

  it("arrive as they left, whichever collection and however cut", async () => {
    const target = recordsOf(env.DB, freshId("target"));
    expect(await isEmpty(target)).toBe(true);
    const counts = await countRows(source);
    const wanted = Object.fromEntries(
      COLLECTIONS.map((one) => [one.name, { rows: counts[one.name] as number, fields: fieldsOf(one).map(({ field }) => field) }]),
    );
    await beginImport(target, "aa", wanted);
    for (const one of COLLECTIONS) {
      const rows = await allRows(source, one);
      for (let from = 0; from < rows.length; from += 2) await keepRows(target, one, from, rows.slice(from, from + 2));
      expect(await commitRows(target, one)).toBeUndefined();
    }
    expect(await endImport(target)).toBe(true);
    for (const one of COLLECTIONS)
      expect(JSON.stringify(await allRows(target, one))).toBe(JSON.stringify(await allRows(source, one)));
    expect(await importState(target)).toBeUndefined();
    expect(await isEmpty(target)).toBe(false);
  });

  it("are no news: the feed tells of none, and of what happens once their collection is there", async () => {
    const told = async (records: typeof source) => {
      const page = await eventsAfter(records, undefined, 500);
      return page.ok ? page.value.events.map(({ type }) => type) : page.refusal;
    };
    expect(new Set(await told(source))).toEqual(
      new Set(["session.settled", "order.paid", "delivery.received", "incident.reported", "incident.chosen", "incident.ended"]),
    );
    const target = recordsOf(env.DB, freshId("target"));
    const counts = await countRows(source);
    const wanted = Object.fromEntries(
      COLLECTIONS.map((one) => [one.name, { rows: counts[one.name] as number, fields: fieldsOf(one).map(({ field }) => field) }]),
    );
    await beginImport(target, "aa", wanted);
    for (const one of COLLECTIONS) {
      await keepRows(target, one, 0, await allRows(source, one));
      expect(await commitRows(target, one)).toBeUndefined();
    }
    expect(await told(target)).toEqual([]);
    await env.DB.prepare("UPDATE orders SET state = 'refunded' WHERE brand = ?1 AND order_id = 'a~1~1'").bind(target.brand).run();
    await env.DB.prepare(`INSERT INTO deliveries VALUES (?1, 'north', 'd-9', 'a', 'wine', 1, 1800000000, 'device')`)
      .bind(target.brand)
      .run();
    expect(await told(target)).toEqual(["order.refunded", "delivery.received"]);
    expect(await endImport(target)).toBe(true);
  });

  it("of a collection that is not whole, or has one bad row, none arrives", async () => {
    const target = recordsOf(env.DB, freshId("target"));
    const deliveries = get("deliveries");
    const rows = await allRows(source, deliveries);
    const fields = fieldsOf(deliveries).map(({ field }) => field);
    await beginImport(target, "aa", { deliveries: { rows: 7, fields }, items: { rows: 0, fields: [] } });
    await keepRows(target, deliveries, 0, rows.slice(0, 6));
    expect(await commitRows(target, deliveries)).toBe("import_incomplete");
    // The seventh has the key of the first.
    await keepRows(target, deliveries, 6, rows.slice(0, 1));
    expect(await commitRows(target, deliveries)).toBe("import_refused");
    expect(await allRows(target, deliveries)).toEqual([]);
    expect(await endImport(target)).toBe(false);
    expect((await importState(target))?.collections).toEqual({
      deliveries: { arrived: 7, done: false },
      items: { arrived: 0, done: false },
    });
  });

  it("that arrive twice, or with a gap before them, are not kept again", async () => {
    const target = recordsOf(env.DB, freshId("target"));
    const deliveries = get("deliveries");
    const rows = await allRows(source, deliveries);
    await beginImport(target, "aa", { deliveries: { rows: 7, fields: fieldsOf(deliveries).map(({ field }) => field) } });
    expect(await keepRows(target, deliveries, 0, rows.slice(0, 3))).toBe(3);
    expect(await keepRows(target, deliveries, 0, rows.slice(0, 3))).toBe(3);
    expect(await keepRows(target, deliveries, 5, rows.slice(5))).toBe(3);
    expect(await keepRows(target, deliveries, 3, rows.slice(3))).toBe(7);
    expect(await commitRows(target, deliveries)).toBeUndefined();
    // Once moved, again changes nothing, and nothing more is kept.
    expect(await commitRows(target, deliveries)).toBeUndefined();
    await keepRows(target, deliveries, 0, rows);
    expect(await allRows(target, deliveries)).toEqual(rows);
  });

  it("from an export that did not know a column get its default", async () => {
    const target = recordsOf(env.DB, freshId("target"));
    const sessions = get("sessions");
    const fields = fieldsOf(sessions).map(({ field }) => field);
    const older = fields.filter((field) => field !== "archivedAt");
    await beginImport(target, "aa", { sessions: { rows: 1, fields: older } });
    await keepRows(target, sessions, 0, [{ session: "a", version: 1, state: "voided", open: 1, line: null }]);
    expect(await commitRows(target, sessions)).toBeUndefined();
    expect(await allRows(target, sessions)).toEqual([
      { session: "a", version: 1, state: "voided", open: 1, line: null, archivedAt: null },
    ]);
    expect(await sessionsUnderWay(target)).toEqual([]);
  });
});

describe("beginning an import", () => {
  const wanted = (changes: Partial<ImportInput> = {}): ImportInput => ({
    export: "ab".repeat(32),
    v: 1,
    brand: settingsOf(env).BRAND,
    log: logFacts(env),
    collections: { deliveries: { rows: 1, fields: fieldsOf(get("deliveries")).map(({ field }) => field) } },
    live: [],
    ...changes,
  });

  it.each<[string, Partial<ImportInput>, string]>([
    ["another brand's data", { brand: "other" }, "other_installation"],
    ["another log's", { log: { ...logFacts(env), origin: "other.example/sessions" } }, "other_installation"],
    ["a log with another key", { log: { ...logFacts(env), key: `${logFacts(env).key}x` } }, "other_installation"],
    ["a later version", { v: 2 }, "other_schema"],
    ["a collection that is unknown", { collections: { secrets: { rows: 0, fields: [] } } }, "other_schema"],
    ["a field that is unknown", { collections: { archives: { rows: 0, fields: ["session", "kind", "x"] } } }, "other_schema"],
    ["a field that is missing", { collections: { deliveries: { rows: 0, fields: ["store"] } } }, "other_schema"],
    ["sessions that are not over", { live: ["spring"] }, "sessions_under_way"],
  ])("refuses %s", async (_, changes, code) => {
    const answer = await call("POST", "/v1/admin/imports", { token: await operatorToken(), body: wanted(changes) });
    expect([answer.status, answer.body.code]).toEqual([409, code]);
    expect(await importState(recordsOf(env.DB, settingsOf(env).BRAND))).toBeUndefined();
  });

  it("refuses an installation that has data or files", async () => {
    // Snapshots of the catalogue are made whenever somebody looks.
    await env.FILES.put("catalog/x.json", "{}");
    await env.FILES.put("draws/x/manifest.json", "{}");
    const token = await operatorToken();
    const answer = await call("POST", "/v1/admin/imports", { token, body: wanted() });
    expect([answer.status, answer.body.code]).toEqual([409, "not_empty"]);
    for (const [method, path] of [
      ["PUT", "/v1/admin/imports/files/files/draws/x/manifest.json"],
      ["POST", "/v1/admin/imports/deliveries/commit"],
      ["POST", "/v1/admin/imports/finish"],
    ] as const) {
      const refused = await call(method, path, { token, raw: "{}", headers: { "Content-Length": "2" } });
      expect([path, refused.body.code]).toEqual([path, "no_import"]);
    }
    expect(await (await env.FILES.get("draws/x/manifest.json"))?.text()).toBe("{}");
    const { body } = await call("GET", "/v1/admin/export/files/files", { token });
    const keys = (body as unknown as { files: { key: string }[] }).files.map(({ key }) => key);
    expect(keys).toContain("draws/x/manifest.json");
    expect(keys.filter((key) => key.startsWith("catalog/"))).toEqual([]);
    await env.FILES.delete(["draws/x/manifest.json", "catalog/x.json"]);
  });
});

describe("the log after a move", () => {
  const entry = (session: string) => objectBytes({ v: 1, type: "seal", session });
  const add = async (session: string) => logOf().add({ entries: [{ bytes: entry(session) }], witnesses: { k: 0, keys: [] } });
  const lose = async () => {
    await runInDurableObject(logOf(), async (_, { storage }) => storage.deleteAll());
    await evictDurableObject(logOf());
  };

  beforeEach(async () => {
    await lose();
    const { objects } = await env.FILES.list({ prefix: "log/" });
    await env.FILES.delete(objects.map(({ key }) => key));
  });

  it("has its entries again from the published files, and goes on behind them", async () => {
    const sessions = Array.from({ length: 260 }, (_, at) => `moved-${at}`);
    await logOf().add({ entries: sessions.map((session) => ({ bytes: entry(session) })), witnesses: { k: 0, keys: [] } });
    await lose();
    expect(await add("later")).toEqual({ ok: false, refusal: "log_stopped" });
    await lose();
    expect(await logOf().restore()).toEqual({ ok: true, value: { size: 260 } });
    expect(await logOf().restore()).toEqual({ ok: true, value: { size: 260 } });
    const later = await add("later");
    expect(later.ok && later.value[0]?.index).toBe(260);
    expect(await auditedLog()).toEqual([...sessions, "later"].map(entry));
  });

  it("restores nothing from files that give another root, or into a log that has entries", async () => {
    await add("one");
    await add("two");
    const key = "log/tile/entries/000.p/2";
    const bundle = new Uint8Array((await (await env.FILES.get(key))?.arrayBuffer()) as ArrayBuffer);
    const bent = bundle.slice();
    bent[bent.length - 3] = (bent[bent.length - 3] as number) ^ 1;
    await lose();
    for (const bytes of [bent, bundle.subarray(0, 20), undefined]) {
      if (bytes) await env.FILES.put(key, bytes);
      else await env.FILES.delete(key);
      expect(await logOf().restore()).toEqual({ ok: false, refusal: "log_not_restored" });
    }
    await env.FILES.put(key, bundle);
    expect(await add("other")).toEqual({ ok: false, refusal: "log_stopped" });
    expect(await logOf().restore()).toEqual({ ok: false, refusal: "log_not_restored" });
  });

  it("is restored whole or not at all, wherever it is cut off", async () => {
    await crashEverywhere({
      object: () => "fairpour/log",
      arrange: async () => {
        await lose();
        const { objects } = await env.FILES.list({ prefix: "log/" });
        await env.FILES.delete(objects.map(({ key }) => key));
        for (const session of ["one", "two"]) await add(session);
        await lose();
      },
      act: () => logOf().restore(),
      check: async () => {
        expect(await logOf().restore()).toEqual({ ok: true, value: { size: 2 } });
        await add("three");
        expect(await auditedLog()).toEqual(["one", "two", "three"].map(entry));
      },
    });
  });
});
