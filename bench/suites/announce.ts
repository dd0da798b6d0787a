// Announcing a brand's whole range at once: 48 products in 2,200 stores, 105,600 pools, on a shop of its own.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { SessionView } from "../../contracts/sessions.ts";
import { ROOT } from "../../scripts/local/bundle.ts";
import type { seed } from "../../scripts/local/database.ts";
import { startServer } from "../../scripts/local/server.ts";
import { type Client, expect, type Reply } from "../../scripts/play/client.ts";
import { drillStores } from "../../scripts/play/opening-day.ts";
import { operatorAt } from "../../scripts/play/people.ts";
import { progressBar } from "../../scripts/play/progress.ts";
import type { Row, Suite } from "../harness/report.ts";
import { spreadOf } from "../harness/statistics.ts";
import type { Setting } from "./setting.ts";

const STORES = 2_200;
const SKUS = Array.from({ length: 48 }, (_, at) => `range-${String(at + 1).padStart(2, "0")}`);
const AIM_S = 10;
/** What a laptop's session has, and what 100,000 reservations a second ask for. */
const SHARDS = [4, 512];

type Times = { allotS: number; checksS: number; announceS: number; viewS: number; viewBytes: number; listBytes: number };

export async function announce({ rounds, conditions }: Setting): Promise<Suite> {
  const bar = progressBar();
  const parent = join(ROOT, ".fairpour/bench");
  mkdirSync(parent, { recursive: true });
  const stateDir = mkdtempSync(join(parent, "announce-"));
  const server = await startServer({ stateDir, extraStores: drillStores(STORES) });
  try {
    await seedRange(await server.miniflare.getD1Database("DB", "shop"));
    const operator = await operatorAt(server.url);
    const measured = new Map<number, Times[]>();
    for (const shards of SHARDS) {
      // The larger one takes the longer and says little more: fewer rounds. The first of all warms up.
      const times = shards === SHARDS[0] ? rounds : Math.min(rounds, 2);
      if (shards === SHARDS[0]) await once(operator, server.chain.hash, shards, -1);
      for (let round = 0; round < times; round++) {
        bar.show(`announce, ${shards} shards`, round, times);
        const list = measured.get(shards) ?? [];
        measured.set(shards, [...list, await once(operator, server.chain.hash, shards, round)]);
      }
    }
    bar.end();
    return {
      name: "announce",
      rounds,
      rows: rowsOf(measured),
      notes: NOTES,
      conditions: { ...conditions, stores: STORES, skus: SKUS.length },
    };
  } finally {
    await server.stop();
    rmSync(stateDir, { recursive: true, force: true });
  }
}

async function once(operator: Client, chain: string, shards: number, round: number): Promise<Times> {
  const now = Math.floor(Date.now() / 1000);
  const session = `range-${shards}-${round + 1}-${now}`;
  const plan = {
    session,
    title: { "zh-CN": "全系", en: "The whole range" },
    market: "CN",
    open: now + 6 * 3600,
    close: now + 7 * 3600,
    leads: { announceS: 0, reviewS: 300, sealLeadS: 60 },
    chain,
    shards,
    skus: SKUS,
    stock: session,
  };
  expect(await operator.post("/v1/admin/sessions", plan), 201);
  const path = `/v1/admin/sessions/${session}`;
  const stores = drillStores(STORES) as { id: string }[];
  const pools = SKUS.flatMap((sku) => stores.map(({ id }) => ({ sku, store: id, stock: 3 })));
  const allotS = await seconds(async () => expect(await operator.put(`${path}/allotment`, { pools }), 200));
  const checksS = await seconds(async () => expect(await operator.get(`${path}/checks`), 200));
  let view: Reply<SessionView> | undefined;
  let viewS = 0;
  // Until it is announced, every shard has its plan, and the public has seen it.
  const announceS = await seconds(async () => {
    expect(await operator.post(`${path}/announce`, {}), 200);
    viewS = await seconds(async () => {
      view = await operator.get<SessionView>(`/v1/sessions/${session}`);
      expect(view, 200);
    });
  });
  const { body, text } = view as Reply<SessionView>;
  const told = body.offers.reduce((sum, offer) => sum + offer.pools, 0);
  if (body.state !== "announced" || told !== pools.length) throw new Error(`${body.state} with ${told} pools`);
  const list = await operator.get(`/v1/sessions/${session}/offers/${SKUS[0]}`);
  expect(list, 200);
  return { allotS, checksS, announceS, viewS, viewBytes: text.length, listBytes: list.text.length };
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

function rowsOf(measured: Map<number, Times[]>): Row[] {
  const rows = [...measured].map(([shards, list]): Row => {
    const pick = (name: keyof Times) => spreadOf(list.map((times) => times[name]));
    return {
      name: `announcing ${(STORES * SKUS.length).toLocaleString("en")} pools, ${shards} shards`,
      value: pick("announceS"),
      unit: "s",
      aim: { atMost: AIM_S },
      more: { "allotting, s": pick("allotS").median, "checks, s": pick("checksS").median, "first view, s": pick("viewS").median },
    };
  });
  const [{ viewBytes = 0, listBytes = 0 } = {}] = [...measured.values()].flat();
  return [
    ...rows,
    { name: "the session as everybody reads it", value: spreadOf([viewBytes]), unit: "bytes" },
    { name: "the stores of one product, for whoever chooses one", value: spreadOf([listBytes]), unit: "bytes" },
  ];
}

const NOTES = [
  "Announcing ends when the manifest is in the log, the files are published, every shard has its plan, and the session has been read once by the public.",
  "A laptop's shards are files on one disk and share its cores; on Cloudflare each is elsewhere.",
];

type Database = Parameters<typeof seed>[0];

/** Products that no pack has so many of, with a price each. */
async function seedRange(database: Database): Promise<void> {
  const brand = "fairpour";
  const product = database.prepare(
    "INSERT INTO products (brand, product, tier, family, alcohol, name, story) VALUES (?, ?, 'series', ?, 1, '{}', '{}')",
  );
  const sku = database.prepare("INSERT INTO skus (brand, sku, product) VALUES (?, ?, ?)");
  const price = database.prepare("INSERT INTO prices (brand, sku, market, currency, amount_minor) VALUES (?, ?, 'CN', 'CNY', 100)");
  await database.batch(SKUS.flatMap((id) => [product.bind(brand, id, id), sku.bind(brand, id, id), price.bind(brand, id)]));
}
