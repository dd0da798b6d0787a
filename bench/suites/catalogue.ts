// What everybody reads: the catalogue's pointer and snapshot and a session's view, beside an empty static file of the same server.
import type { CatalogPointer } from "../../contracts/catalog.ts";
import type { Suite } from "../harness/report.ts";
import { measure, type Rung } from "../harness/rounds.ts";
import { noteOthers, rateRow, type Setting } from "./setting.ts";

const CONNECTIONS = 64;
const MARKET = "CN";

export async function catalogue({ shop, generator, rounds, secondsEach, warm, conditions }: Setting): Promise<Suite> {
  const pointer = (await (await fetch(`${shop.url}/v1/catalog?market=${MARKET}`)).json()) as CatalogPointer;
  const bytes = (await (await fetch(`${shop.url}${pointer.url}`)).arrayBuffer()).byteLength;
  const get = (name: string, path: string): Rung => ({ name, path, status: 200, kind: "get" });
  const file = get("empty static file", "/robots.txt");
  const read = [
    get("catalogue, pointer", `/v1/catalog?market=${MARKET}`),
    get("catalogue, snapshot", pointer.url),
    get("session view", `/v1/sessions/${shop.facts.session}`),
  ];
  const product = get("one product", `/v1/catalog/products/tiger-500?market=${MARKET}`);
  const search = get("search, D1 each time", `/v1/catalog/search?market=${MARKET}&q=${encodeURIComponent("生肖")}`);
  const rungs = [get("L0 empty fetch", "/bench/empty"), file, ...read, product, search];
  const results = await measure(shop, generator, { rungs, rounds, secondsEach, warm, connections: CONNECTIONS });
  return {
    name: "catalogue",
    rounds,
    rows: [
      ...read.map(({ name }) => ({
        name: `${name} / empty static file`,
        value: results.ratio(name, file.name),
        unit: "x",
        aim: { atLeast: 0.95 },
        more: { "per CPU": results.ratioPerCpu(name, file.name).median },
      })),
      ...rungs.map((rung) => rateRow(results, rung)),
    ],
    notes: [
      noteOthers(results),
      `The snapshot is ${Math.round(bytes / 1000)} kB. On Cloudflare the cache in front answers all of these but search.`,
    ],
    conditions: { ...conditions, connections: CONNECTIONS },
  };
}
