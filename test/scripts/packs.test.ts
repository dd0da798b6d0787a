// Seed packs: each is a whole shop that could have been written through the operator's API, and its demo session may be held.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { productInput } from "../../contracts/catalog.ts";
import { catalogView } from "../../contracts/catalog-view.ts";
import { saleRefusal } from "../../domain/catalog/sale.ts";
import { MARKETS } from "../../domain/market.ts";
import { seed } from "../../scripts/local/database.ts";
import { packNames, readPack } from "../../scripts/local/pack.ts";
import { seedStatements } from "../../scripts/local/seed.ts";
import { startOptions } from "../../scripts/local/start-options.ts";
import { complaints } from "../support/schemas.ts";

const NOW = 1_800_000_000;
const twice = (values: string[]) => values.filter((value, at) => values.indexOf(value) < at);

describe.each(packNames())("the pack %s", (name) => {
  const { demo, tiers, scenes, products, stores } = readPack(name);
  const skus = products.flatMap((product) => product.skus.map((sku) => ({ product, ...sku })));

  it("holds products that the operator's API would take", () => {
    const faults = products.flatMap(({ product, ...input }) =>
      complaints(productInput, input).map((place) => `${product}: ${place}`),
    );
    expect(faults).toEqual([]);
    expect(twice([...products.map(({ product }) => product), ...tiers.map(({ tier }) => tier)])).toEqual([]);
    expect(twice(skus.map(({ sku }) => sku))).toEqual([]);
  });

  it("names only tiers and scenes that it has, and has none without goods", () => {
    expect(new Set(products.map(({ tier }) => tier))).toEqual(new Set(tiers.map(({ tier }) => tier)));
    expect(new Set(products.flatMap((product) => product.scenes))).toEqual(new Set(scenes.map(({ scene }) => scene)));
  });

  it("has stores with their own ids, in markets where something is for sale", () => {
    expect(twice(stores.map(({ id }) => id))).toEqual([]);
    for (const market of new Set(stores.map((store) => store.market))) {
      expect(Object.keys(MARKETS), market).toContain(market);
      expect(
        catalogView({ tiers, scenes, products: products.map((one) => ({ ...one, version: 1 })) }, market, NOW).products,
        market,
      ).not.toEqual([]);
    }
    for (const { id, market, lat, lng, timeZone } of stores) {
      expect(MARKETS[market]?.timeZones, id).toContain(timeZone);
      expect(Math.abs(lat) <= 90 && Math.abs(lng) <= 180, id).toBe(true);
    }
  });

  it("has a demo session that may be held", () => {
    const sold = demo.skus.map((wanted) => skus.find(({ sku }) => sku === wanted));
    expect(sold).not.toContain(undefined);
    for (const one of sold) expect(one?.prices.map(({ market }) => market)).toContain(demo.market);
    for (const id of demo.stores) expect(stores.find((store) => store.id === id)?.market, id).toBe(demo.market);
    const goods = sold.flatMap((one) => (one ? [{ ...one.product, ...one, product: one.product.product }] : []));
    const sale = {
      kind: "draw",
      fulfilments: ["pickup"],
      publicAt: NOW,
      pickupS: 1800,
      until: NOW + 86_400,
      adultHandOver: true,
    } as const;
    expect(saleRefusal(goods, sale)).toBeUndefined();
  });

  it("becomes statements that D1 takes: below 100 kB each", () => {
    const bytes = seedStatements(name).map(({ sql, rows }) => Buffer.byteLength(sql + JSON.stringify(rows)));
    expect(Math.max(...bytes)).toBeLessThan(100_000);
  });
});

describe("the stores of baijiu", () => {
  const { stores } = readPack("baijiu");
  const cityOf = (id: string) => id.replace(/-\d+$/, "");

  it("are 2,200 in 337 cities of China and 40 abroad", () => {
    const cities = (isIn: (market: string) => boolean) =>
      new Set(stores.filter(({ market }) => isIn(market)).map(({ id }) => cityOf(id))).size;
    expect([stores.length, cities((market) => market === "CN"), cities((market) => market !== "CN")]).toEqual([2200, 337, 40]);
  });

  it.each([
    ["cn-beijing-01", 39.9, 116.4],
    ["cn-guiyang-01", 26.6, 106.7],
    ["cn-lhasa-01", 29.7, 91.1],
    ["cn-urumqi-01", 43.8, 87.6],
    ["cn-suzhou-01", 31.3, 120.6],
    ["cn-suzhou-anhui-01", 33.6, 117.0],
    ["us-houston-01", 29.8, -95.4],
    ["au-perth-01", -32.0, 115.9],
    ["vn-hanoi-01", 21.0, 105.8],
  ])("%s lies where the city does", (id, lat, lng) => {
    const store = stores.find((one) => one.id === id);
    expect(Math.abs((store?.lat ?? 0) - lat)).toBeLessThan(0.2);
    expect(Math.abs((store?.lng ?? 0) - lng)).toBeLessThan(0.2);
  });
});

describe("npm start", () => {
  it("lists the packs with --help", () => {
    const help = startOptions(["--help"]);
    expect(help).toMatchObject({ code: 0 });
    for (const name of packNames()) expect("say" in help && help.say).toMatch(new RegExp(`^ +${name} +\\S`, "m"));
  });

  it("takes the pack that is asked for, and the first one where none is", () => {
    expect(startOptions(["--pack", "tickets", "--no-demo"])).toEqual({ pack: "tickets", demo: false });
    expect(startOptions([])).toEqual({ pack: "baijiu", demo: true });
  });

  it.each([
    ["a pack that is not there", ["--pack", "nothing"], /There is no pack "nothing"; packs are .*baijiu/],
    ["a path instead of a name", ["--pack", "../packs/baijiu"], /There is no pack/],
    ["an option that is not there", ["--packs", "baijiu"], /usage: npm start/],
  ])("refuses %s and starts nothing", (_, args, says) => {
    expect(startOptions(args)).toEqual({ code: 2, say: expect.stringMatching(says) });
  });

  it("does not put a pack into a folder that holds another one", async () => {
    const folder = mkdtempSync(join(tmpdir(), "fairpour-pack-"));
    writeFileSync(join(folder, "pack"), "sneakers\n");
    // The database is not touched: there is none.
    await expect(seed(undefined as never, "fairpour", "tickets", folder)).rejects.toThrow(/holds the pack "sneakers"/);
    await expect(seed(undefined as never, "fairpour", "sneakers", folder)).resolves.toBeUndefined();
    rmSync(folder, { recursive: true });
  });
});
