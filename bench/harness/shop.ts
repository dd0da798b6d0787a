// The shop under measurement: served on workerd with the benchmark's entry, with one open session that stays open for the whole run.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { hex } from "../../domain/bytes.ts";
import { type Leads, type Manifest, manifestHash, parseObject } from "../../domain/draw/manifest.ts";
import { ROOT } from "../../scripts/local/bundle.ts";
import { type LocalServer, startServer } from "../../scripts/local/server.ts";
import { drillStores } from "../../scripts/play/opening-day.ts";
import { operatorAt } from "../../scripts/play/people.ts";
import { announce, until } from "../../scripts/play/sessions.ts";
import type { SessionFacts } from "../generator/people.ts";
import { MEASURED } from "./measured.ts";
import { pin, SERVER_CORE, workerdPids } from "./processes.ts";

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
  /** The local beacon's chain hash. */
  chain: string;
  settings: object;
  facts: SessionFacts;
  /** Starts workerd anew on the same state, after it was killed. */
  restart: () => Promise<void>;
  stop: () => Promise<void>;
};

/** State lies in the project's own folder and not in a temporary one, which may be memory: commits have to reach a disk. */
function stateFolder(): string {
  const parent = join(ROOT, ".fairpour/bench");
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, "state-"));
}

export async function openShop(): Promise<Shop> {
  const others = workerdPids();
  const stateDir = stateFolder();
  const forget = () => rmSync(stateDir, { recursive: true, force: true });
  const server = await startServer({ stateDir, extraStores: drillStores(STORES), ...MEASURED }).catch((error: unknown) => {
    forget();
    throw error;
  });
  const stop = async () => {
    await server.stop();
    forget();
  };
  try {
    const shop = { ...placeOf(server.url, others), chain: server.chain.hash, settings: await settingsOf(server), stop };
    const facts = await openSession(shop);
    const opened: Shop = {
      ...shop,
      facts,
      restart: async () => {
        Object.assign(opened, placeOf(await server.restart(), others));
      },
    };
    return opened;
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Where the shop is reached, and its process, on a core of its own; `others` belong to other shops. */
function placeOf(url: string, others: number[]): Pick<Shop, "url" | "port" | "pid" | "pinned"> {
  const pid = workerdPids().find((one) => !others.includes(one));
  return { url, port: Number(new URL(url).port), pid, pinned: pid !== undefined && pin(pid, SERVER_CORE) };
}

async function settingsOf({ miniflare, secrets }: LocalServer): Promise<object> {
  const { BRAND, LOG_ORIGIN, BEACON_RELAYS, WITNESSES } = await miniflare.getBindings<{ [name: string]: string }>("shop");
  const { LOCAL_BEACON_KEY: _, ...shopSecrets } = secrets;
  return { BRAND, LOG_ORIGIN, BEACON_RELAYS, WITNESSES, ...shopSecrets };
}

type Times = { openS: number; windowS: number; graceS: number; leads: Leads };

/** Four products at each store, ten units each. */
export function planOf(chain: string, what: string, { openS, windowS, graceS, leads }: Times, stores = STORES) {
  const now = Math.floor(Date.now() / 1000);
  const open = now + openS;
  const plan = {
    session: `${what}-${now}`,
    title: { "zh-CN": "测量", en: "Benchmark" },
    market: "CN",
    open,
    close: open + windowS,
    graceS,
    leads,
    chain,
    shards: SHARDS,
    // The limit is checked as in any session, and never reached: the ladder measures what a reservation costs, `admission` what shedding does.
    admitPerS: 1_000_000,
    skus: SKUS,
  };
  const pools = SKUS.toSorted().flatMap((sku) =>
    drillStores(stores).map((store) => ({ sku, store: (store as { id: string }).id, stock: 10 })),
  );
  return { plan, pools };
}

async function openSession(shop: Pick<Shop, "url" | "chain" | "settings">): Promise<SessionFacts> {
  const operator = await operatorAt(shop.url);
  const leads = { announceS: 0, reviewS: 60, sealLeadS: 60 };
  const { plan, pools } = planOf(shop.chain, "bench", { openS: 3, windowS: OPEN_S, graceS: 3, leads });
  await announce(operator, plan, pools);
  await until(operator, plan.session, ["open"], 30);
  return factsOf(shop, plan.session);
}

/** What the generator has to know of an announced session, from its files. */
export async function factsOf({ url, settings }: Pick<Shop, "url" | "settings">, session: string): Promise<SessionFacts> {
  const bytes = new Uint8Array(await (await fetch(`${url}/draws/${session}/manifest.json`)).arrayBuffer());
  const manifest = parseObject<Manifest>(bytes);
  const rules = (await (await fetch(`${url}/rules/${manifest.rulesHash}`)).json()) as { families: { [sku: string]: string } };
  return {
    settings,
    session,
    manifest: hex(manifestHash(bytes)),
    market: manifest.market,
    families: [...new Set(Object.values(rules.families))],
    pools: manifest.pools,
    exp: manifest.close + manifest.graceS,
  };
}
