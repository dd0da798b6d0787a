// Seed packs: folders below packs/ that hold one kind of business as data. packs/README.md says what stands in their files.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Names } from "../../contracts/basics.ts";
import type { Price, ProductInput, Scene, Tier } from "../../contracts/catalog.ts";
import type { Store } from "../../contracts/stores.ts";
import type { Hours, Span } from "../../domain/store/hours.ts";
import { ROOT } from "./bundle.ts";

const PACKS = join(ROOT, "packs");

/** What `npm start` sells in its demo sessions. */
export type Demo = { market: string; title: Names; skus: string[]; stores: string[] };

/** A city with its demo stores, one per point; several packs need no more. */
export type City = {
  id: string;
  market: string;
  province: Names;
  city: Names;
  timeZone: string;
  points: [lat: number, lng: number][];
};

/** Hours may be one opening time for every day; what a pack does not say of a store is as the database has it. */
export type PackStore = Pick<Store, "market" | "province" | "city" | "name" | "address" | "lat" | "lng" | "timeZone"> & {
  id: string;
  hours: Span | Hours;
};

export type Pack = {
  about: Names;
  demo: Demo;
  tiers: Tier[];
  scenes: Scene[];
  products: (ProductInput & { product: string })[];
  stores: PackStore[];
};

export const packNames = (): string[] =>
  readdirSync(PACKS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(PACKS, entry.name, "pack.json")))
    .map(({ name }) => name)
    .sort();

export function readPack(name: string): Pack {
  if (!packNames().includes(name)) throw new Error(`There is no pack "${name}"; packs are ${packNames().join(", ")}.`);
  const read = <Shape>(file: string, missing?: Shape): Shape => {
    const path = join(PACKS, name, file);
    return missing !== undefined && !existsSync(path) ? missing : (JSON.parse(readFileSync(path, "utf8")) as Shape);
  };
  return {
    ...read<Pick<Pack, "about" | "demo" | "tiers" | "scenes">>("pack.json"),
    products: read<Pack["products"]>("products.json").map(withoutSources),
    stores: [...read<PackStore[]>("stores.json", []), ...read<City[]>("cities.json", []).flatMap(demoStores)],
  };
}

/** Where an amount comes from is for readers of the file. */
const withoutSources = (product: Pack["products"][number]): Pack["products"][number] => ({
  ...product,
  skus: product.skus.map((sku) => ({
    ...sku,
    prices: sku.prices.map(({ source: _, ...price }: Price & { source?: string }) => price),
  })),
});

/** Stores that do not exist in a city that does: named by the city and a number, and saying so. */
export function demoStores({ id, market, province, city, timeZone, points }: City): PackStore[] {
  return points.map(([lat, lng], at) => {
    const number = String(at + 1).padStart(2, "0");
    return {
      id: `${id}-${number}`,
      market,
      province,
      city,
      name: inEach(
        city,
        (zh) => `${zh}示范店 ${number}`,
        (en) => `${en} Demo Store ${number}`,
        (ja) => `${ja}デモ店舗 ${number}`,
      ),
      address: inEach(
        city,
        (zh) => `${zh}（示范地址，并非真实门牌）`,
        (en) => `${en} (demo address, not a real one)`,
        (ja) => `${ja}（デモ用の住所です）`,
      ),
      lat,
      lng,
      timeZone,
      hours: { open: "10:00", close: "20:00" },
    };
  });
}

type Wording = (city: string) => string;
const inEach = (city: Names, zh: Wording, en: Wording, ja: Wording): Names => ({
  "zh-CN": zh(city["zh-CN"]),
  en: en(city.en),
  ...(city.ja ? { ja: ja(city.ja) } : {}),
});
