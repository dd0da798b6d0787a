// The operator's file of stores: taken whole or not at all, counted, and the same again when it comes out.
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { STORE_COLUMN_NAMES } from "../../contracts/store-csv.ts";
import type { Store } from "../../contracts/stores.ts";
import { recordsOf } from "../../records/database.ts";
import { listStores, storesKept } from "../../records/stores.ts";
import { manyStores, storeCells, storesFile } from "../support/stores-file.ts";
import { call, operatorToken } from "./support/http.ts";

const records = recordsOf(env.DB, "fairpour");
const utf8 = new TextEncoder();

beforeEach(async () => {
  await env.DB.prepare("DELETE FROM stores").run();
});

const upload = async (file: string | Uint8Array, query = "") =>
  call("POST", `/v1/admin/stores/import${query}`, {
    token: await operatorToken(),
    raw: file,
    headers: { "Content-Type": "text/csv" },
  });
const download = async () => call("GET", "/v1/admin/stores/export", { token: await operatorToken() });
const here = storeCells({ store: "cn-here" });
const there = storeCells({ store: "cn-there", status: "planned" });

describe("an import", () => {
  it("says what it created, changed and left as it was, and leaves stores alone that it does not name", async () => {
    expect((await upload(storesFile([here, there]))).body).toEqual({
      rows: 2,
      created: 2,
      changed: 0,
      unchanged: 0,
      dryRun: false,
    });
    const again = await upload(storesFile([{ ...here, phone: "+86 1 2345" }, there, storeCells({ store: "cn-new" })]));
    expect(again.body).toEqual({ rows: 3, created: 1, changed: 1, unchanged: 1, dryRun: false });
    expect((await upload(storesFile([here]))).body).toMatchObject({ changed: 1 });
    expect((await storesKept(records)).map(({ store, phone }) => [store, phone])).toEqual([
      ["cn-here", here.phone],
      ["cn-new", here.phone],
      ["cn-there", here.phone],
    ]);
  });

  it("counts without writing in a dry run", async () => {
    await upload(storesFile([here]));
    const before = await storesKept(records);
    const tried = await upload(storesFile([{ ...here, phone: "" }, there]), "?dryRun");
    expect(tried.body).toEqual({ rows: 2, created: 1, changed: 1, unchanged: 0, dryRun: true });
    expect(await storesKept(records)).toEqual(before);
  });

  it("takes 2,200 stores at once, in more than one value of D1, and finds them unchanged when they come again", async () => {
    const file = storesFile(manyStores(2_200));
    expect((await upload(file)).body).toMatchObject({ rows: 2_200, created: 2_200 });
    expect((await upload(file)).body).toMatchObject({ created: 0, changed: 0, unchanged: 2_200 });
    expect((await upload(storesFile(manyStores(2_200, (at) => (at % 2 ? { phone: "" } : {}))))).body).toMatchObject({
      changed: 1_100,
      unchanged: 1_100,
    });
  });

  it.each<[string, () => string, object[]]>([
    [
      "rows that do not fit",
      () => storesFile([here, { ...there, lat: "91", market: "XX" }, { ...storeCells({ store: "c" }), time_zone: "Asia/Nowhere" }]),
      [
        { line: 3, column: "market", reason: "unknown_market" },
        { line: 3, column: "lat", reason: "bad_coordinates" },
        { line: 4, column: "time_zone", reason: "unknown_time_zone" },
      ],
    ],
    ["an id twice", () => storesFile([here, here]), [{ line: 3, column: "store", reason: "duplicate_id" }]],
    [
      "a column missing",
      () =>
        storesFile(
          [here],
          STORE_COLUMN_NAMES.filter((name) => name !== "lat"),
        ),
      [{ line: 1, column: "lat", reason: "missing_column" }],
    ],
    ["no CSV", () => 'store,"market\n', [{ line: 1, reason: "not_csv" }]],
  ])("with %s is refused row by row and changes nothing", async (_, file, rows) => {
    const kept = storeCells({ store: "cn-kept" });
    await upload(storesFile([kept]));
    const before = await storesKept(records);
    const refused = await upload(file());
    expect([refused.status, refused.body.code, refused.body.refused]).toEqual([422, "invalid_rows", rows.length]);
    expect(refused.body.rows).toEqual(rows.map((row) => ({ ...row, detail: expect.any(String) })));
    expect(await storesKept(records)).toEqual(before);
  });

  it("that moves a store to another market is refused by its line", async () => {
    await upload(storesFile([here, there]));
    const refused = await upload(storesFile([here, { ...there, market: "SG", time_zone: "Asia/Singapore" }]));
    expect(refused.body).toMatchObject({ code: "invalid_rows", rows: [{ line: 3, column: "market", reason: "other_market" }] });
    expect((await storesKept(records)).map(({ market }) => market)).toEqual(["CN", "CN"]);
  });

  it("changes nothing when D1 refuses the last of its rows", async () => {
    await env.DB.prepare(
      "CREATE TRIGGER last_row BEFORE INSERT ON stores WHEN new.store = 'cn-many-2199' BEGIN SELECT RAISE(ABORT, 'no'); END",
    ).run();
    try {
      expect((await upload(storesFile(manyStores(2_200)))).status).toBe(500);
    } finally {
      await env.DB.prepare("DROP TRIGGER last_row").run();
    }
    expect(await storesKept(records)).toEqual([]);
  });

  it.each([
    ["GB18030 or GBK", Uint8Array.of(0xb9, 0xf3, 0xd6, 0xdd, 0x2c, 0xc3, 0xa9, 0xcc, 0xa8)],
    ["UTF-16", Uint8Array.of(0xff, 0xfe, 0x73, 0x00)],
    ["unknown", Uint8Array.of(0x4f, 0x72, 0x6c, 0xe9, 0x61, 0x6e, 0x73)],
  ])("in %s is refused by that name, with what to do", async (encoding, bytes) => {
    const refused = await upload(bytes);
    expect([refused.status, refused.body.code, refused.body.encoding]).toEqual([400, "wrong_encoding", encoding]);
    expect(refused.body.detail).toContain("CSV UTF-8");
  });

  it("without a byte order mark is taken as well, and one over the size is not read", async () => {
    expect((await upload(storesFile([here]).slice(1))).status).toBe(200);
    expect((await upload(utf8.encode("x".repeat(8_000_001)))).body.code).toBe("body_too_large");
  });
});

describe("an export", () => {
  it("is the file that was imported, byte for byte, and importing it changes nothing", async () => {
    const rows = [
      storeCells({ store: "a", name_en: '=HYPERLINK("http://x")', contact: "'+1", address_zh: '路 1 号, "楼上"', lat: "-33.8688" }),
      storeCells({ store: "b", phone: "", licences: "", services: "", exceptions: "", pickups_per_hour: "" }),
    ];
    const file = storesFile(rows);
    await upload(file);
    const exported = await download();
    expect(exported.text).toBe(file.slice(1));
    expect(exported.headers.get("Content-Type")).toBe("text/csv; charset=utf-8");
    expect((await upload(exported.text)).body).toMatchObject({ created: 0, changed: 0, unchanged: 2 });
    expect(exported.text).toContain(`"'=HYPERLINK(""http://x"")"`);
  });
});

describe("what everybody sees", () => {
  it("leaves out planned stores, and of the others what is kept for operators", async () => {
    await upload(storesFile([here, there]));
    expect((await listStores(records, "CN")).map(({ store }) => store)).toEqual(["cn-here"]);
    const [shown] = (await listStores(records)) as [Store];
    expect(Object.keys(shown).sort()).toEqual(
      [
        "store",
        "market",
        "status",
        "province",
        "city",
        "name",
        "address",
        "lat",
        "lng",
        "timeZone",
        "hours",
        "services",
        "phone",
      ].sort(),
    );
    expect(await listStores(records, "US")).toEqual([]);
  });
});
