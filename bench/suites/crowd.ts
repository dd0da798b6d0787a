// A whole session of a million and of ten: from the last reservation to the result on the shop's own objects, and an audit of its files.
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { shardsFor } from "../../domain/draw/plan.ts";
import { operatorAt } from "../../scripts/play/people.ts";
import { progressBar } from "../../scripts/play/progress.ts";
import { announce, eventually, sleep, until } from "../../scripts/play/sessions.ts";
import type { DrawAnswer, DrawOrder } from "../draw/child.ts";
import { cpuSecondsOf, hasTaskset, SERVER_CORE } from "../harness/processes.ts";
import type { Row, Suite } from "../harness/report.ts";
import { openShop, planOf, type Shop } from "../harness/shop.ts";
import { ratios, spreadOf } from "../harness/statistics.ts";
import type { Setting } from "./setting.ts";

const STORES = 100;
const MB = 1e6;

/** Seconds that the session leaves for pouring and for sealing, slow machines included. */
const pouringS = (entries: number) => 5 + Math.ceil(entries / 60_000);
const sealingS = (entries: number) => 5 + Math.ceil(entries / 25_000);

type Drawn = { session: string; sealCpuS: number; drawCpuS: number; sealS: number; drawS: number; auditS: number };

/** On a shop of its own: its rows and files are some gigabytes, which go with it. */
export async function crowd({ rounds, size, conditions }: Setting): Promise<Suite> {
  const shop = await openShop();
  const child = hashing();
  try {
    const counted = await ask(child, { do: "prepare", entries: size });
    const bar = progressBar();
    const runs: { drawn: Drawn; loopS: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      bar.show(`sessions of ${size.toLocaleString("en")}`, round, rounds);
      const loopS = (await ask(child, { do: "loop", with: "hash" })).ms / 1000;
      runs.push({ drawn: await session(shop, size, round), loopS });
    }
    const before = peakOf(await held(shop));
    bar.show(`a session of ${(10 * size).toLocaleString("en")}`, 0, 0);
    const large = await session(shop, 10 * size, rounds);
    bar.end();
    const objects = await held(shop);
    const cpu = runs.map(({ drawn }) => drawn.sealCpuS + drawn.drawCpuS);
    const one = (value: number) => ({ median: value, min: value, max: value });
    const seconds = (name: string, values: number[]): Row => ({ name, value: spreadOf(values), unit: "s" });
    const each = (value: number, entries: number) => (1e6 * value) / entries;
    const median = spreadOf(cpu).median;
    return {
      name: "crowd",
      rounds,
      rows: [
        {
          name: `${size.toLocaleString("en")}: seal, tables, bundles, draw, result / crypto.hash loop`,
          value: ratios(
            cpu,
            runs.map(({ loopS }) => loopS),
          ),
          unit: "x",
          aim: { atMost: 6 },
        },
        {
          name: `${size.toLocaleString("en")}: npm run verify / seal to result`,
          value: ratios(
            runs.map(({ drawn }) => drawn.auditS),
            cpu,
          ),
          unit: "x",
          aim: { atMost: 3 },
        },
        {
          name: `${(10 * size).toLocaleString("en")}: CPU of a reservation / the same at ${size.toLocaleString("en")}`,
          value: one((large.sealCpuS + large.drawCpuS) / 10 / median),
          unit: "x",
          aim: { atMost: 1.2 },
        },
        {
          name: `${(10 * size).toLocaleString("en")}: most bytes that one object held`,
          value: one(peakOf(objects) / MB),
          unit: "MB",
          aim: { atMost: 100 },
          more: Object.fromEntries(["shard", "book"].map((kind) => [kind, `${(peakOf(objects, kind) / MB).toFixed(1)} MB`])),
        },
        { name: `${size.toLocaleString("en")}: most bytes that one object held`, value: one(before / MB), unit: "MB" },
        seconds(
          "CPU from close to seal",
          runs.map(({ drawn }) => drawn.sealCpuS),
        ),
        seconds(
          "CPU from beacon to result",
          runs.map(({ drawn }) => drawn.drawCpuS),
        ),
        seconds(
          "loop of crypto.hash",
          runs.map(({ loopS }) => loopS),
        ),
        seconds(
          "npm run verify",
          runs.map(({ drawn }) => drawn.auditS),
        ),
        seconds(`${(10 * size).toLocaleString("en")}: close to seal`, [large.sealS]),
        seconds(`${(10 * size).toLocaleString("en")}: beacon to result`, [large.drawS]),
      ],
      notes: [
        `${counted.hashes?.toLocaleString("en")} hashes in one loop. A reservation costs ${each(median, size).toFixed(1)} us of CPU from close to result, ${each(large.sealCpuS + large.drawCpuS, 10 * size).toFixed(1)} us among ${(10 * size).toLocaleString("en")}.`,
        `${shardsOf(size)} and ${shardsOf(10 * size)} shards, ${4 * STORES} pools. An object's account counts every byte that came in or went out during a call until its end, and 200 for each row's object.`,
        "Every session passed the audit.",
      ],
      conditions,
    };
  } finally {
    child.disconnect();
    await shop.stop();
  }
}

const shardsOf = (entries: number): number => shardsFor({ reservations: entries });

function hashing(): ChildProcess {
  const program = [
    ...(hasTaskset() ? ["taskset", "-c", String(SERVER_CORE)] : []),
    process.execPath,
    "--max-old-space-size=8192",
    join(import.meta.dirname, "../draw/child.ts"),
  ];
  return spawn(program[0] as string, program.slice(1), { stdio: ["ignore", "inherit", "inherit", "ipc"] });
}

function ask(child: ChildProcess, order: DrawOrder): Promise<Exclude<DrawAnswer, { error: string }>> {
  return new Promise((resolve, reject) => {
    child.once("message", (answer: DrawAnswer) => ("error" in answer ? reject(new Error(answer.error)) : resolve(answer)));
    child.send(order);
  });
}

async function session(shop: Shop, entries: number, round: number): Promise<Drawn> {
  const operator = await operatorAt(shop.url);
  const leads = { announceS: 0, reviewS: sealingS(entries), sealLeadS: 3 };
  const times = { openS: pouringS(entries), windowS: 1, graceS: 0, leads };
  const { plan, pools } = planOf(shop.chain, `crowd-${round}`, times, STORES);
  const shards = shardsOf(entries);
  await announce(operator, { ...plan, shards }, pools);
  const id = plan.session;
  await eventually("the shards have their plan", 60, async () => (await fetch(`${shop.url}/draws/${id}/manifest.json`)).ok);
  await sleep(500);
  for (let shard = 0; shard < shards; shard++) {
    const count = Math.floor(((shard + 1) * entries) / shards) - Math.floor((shard * entries) / shards);
    const query = new URLSearchParams({
      session: id,
      shard: String(shard),
      count: String(count),
      pools: String(pools.length),
      s: String(plan.open),
    });
    const reply = await fetch(`${shop.url}/bench/crowd/pour?${query}`, { method: "POST" });
    if (!reply.ok) throw new Error(`pouring: ${reply.status} ${await reply.text()}`);
  }
  const left = plan.close - Date.now() / 1000;
  if (left < 0) throw new Error("pouring took longer than the session gave it: this machine is too busy");
  await sleep(Math.max(0, left * 1000 - 200));
  const cpu = () => cpuSecondsOf(shop.pid as number) ?? Number.NaN;
  const [cpuAtClose, closed] = [cpu(), Date.now()];
  const there = (file: string, seconds: number) =>
    eventually(file, seconds, async () => (await fetch(`${shop.url}/draws/${id}/${file}`)).ok && { cpu: cpu(), at: Date.now() });
  const seal = await there("seal.json", sealingS(entries) + 5);
  const beaconAt = (plan.close + leads.reviewS + leads.sealLeadS) * 1000;
  await sleep(Math.max(0, beaconAt - Date.now() - 100));
  const cpuBefore = cpu();
  const result = await there("result.json", 60 + sealingS(entries));
  await until(operator, id, ["awarding"], 60 + sealingS(entries));
  return {
    session: id,
    sealCpuS: seal.cpu - cpuAtClose,
    drawCpuS: result.cpu - cpuBefore,
    sealS: (seal.at - closed) / 1000,
    drawS: (result.at - beaconAt) / 1000,
    auditS: await audited(shop, id),
  };
}

/** CPU of `npm run verify`; throws unless everything holds. */
async function audited(shop: Shop, id: string): Promise<number> {
  const program = join(import.meta.dirname, "../../scripts/verify.ts");
  const child = spawn(process.execPath, ["--max-old-space-size=8192", program, "--origin", shop.url, "--session", id, "--json"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  let text = "";
  let used = 0;
  child.stdout.on("data", (data: Buffer) => (text += data.toString()));
  const watch = setInterval(() => (used = cpuSecondsOf(child.pid as number) ?? used), 50);
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`the audit of ${id}: ${text}`);
  return used;
}

const held = async (shop: Shop): Promise<{ [object: string]: number }> =>
  (await (await fetch(`${shop.url}/bench/crowd/held`)).json()) as { [object: string]: number };

const peakOf = (objects: { [object: string]: number }, kind = ""): number =>
  Math.max(0, ...Object.entries(objects).flatMap(([name, bytes]) => (name.includes(`/${kind}`) ? [bytes] : [])));
