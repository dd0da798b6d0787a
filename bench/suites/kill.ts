// P11: workerd is killed at random moments during intake, again and again, and started on the same state; then how fast a shard wakes.
import { progressBar } from "../../scripts/play/progress.ts";
import { Generator } from "../harness/generator.ts";
import type { Row, Suite } from "../harness/report.ts";
import { openShop, SHARDS, type Shop } from "../harness/shop.ts";
import { ratios, spreadOf } from "../harness/statistics.ts";
import { rungsOf } from "./rungs.ts";
import type { Setting } from "./setting.ts";

const CONNECTIONS = 64;
/** After the first answer of a burst. */
const KILL_MS_MAX = 250;
/** More than are answered before the latest kill. */
const PEOPLE = 1500;
/** As many places as one of 256 shards holds after ten million reservations. */
const PLACES = 40_000;

/** On a shop of its own, because killing one ends every measurement beside it. */
export async function kill({ rounds, size, conditions }: Setting): Promise<Suite> {
  const shop = await openShop();
  const generator = new Generator();
  try {
    const killed = await killAgain(shop, generator, size);
    const woken = await wakeAgain(shop, rounds);
    return { name: "kill", rounds, rows: [...killed.rows, ...woken], notes: killed.notes, conditions };
  } finally {
    generator.stop();
    await shop.stop();
  }
}

async function killAgain(shop: Shop, generator: Generator, kills: number): Promise<{ rows: Row[]; notes: string[] }> {
  const bar = progressBar();
  const { path } = rungsOf(shop.facts.session).full;
  const order = { path, kind: "good" as const, connections: CONNECTIONS };
  const restartsMs: number[] = [];
  let unanswered = 0;
  let stored = 0;
  for (let at = 0; at < kills; at++) {
    bar.show("killed", at, kills);
    await generator.ask<"prepare">({ do: "prepare", facts: shop.facts, count: PEOPLE, kind: "good" });
    const death = { pid: shop.pid as number, afterMs: Math.random() * KILL_MS_MAX };
    const first = await generator.ask<"burst">({ do: "burst", order: { ...order, port: shop.port, kill: death } });
    const left = first.unanswered;
    if (left.length === 0) throw new Error("the server was not killed in time");
    const began = performance.now();
    await shop.restart();
    restartsMs.push(performance.now() - began);
    // Whoever got no answer sends the same again: some were stored, none may be stored twice.
    const again = await generator.ask<"burst">({ do: "burst", order: { ...order, port: shop.port, only: left } });
    if (again.acknowledged !== left.length) throw new Error(`after the restart: ${JSON.stringify(again)} of ${left.length}`);
    unanswered += left.length;
    stored += again.statuses[200] ?? 0;
  }
  bar.end();
  const found = await generator.ask<"audit">({
    do: "audit",
    origin: shop.url,
    session: shop.facts.session,
    shards: SHARDS,
  });
  const one = (value: number) => ({ median: value, min: value, max: value });
  // More in the rows than people were given a receipt for would be somebody twice.
  const twice = found.doubles + Math.max(0, found.stored - found.acknowledged);
  return {
    rows: [
      { name: `P11: ${kills} kills, lost acknowledgements`, value: one(found.lost), unit: "", aim: { atMost: 0 } },
      { name: `P11: ${kills} kills, duplicates`, value: one(twice), unit: "", aim: { atMost: 0 } },
      { name: "started again within", value: spreadOf(restartsMs), unit: "ms" },
    ],
    notes: [
      `${found.acknowledged.toLocaleString("en")} acknowledged over ${kills} kills, compared leaf by leaf with ${found.stored.toLocaleString("en")} stored rows; ${found.proven} receipts proven.`,
      `${unanswered.toLocaleString("en")} requests were under way when a kill came; sent again, ${stored.toLocaleString("en")} of them turned out to have been stored, and got their first receipt.`,
    ],
  };
}

async function wakeAgain(shop: Shop, rounds: number): Promise<Row[]> {
  const ask = async (turn: string, form: string) => {
    const query = `session=${shop.facts.session}&places=${PLACES}&pools=${shop.facts.pools}`;
    const began = performance.now();
    const reply = await fetch(`${shop.url}/bench/wake/${turn}/${form}?${query}`, { method: "POST" });
    if (!reply.ok) throw new Error(`/bench/wake/${turn}/${form}: ${reply.status}`);
    await reply.arrayBuffer();
    return performance.now() - began;
  };
  const forms = ["packed", "rows"];
  for (const form of forms) await ask("fill", form);
  const times: { [form: string]: number[] } = { packed: [], rows: [] };
  const warm: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const form of round % 2 === 0 ? forms : forms.toReversed()) {
      await ask("sleep", form);
      times[form]?.push(await ask("call", form));
    }
    warm.push(await ask("call", "packed"));
  }
  const { packed = [], rows = [] } = times;
  return [
    {
      name: `P11: wake of a shard with ${PLACES.toLocaleString("en")} places`,
      value: spreadOf(packed),
      unit: "ms",
      aim: { atMost: 60 },
    },
    { name: "the same from a row for each reservation", value: spreadOf(rows), unit: "ms" },
    { name: "packed / row for each", value: ratios(packed, rows), unit: "x" },
    { name: "the same call to a shard that is awake", value: spreadOf(warm), unit: "ms" },
  ];
}
