// Runs the suites that are asked for on one served shop, prints their tables, and says at the end what was missed and by how much.

import { drawnSession } from "./harness/drawn.ts";
import { Generator } from "./harness/generator.ts";
import { GENERATOR_CORE, hasTaskset, pin } from "./harness/processes.ts";
import { missOf, report, type Suite } from "./harness/report.ts";
import { openShop } from "./harness/shop.ts";
import { lengthOf } from "./lengths.ts";
import { beside } from "./suites/beside.ts";
import { draw } from "./suites/draw.ts";
import { kill } from "./suites/kill.ts";
import { full, ladder } from "./suites/ladder.ts";
import { opens } from "./suites/opens.ts";
import { outbox } from "./suites/outbox.ts";
import { peers } from "./suites/peers.ts";
import { phone } from "./suites/phone.ts";
import { refusals } from "./suites/refusals.ts";
import type { Setting } from "./suites/setting.ts";
import { steady } from "./suites/steady.ts";
import { steps } from "./suites/steps.ts";

const SUITES: { [name: string]: (setting: Setting) => Promise<Suite> } = {
  full,
  draw,
  ladder,
  steady,
  refusals,
  outbox,
  peers,
  opens,
  beside,
  kill,
  phone,
  steps,
};

export const SUITE_NAMES = Object.keys(SUITES);

/** Throws where accepted and stored differ; a missed aim is printed and is no failure. */
export async function runBench(names: string[], quick: boolean): Promise<void> {
  const began = performance.now();
  if (hasTaskset()) pin(process.pid, GENERATOR_CORE);
  else console.log("taskset is not here: server and generator share the cores, and wall rates say little.");
  const shop = await openShop();
  const generator = new Generator();
  const misses: string[] = [];
  try {
    const drawn = names.includes("opens") ? await drawnSession(shop, generator) : undefined;
    for (const name of names) {
      const suite = await (SUITES[name] as (setting: Setting) => Promise<Suite>)({
        ...lengthOf(name, quick),
        shop,
        generator,
        drawnSession: drawn ?? (async () => (await drawnSession(shop, generator))()),
        conditions: { quick, pinned: shop.pinned, ...lengthOf(name, quick) },
      });
      report(suite);
      for (const row of suite.rows) {
        const miss = missOf(row);
        if (miss) misses.push(`${row.name}: ${miss}`);
      }
    }
  } finally {
    generator.stop();
    await shop.stop();
  }
  console.log(misses.length === 0 ? "\nEvery aim is met." : `\nMissed:\n${misses.map((line) => `  ${line}`).join("\n")}`);
  console.log(`${names.length} suites in ${((performance.now() - began) / 1000).toFixed(0)} s.`);
}
