// The shop under measurement: served on workerd with the benchmark's entry, with one open session that stays open for the whole run.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { hex } from "../../domain/bytes.ts";
import { type Manifest, manifestHash, parseObject } from "../../domain/draw/manifest.ts";
import { ROOT } from "../../scripts/local/bundle.ts";
import { type LocalServer, startServer } from "../../scripts/local/server.ts";
import { drillStores } from "../../scripts/play/opening-day.ts";
import { operatorAt } from "../../scripts/play/people.ts";
import { announce, until } from "../../scripts/play/sessions.ts";
import type { SessionFacts } from "../generator/people.ts";
import { pin, SERVER_CORE, workerdPid } from "./processes.ts";

const SKUS = ["tiger-500", "m1935-500", "tiger-375x2", "zhenpin-500"];
const STORES = 100;
/** As many as a laptop's session has. */
export const SHARDS = 4;
/** Longer than any run. */
const OPEN_S = 6 * 3600;

export type Shop = {
  url: string;
  port: number;
  pid: number | undefined;
  pinned: boolean;
  facts: SessionFacts;
  stop: () => Promise<void>;
};

/** State lies in the project's own folder and not in a temporary one, which may be memory: commits have to reach a disk. */
function stateFolder(): string {
  const parent = join(ROOT, ".fairpour/bench");
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, "state-"));
}

export async function openShop(): Promise<Shop> {
  const stateDir = stateFolder();
  const forget = () => rmSync(stateDir, { recursive: true, force: true });
  const server = await startServer({
    stateDir,
    entry: "bench/worker.ts",
    extraStores: drillStores(STORES),
    // A rung that remembers in memory alone must not be put to sleep between its rounds.
    extraObjects: {
      RUNGS: { className: "Rung", useSQLite: true, unsafePreventEviction: true },
      OUTBOXES: { className: "OutboxBench", useSQLite: true },
    },
  }).catch((error: unknown) => {
    forget();
    throw error;
  });
  const pid = workerdPid();
  const pinned = pid !== undefined && pin(pid, SERVER_CORE);
  const stop = async () => {
    await server.stop();
    forget();
  };
  try {
    const facts = await openSession(server);
    return { url: server.url, port: Number(new URL(server.url).port), pid, pinned, facts, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function openSession({ url, chain, secrets, miniflare }: LocalServer): Promise<SessionFacts> {
  const operator = await operatorAt(url);
  const now = Math.floor(Date.now() / 1000);
  const session = `bench-${now}`;
  const plan = {
    session,
    title: { "zh-CN": "测量", en: "Benchmark" },
    market: "CN",
    open: now + 2,
    close: now + OPEN_S,
    graceS: 3,
    leads: { announceS: 0, reviewS: 60, sealLeadS: 60 },
    chain: chain.hash,
    shards: SHARDS,
    // The limit is checked as in any session, and never reached: the ladder measures what a reservation costs, `admission` what shedding does.
    admitPerS: 1_000_000,
    skus: SKUS,
  };
  const pools = SKUS.toSorted().flatMap((sku) =>
    drillStores(STORES).map((store) => ({ sku, store: (store as { id: string }).id, stock: 10 })),
  );
  await announce(operator, plan, pools);
  await until(operator, session, ["open"], 30);
  const bytes = new Uint8Array(await (await fetch(`${url}/draws/${session}/manifest.json`)).arrayBuffer());
  const manifest = parseObject<Manifest>(bytes);
  const rules = (await (await fetch(`${url}/rules/${manifest.rulesHash}`)).json()) as { families: { [sku: string]: string } };
  const { BRAND, LOG_ORIGIN, BEACON_RELAYS } = await miniflare.getBindings<{ [name: string]: string }>("shop");
  const { OPERATOR_SECRETS, PEPPER, TOKEN_SECRETS } = secrets;
  return {
    settings: { BRAND, LOG_ORIGIN, BEACON_RELAYS, OPERATOR_SECRETS, PEPPER, TOKEN_SECRETS },
    session,
    manifest: hex(manifestHash(bytes)),
    market: manifest.market,
    families: [...new Set(Object.values(rules.families))],
    pools: manifest.pools,
    exp: manifest.close + manifest.graceS,
  };
}
