// Phone rows: what checking one's draw downloads and costs in Chromium at a fourth of this machine's speed.
import { chromium } from "playwright-core";
import { ROOT } from "../../scripts/local/bundle.ts";
import { localChain, signRound } from "../../scripts/local/chain.ts";
import { chromiumPath } from "../../scripts/setup/browser.ts";
import { buildWeb } from "../../scripts/setup/web.ts";
import { GENERATOR_CORE, hasTaskset, pin, unpin } from "../harness/processes.ts";
import type { Row, Suite } from "../harness/report.ts";
import { spreadOf } from "../harness/statistics.ts";
import { type Measured, measure, workerSlowdown } from "../phone/measure.ts";
import { serve } from "../phone/serve.ts";
import { phoneSession } from "../phone/session.ts";
import type { Setting } from "./setting.ts";

const SLOWDOWN = 4;
/** 20 M entries over 8,800 pools; and a very large pool. */
const ROWS = { typical: 2_327, large: 50_000 };
/** Where the work is done, and how much slower the browser is made. */
const WAYS: [how: string, worker: boolean, slowdown: number][] = [
  ["worker", true, SLOWDOWN],
  ["page", false, SLOWDOWN],
  ["full speed", true, 1],
];
/** Signs rounds of a beacon that only this measurement knows. */
const BEACON_KEY = "07".repeat(32);

export async function phone({ rounds, conditions }: Setting): Promise<Suite> {
  if ((await buildWeb(ROOT)) !== 0) throw new Error("the pages do not build");
  // On one core Chromium's slowdown, which works by stopping threads, slows the page down by much more than it says.
  unpin(process.pid);
  const chain = localChain(BEACON_KEY);
  const sign = (round: number) => signRound(BEACON_KEY, round);
  const browser = await chromium.launch({
    executablePath: process.env.FAIRPOUR_CHROMIUM ?? chromiumPath(),
    args: ["--no-sandbox", "--disable-gpu"],
  });
  try {
    const runs: { [name: string]: Measured[] } = {};
    let inWorkers = Number.NaN;
    for (const [size, rows] of Object.entries(ROWS)) {
      const session = phoneSession(chain, sign, rows);
      const served = await serve(session.files);
      if (size === "typical") inWorkers = await workerSlowdown(browser, served.url, SLOWDOWN);
      const visit = { ...session, url: served.url };
      for (let round = 0; round < rounds; round++) {
        for (const [how, worker, slowdown] of WAYS) {
          const key = `${size} ${how}`;
          runs[key] = [...(runs[key] ?? []), await measure(browser, { ...visit, worker, slowdown })];
        }
      }
      served.stop();
    }
    const row = (name: string, run: string, of: keyof Measured, unit: string, atMost?: number, times = 1): Row => ({
      name,
      value: spreadOf((runs[run] as Measured[]).map((one) => one[of] * times)),
      unit,
      ...(atMost === undefined ? {} : { aim: { atMost } }),
    });
    return {
      name: "phone",
      rounds,
      rows: [
        row("proof: body and headers", "typical worker", "proofBytes", "bytes", 8_191),
        row("level 1: everything downloaded", "typical worker", "level1Bytes", "bytes"),
        row("level 1: page's own thread until it is shown", "typical worker", "main1Ms", "ms", 100),
        row("level 1: the same at full speed, times 4", "typical full speed", "main1Ms", "ms", 100, SLOWDOWN),
        row("both levels: page's own thread until all is shown", "typical worker", "mainMs", "ms"),
        row("both levels: longest task of it", "typical worker", "longestMs", "ms", 100),
        row("level 1: tap to result, in the worker", "typical worker", "level1Ms", "ms", 1_500),
        row("level 1: tap to result, all at a fourth of the speed", "typical page", "level1Ms", "ms", 1_500),
        row("level 2: 2,327 entries, all at a fourth", "typical page", "level2Ms", "ms"),
        row("level 2: 50,000 entries, in the worker", "large worker", "level2Ms", "ms", 3_000),
        row("level 2: 50,000 entries, all at a fourth", "large page", "level2Ms", "ms", 3_000),
        row("both levels, 50,000 entries: page's own thread", "large worker", "mainMs", "ms"),
      ],
      notes: [
        `A loop in a worker takes ${inWorkers.toFixed(2)} times as long with Chromium's slowdown of ${SLOWDOWN}: where that is 1, workers are not slowed down, and the rows "all at a fourth" do the same work on the page's own thread, which is.`,
        "On a machine that is busy otherwise, Chromium's slowdown slows a page by more than it says, because its own thread is what it stops and starts: the row at full speed, times 4, stands beside it.",
        "A cold page each time: loading the page is not counted, starting the worker and compiling its code is.",
        "The own pool's table and result are real; of the other trees (8,800 pools, 512 shards of 40,000, a log of 2^20) only the path is made up.",
      ],
      conditions,
    };
  } finally {
    await browser.close();
    if (hasTaskset()) pin(process.pid, GENERATOR_CORE);
  }
}
