// What lies on the table of the verify page: everything dropped so far, and the check that it allows.
import { signal } from "@preact/signals";
import type { Bytes } from "../../domain/bytes.ts";
import { unhex } from "../../domain/bytes.ts";
import { type Chain, localChains, PUBLIC_CHAINS } from "../../domain/draw/chains.ts";
import type { Receipt } from "../../domain/draw/receipt.ts";
import { readReviewBundle } from "../../domain/draw/review.ts";
import { type LifeEvent, lifeOf, readWaves } from "../../domain/proof/life.ts";
import type { PoolFiles } from "../../domain/proof/pool.ts";
import type { Facts } from "../../domain/proof/work.ts";
import { itemOfFile } from "../check/given.ts";
import { type Item, itemOfText } from "../check/inbox.ts";
import type { Evidence } from "../check/messages.ts";
import { type Report, runCheck } from "../check/run.ts";
import { poolFilesOf, type SavedCheck } from "../check/saved.ts";
import { workplace } from "./check-worker.ts";
import { ask, askLocalChains, askLogKey, askWaves, ownOrigin } from "./network.ts";

/** Where the log's key and the plan's fingerprint came from: only the reader can say whether that is good enough. */
export type KeySource = "file" | "shop" | "reader";

type OnDesk = {
  evidence?: Evidence;
  receipt?: string;
  saved?: SavedCheck;
  table?: Bytes;
  result?: Bytes;
  waves: Bytes[];
  logKey?: { key: string; from: KeySource };
};

export type Trouble = "unknown-file" | "needs-network" | "not-published" | "no-qr" | "paper" | "failed";

export const origin = signal(ownOrigin());
export const report = signal<Report | undefined>(undefined);
export const life = signal<LifeEvent[]>([]);
export const trouble = signal<Trouble | undefined>(undefined);
export const keySource = signal<KeySource | undefined>(undefined);
export const busy = signal(false);

let desk: OnDesk = { waves: [] };
/** A newer check ends the showing of an older one. */
let turn = 0;

export function clear(): void {
  desk = { waves: [] };
  turn++;
  for (const one of [report, trouble, keySource]) one.value = undefined;
  life.value = [];
}

export async function takeFiles(files: Iterable<File>): Promise<void> {
  for (const file of files) {
    const item = await itemOfFile(file);
    if (item) put(item);
    else trouble.value = "no-qr";
  }
  await look();
}

export async function takeText(text: string): Promise<void> {
  put(itemOfText(text));
  await look();
}

function put(item: Item): void {
  trouble.value = undefined;
  switch (item.kind) {
    case "proof":
      desk.evidence = { bytes: item.bytes };
      break;
    case "proof-text":
      desk.evidence = { text: item.text };
      break;
    case "receipt":
      desk.receipt = item.text;
      break;
    case "check":
      desk.saved = item.saved;
      desk.evidence = { text: item.saved.proof };
      break;
    case "table":
    case "result":
      desk[item.kind] = item.bytes;
      break;
    case "wave":
      desk.waves.push(item.bytes);
      break;
    case "log-key":
      desk.logKey = { key: item.key, from: "reader" };
      break;
    case "paper":
      trouble.value = "paper";
      break;
    case "unknown":
      trouble.value = "unknown-file";
  }
}

/** Checks what lies on the desk. */
async function look(): Promise<void> {
  const mine = ++turn;
  busy.value = true;
  try {
    const evidence = desk.evidence ?? (await publicPart());
    if (!evidence || mine !== turn) return;
    const { trust, from } = await trustNow();
    keySource.value = from;
    await runCheck({ evidence, trust, files: poolFiles }, workplace, (now) => {
      if (mine === turn) report.value = now;
    });
    if (mine === turn) await tellLife();
  } catch (error) {
    console.error(error);
    trouble.value = "failed";
  } finally {
    if (mine === turn) busy.value = false;
  }
}

const receiptNow = (): Receipt | undefined => (desk.receipt === undefined ? undefined : (JSON.parse(desk.receipt) as Receipt));

/** A receipt alone needs the shop's files: its place, and everything around it. */
async function publicPart(): Promise<Evidence | undefined> {
  const receipt = receiptNow();
  if (!receipt || desk.receipt === undefined) return undefined;
  if (origin.value === "") {
    trouble.value = "needs-network";
    return undefined;
  }
  const { session, shard, index } = receipt;
  const part = await ask(origin.value, `/draws/${session}/proofs/${shard}/${index}`);
  if (!part) trouble.value = "not-published";
  return part && { publicPart: part, receipt: desk.receipt };
}

async function trustNow() {
  const { saved, receipt } = desk;
  const asked = desk.logKey ?? (saved?.logKey ? { key: saved.logKey, from: "file" as const } : await shopKey());
  const seen = receipt ? receiptNow()?.manifest : saved?.seen;
  const trial: Chain[] = saved?.chain ? localChains([saved.chain]) : origin.value === "" ? [] : await askLocalChains(origin.value);
  const trust = { chains: [...PUBLIC_CHAINS, ...trial], logKeys: asked ? [asked.key] : [], seen };
  return { trust, from: asked?.from };
}

async function shopKey(): Promise<OnDesk["logKey"]> {
  const key = origin.value === "" ? undefined : await askLogKey(origin.value);
  return key ? { key, from: "shop" } : undefined;
}

async function poolFiles({ manifest, own }: Facts): Promise<PoolFiles | undefined> {
  if (desk.table && desk.result) return { table: desk.table, result: desk.result };
  const saved = desk.saved && poolFilesOf(desk.saved);
  if (saved || origin.value === "") return saved;
  const [table, result] = await Promise.all([
    ask(origin.value, `/draws/${manifest?.session}/tables/${own?.pool}`),
    ask(origin.value, `/draws/${manifest?.session}/results/${own?.pool}`),
  ]);
  return table && result ? { table, result } : undefined;
}

async function tellLife(): Promise<void> {
  const facts = report.value?.facts;
  const session = facts?.manifest?.session;
  if (!facts || !session || !facts.M) return;
  life.value = lifeOf(facts);
  const M = unhex(facts.M);
  const asks = origin.value !== "";
  const [waves, review] = await Promise.all([
    desk.waves.length > 0 || !asks ? desk.waves : askWaves(origin.value, session),
    asks ? ask(origin.value, `/draws/${session}/review`) : undefined,
  ]);
  try {
    life.value = lifeOf(facts, readWaves(waves, M), review ? readReviewBundle(review, M) : []);
  } catch {
    // Files of another session, or that are cut short: the life ends with the draw.
  }
}
