// Runs the suites that are asked for on one served shop, prints their tables, and says at the end what was missed and by how much.

import { ROOT } from "../scripts/local/bundle.ts";
import { buildWeb } from "../scripts/setup/web.ts";
import { drawnSession } from "./harness/drawn.ts";
import { Generator } from "./harness/generator.ts";
import { GENERATOR_CORE, hasTaskset, pin } from "./harness/processes.ts";
import { missOf, report, type Suite } from "./harness/report.ts";
import { openShop } from "./harness/shop.ts";
import { lengthOf } from "./lengths.ts";
import { admission } from "./suites/admission.ts";
import { announce } from "./suites/announce.ts";
import { beside } from "./suites/beside.ts";
import { catalogue } from "./suites/catalogue.ts";
import { crowd } from "./suites/crowd.ts";
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
import { stores } from "./suites/stores.ts";

const SUITES: { [name: string]: (setting: Setting) => Promise<Suite> } = {
  full,
  draw,
  ladder,
  steady,
  refusals,
  catalogue,
  admission,
  announce,
  stores,
  outbox,
  peers,
  opens,
  beside,
  kill,
  phone,
  steps,
  crowd,
};

export const SUITE_NAMES = Object.keys(SUITES);

/** A session's own times keep the crowd from being quick; 105,600 pools and 512 shards take as long as they take. */
const NEVER_QUICK = ["crowd", "announce", "stores", "phone"];

/** What runs unless something is named. */
export const namesFor = (quick: boolean): string[] => SUITE_NAMES.filter((name) => !(quick && NEVER_QUICK.includes(name)));

const suiteOf = (name: string) => SUITES[name] as (setting: Setting) => Promise<Suite>;

const missesOf = ({ rows }: Suite): string[] =>
  rows.flatMap((row) => {
    const miss = missOf(row);
    return miss ? [`${row.name}: ${miss}`] : [];
  });

/** Throws where accepted and stored differ; a missed aim is printed and is no failure. */
export async function runBench(names: string[], quick: boolean): Promise<void> {
  const began = performance.now();
  if (hasTaskset()) pin(process.pid, GENERATOR_CORE);
  else console.log("taskset is not here: server and generator share the cores, and wall rates say little.");
  // Its anchor is a file of the pages.
  if (names.includes("catalogue") && (await buildWeb(ROOT)) !== 0) throw new Error("the pages do not build");
  const shop = await openShop();
  const generator = new Generator();
  const misses: string[] = [];
  const failed: string[] = [];
  try {
    // Begun here, so that its draw happens behind the other suites.
    const drawn = names.includes("opens") ? await drawnSession(shop, generator) : undefined;
    for (const name of names) {
      const length = lengthOf(name, quick);
      const conditions = { quick, pinned: shop.pinned, ...length };
      try {
        const suite = await suiteOf(name)({ ...length, shop, generator, drawnSession: drawn, conditions });
        report(suite);
        misses.push(...missesOf(suite));
      } catch (error) {
        // The others may still tell something; the run as a whole has failed.
        failed.push(`${name}: ${error instanceof Error ? error.message : error}`);
        console.log(`\n${name} went wrong: ${error instanceof Error ? error.stack : error}`);
      }
    }
  } finally {
    generator.stop();
    await shop.stop();
  }
  console.log(misses.length === 0 ? "\nEvery aim is met." : `\nMissed:\n${misses.map((line) => `  ${line}`).join("\n")}`);
  console.log(`${names.length} suites in ${((performance.now() - began) / 1000).toFixed(0)} s.`);
  if (failed.length > 0) throw new Error(`these went wrong:\n${failed.map((line) => `  ${line}`).join("\n")}`);
}
