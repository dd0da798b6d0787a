// Row 2: a draw of 100,000 reservations (quick: fewer) beside a node:crypto loop over the same number and sizes of hashes.
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { progressBar } from "../../scripts/play/progress.ts";
import type { DrawAnswer, DrawOrder } from "../draw/child.ts";
import { hasTaskset, SERVER_CORE } from "../harness/processes.ts";
import type { Row, Suite } from "../harness/report.ts";
import { ratios, spreadOf } from "../harness/statistics.ts";
import type { Setting } from "./setting.ts";

const AIM = 6;

type Timed = Exclude<DrawAnswer, { error: string }>;

function ask(child: ChildProcess, order: DrawOrder): Promise<Timed> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error("the draw's process ended"));
    child.once("exit", ended);
    child.once("message", (answer: DrawAnswer) => {
      child.off("exit", ended);
      if ("error" in answer) reject(new Error(answer.error));
      else resolve(answer);
    });
    child.send(order);
  });
}

async function onWorkerd(url: string): Promise<Timed> {
  const began = performance.now();
  const reply = await fetch(`${url}/bench/draw/run`, { method: "POST" });
  const { root } = (await reply.json()) as { root: string };
  return { ms: performance.now() - began, root };
}

export async function draw({ shop, rounds, size, conditions }: Setting): Promise<Suite> {
  const program = [
    ...(hasTaskset() ? ["taskset", "-c", String(SERVER_CORE)] : []),
    process.execPath,
    join(import.meta.dirname, "../draw/child.ts"),
  ];
  const child = spawn(program[0] as string, program.slice(1), { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const bar = progressBar();
  try {
    const counted = await ask(child, { do: "prepare", entries: size });
    await fetch(`${shop.url}/bench/draw/prepare?entries=${size}`, { method: "POST" });
    const runs: { [name: string]: () => Promise<Timed> } = {
      node: () => ask(child, { do: "draw" }),
      hash: () => ask(child, { do: "loop", with: "hash" }),
      createHash: () => ask(child, { do: "loop", with: "createHash" }),
      workerd: () => onWorkerd(shop.url),
    };
    const times: { [name: string]: number[] } = {};
    const roots = new Set<string>();
    // Two rounds first, so that everything is compiled.
    for (let round = -2; round < rounds; round++) {
      bar.show("draw", Math.max(0, round + 1), rounds);
      for (const name of round % 2 === 0 ? Object.keys(runs) : Object.keys(runs).toReversed()) {
        const { ms, root } = await (runs[name] as () => Promise<Timed>)();
        if (root) roots.add(root);
        if (round >= 0) times[name] = [...(times[name] ?? []), ms];
      }
    }
    bar.end();
    if (roots.size !== 1) throw new Error("Node and workerd drew different results");
    const of = (name: string) => times[name] as number[];
    const against = (name: string, above: string, below: string): Row => ({
      name,
      value: ratios(of(above), of(below)),
      unit: "x",
      aim: { atMost: AIM },
    });
    const spent = (name: string, key: string): Row => ({ name, value: spreadOf(of(key)), unit: "ms" });
    return {
      name: "draw",
      rounds,
      rows: [
        against("2: draw on workerd / crypto.hash loop", "workerd", "hash"),
        against("2: draw in Node / crypto.hash loop", "node", "hash"),
        against("2: draw in Node / createHash loop", "node", "createHash"),
        spent("draw on workerd", "workerd"),
        spent("draw in Node", "node"),
        spent("loop of crypto.hash", "hash"),
        spent("loop of createHash", "createHash"),
      ],
      notes: [
        `One draw of ${size.toLocaleString("en")}: ${counted.hashes?.toLocaleString("en")} hashes over ${counted.bytes?.toLocaleString("en")} bytes (${Object.entries(
          counted.sizes ?? {},
        )
          .map(([size, count]) => `${count.toLocaleString("en")} of ${size}`)
          .join(", ")}).`,
        "Node and workerd arrive at the same root.",
      ],
      conditions,
    };
  } finally {
    child.disconnect();
  }
}
