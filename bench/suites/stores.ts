// 2,200 stores: importing them from one CSV file, and finding the nearest ones that give out a SKU.

import { operatorAt } from "../../scripts/play/people.ts";
import { progressBar } from "../../scripts/play/progress.ts";
import { announce } from "../../scripts/play/sessions.ts";
import { cpuSecondsOf } from "../harness/processes.ts";
import type { Suite } from "../harness/report.ts";
import { openShop, type Shop } from "../harness/shop.ts";
import { spreadOf } from "../harness/statistics.ts";
import type { Setting } from "./setting.ts";

const SKU = "tiger-500";
const MARKET = "CN";
const ASKED = 400;
const AT_ONCE = 16;

/** On a shop of its own, because stores stay. */
export async function stores({ rounds, conditions }: Setting): Promise<Suite> {
  const shop = await openShop();
  const bar = progressBar();
  try {
    const { token } = await operatorAt(shop.url);
    const headers = { Authorization: `Bearer ${token}` };
    const file = await (await fetch(`${shop.url}/v1/admin/stores/export`, { headers })).text();
    const imports: number[] = [];
    for (let round = 0; round < rounds; round++) {
      bar.show("stores imported", round, rounds);
      imports.push(await importedIn(shop, headers, file.replace(/^([a-z0-9]+-)/gm, `n${round}-$1`)));
    }
    const session = await sessionInAll(shop);
    const perRequestMs: number[] = [];
    // The first makes the index that the isolate keeps.
    await nearest(shop, session, 1);
    for (let round = 0; round < rounds; round++) {
      bar.show("nearest stores", round, rounds);
      perRequestMs.push(await nearest(shop, session, ASKED));
    }
    bar.end();
    const count = file.trimEnd().split("\r\n").length - 1;
    return {
      name: "stores",
      rounds,
      rows: [
        { name: `import of ${count.toLocaleString("en")} new stores`, value: spreadOf(imports), unit: "s", aim: { atMost: 5 } },
        { name: "nearest stores: server CPU of the whole request", value: spreadOf(perRequestMs), unit: "ms", aim: { atMost: 1 } },
      ],
      notes: [
        `The file has ${Math.round(file.length / 1000)} kB. A request for the nearest ten, answered from what the isolate keeps.`,
      ],
      conditions,
    };
  } finally {
    await shop.stop();
  }
}

async function importedIn(shop: Shop, headers: Record<string, string>, body: string): Promise<number> {
  const began = performance.now();
  const reply = await fetch(`${shop.url}/v1/admin/stores/import`, {
    method: "POST",
    headers: { ...headers, "Content-Type": "text/csv" },
    body,
  });
  if (!reply.ok) throw new Error(`the import: ${reply.status} ${(await reply.text()).slice(0, 300)}`);
  await reply.arrayBuffer();
  return (performance.now() - began) / 1000;
}

/** One SKU in every store of the market. */
async function sessionInAll(shop: Shop): Promise<string> {
  const operator = await operatorAt(shop.url);
  const { stores: all } = (await (await fetch(`${shop.url}/v1/stores?market=${MARKET}`)).json()) as { stores: { store: string }[] };
  const now = Math.floor(Date.now() / 1000);
  const session = `near-${now}`;
  const plan = {
    session,
    title: { "zh-CN": "测量", en: "Benchmark" },
    market: MARKET,
    open: now + 3600,
    close: now + 7200,
    leads: { announceS: 0, reviewS: 300, sealLeadS: 60 },
    chain: shop.chain,
    skus: [SKU],
    stock: session,
  };
  await announce(
    operator,
    plan,
    all.slice(0, 2_200).map(({ store }) => ({ sku: SKU, store, stock: 1 })),
  );
  return session;
}

/** Milliseconds of server CPU for each of so many requests from places all over China. */
async function nearest(shop: Shop, session: string, count: number): Promise<number> {
  const cpu = () => cpuSecondsOf(shop.pid as number) ?? Number.NaN;
  const before = cpu();
  for (let from = 0; from < count; from += AT_ONCE) {
    await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, count - from) }, async (_, step) => {
        const at = from + step;
        const place = `lat=${(22 + (at % 20)).toFixed(3)}&lng=${(100 + (at % 25)).toFixed(3)}`;
        const reply = await fetch(`${shop.url}/v1/sessions/${session}/stores?sku=${SKU}&${place}&limit=10`);
        const { stores: found } = (await reply.json()) as { stores: unknown[] };
        if (found.length !== 10) throw new Error(`${reply.status}, ${found.length} stores`);
      }),
    );
  }
  return (1000 * (cpu() - before)) / count;
}
