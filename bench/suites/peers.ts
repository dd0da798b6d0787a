// P5 and P6: the full reservation beside Fastify with Redis and Fastify with PostgreSQL, per second of server CPU.
import type { Kind as Requests } from "../generator/people.ts";
import { openPeer, type Peer, storedOnce } from "../harness/peers.ts";
import type { Row, Suite } from "../harness/report.ts";
import { measure, type Results, type Rung } from "../harness/rounds.ts";
import { rungsOf } from "./rungs.ts";
import { noteOthers, rateRow, type Setting } from "./setting.ts";

const CONNECTIONS = 256;
/** Sent once more, and of each kind that must be refused. */
const TRIES = 500;

/** `base`: with what the same process does without its store. */
type Kind = { row: string; name: string; file: string; args: string[]; base: boolean; aim?: { atLeast: number } };

const KINDS: Kind[] = [
  { row: "P5", name: "Fastify + Redis, fsync always", file: "redis.ts", args: ["always"], base: true, aim: { atLeast: 0.35 } },
  { row: "P5b", name: "Fastify + Redis, fsync each second", file: "redis.ts", args: ["everysec"], base: false },
  { row: "P6", name: "Fastify + PostgreSQL", file: "postgres.ts", args: [], base: true, aim: { atLeast: 1.3 } },
];

type Opened = Kind & { peer: Peer; rungs: { stores: Rung; checks: Rung; echo: Rung } };

export async function peers(setting: Setting): Promise<Suite> {
  const { shop, generator, rounds, secondsEach, warm, conditions } = setting;
  const opened: Opened[] = [];
  const notes: string[] = [];
  try {
    for (const kind of KINDS) {
      try {
        const peer = await openPeer(kind.file, kind.args, shop);
        opened.push({ ...kind, peer, rungs: rungsOn(kind.name, peer) });
        notes.push(`${kind.name}: Node ${process.versions.node}, Fastify ${peer.fastify}, ${peer.store}.`);
      } catch (error) {
        notes.push(`SKIPPED, ${kind.name}: ${error instanceof Error ? error.message : error}`);
      }
    }
    const { full, bare, bareChecks } = rungsOf(shop.facts.session);
    const rungs = [
      full,
      bareChecks,
      bare,
      ...opened.flatMap(({ base, rungs: { stores, checks, echo } }) => (base ? [stores, checks, echo] : [stores])),
    ];
    const results = await measure(shop, generator, { rungs, rounds, secondsEach, warm, connections: CONNECTIONS });
    for (const one of opened) notes.push(await refuses(one, setting));
    const [first] = opened.filter(({ base }) => base);
    return {
      name: "peers",
      rounds,
      rows: [
        ...opened.map(({ row, name, aim, rungs: { stores } }) => against(results, `${row}: full / ${name}`, full, stores, aim)),
        ...(first ? [against(results, "the same checks, nothing stored: Hono / Fastify", bareChecks, first.rungs.checks)] : []),
        ...rungs.map((rung) => rateRow(results, rung)),
      ],
      notes: [...notes, "Receipt and signature are the shop's alone: no peer makes any.", noteOthers(results)],
      conditions: { ...conditions, connections: CONNECTIONS },
    };
  } finally {
    for (const { peer } of opened) await peer.stop();
  }
}

const rungsOn = (name: string, on: Peer): Opened["rungs"] => ({
  stores: { name, path: `/v1/sessions/${on.facts.session}/reservations`, status: 201, stores: "peer", on },
  checks: { name: `${name}: its checks alone`, path: `/bench/checks/${on.facts.session}`, status: 201, on },
  echo: { name: `${name}: its bare JSON echo`, path: "/bench/echo", status: 200, on },
});

const against = (results: Results, name: string, above: Rung, below: Rung, aim?: { atLeast: number }): Row => ({
  name,
  value: results.ratioPerCpu(above.name, below.name),
  unit: "x, per CPU s",
  ...(aim ? { aim } : {}),
  more: { "on the wall": results.ratio(above.name, below.name).median },
});

/** It refuses what the shop refuses, whoever comes again among them, and stores nobody twice. Throws otherwise. */
async function refuses({ name, peer, rungs }: Opened, { generator }: Setting): Promise<string> {
  const send = async (kind: Requests, status: number) => {
    const order = { port: peer.port, path: rungs.stores.path, kind, count: TRIES, connections: 32 };
    const { statuses } = await generator.ask<"load">({ do: "load", order });
    if (statuses[status] !== TRIES) throw new Error(`${name}, ${kind}: ${JSON.stringify(statuses)}, expected ${status} only`);
  };
  for (const kind of ["good", "unsigned", "expired"] as const)
    await generator.ask<"prepare">({ do: "prepare", facts: peer.facts, count: TRIES, kind });
  await send("good", 201);
  await send("good", 409);
  await send("unsigned", 401);
  await send("expired", 401);
  const stored = await storedOnce(peer, name);
  return `${name}: ${stored.toLocaleString("en")} accepted = stored, nobody twice; whoever came again, unsigned or expired was refused.`;
}
