// The first draw day of the modelled system, 31 March 2022, scaled: 6.22 M reservations by 2.29 M people for 26,328 bottles of 4 products at
// 879 stores, in one hour. People, reservations, units and stores are multiplied alike; what must hold holds at every scale.
import { randomBytes } from "node:crypto";
import type { Receipt } from "../../domain/draw/receipt.ts";
import { generator, type Random } from "../../domain/random.ts";
import type { LocalServer } from "../local/server.ts";
import { Client, expect, inParallel } from "./client.ts";
import { operatorAt, Person } from "./people.ts";
import { announce, until } from "./sessions.ts";

/** Source: trade press of April 2022, collected in the product's mission notes. */
const DAY = { people: 2_290_000, reservations: 6_220_000, units: 26_328, stores: 879 };
const SKUS = ["tiger-500", "m1935-500", "tiger-375x2", "zhenpin-500"];

/** Requests under way at once: as many phones as the shop meets at the same instant. */
const WIDTH = 96;
/** The window is twice as long as a rehearsal says: a machine that is busy with other things may slow down later. */
const WINDOW_FACTOR = 2;
const WINDOW_S_MIN = 10;
const REHEARSED_MAX = 2_000;
/** A proof takes some milliseconds: one receipt in so many is proven. */
const PROVE_EACH = 500;

export type Sizes = { people: number; reservations: number; units: number; stores: number };

export function sizesAt(scale: number): Sizes {
  const times = (number: number) => Math.max(1, Math.round(number * scale));
  return {
    people: times(DAY.people),
    reservations: times(DAY.reservations),
    units: Math.max(SKUS.length, times(DAY.units)),
    stores: times(DAY.stores),
  };
}

/** Drill stores in the form of a pack: as many as the scale asks for. */
export const drillStores = (count: number): object[] =>
  Array.from({ length: count }, (_, at) => ({
    id: storeId(at),
    market: "CN",
    province: { "zh-CN": "演练", en: "Drill" },
    city: { "zh-CN": "演练", en: "Drill" },
    name: { "zh-CN": `演练门店 ${at + 1}`, en: `Drill Store ${at + 1}` },
    address: { "zh-CN": "演练", en: "Drill" },
    lat: 26.6,
    lng: 106.7,
    timeZone: "Asia/Shanghai",
    hours: { open: "10:00", close: "20:00" },
  }));

const storeId = (at: number): string => `drill-${String(at + 1).padStart(4, "0")}`;

/** A session is announced before it opens; planning, allotting and checking take a moment on a busy machine. */
const LEAD_S = 4;

/** One reservation to make: person and pool. */
type Wish = { person: number; pool: number };

/** Every person wishes two products or more, until the day's number of reservations is met; popular stores get more. */
function wishesOf({ people, reservations, stores }: Sizes, random: Random): Wish[] {
  const perPerson = new Uint8Array(people);
  for (let at = 0; at < reservations; at++) {
    const person = at % people;
    if ((perPerson[person] as number) < SKUS.length) (perPerson[person] as number)++;
  }
  const sorted = [...SKUS].sort();
  const wishes: Wish[] = [];
  for (let person = 0; person < people; person++) {
    const first = Math.floor(random() * sorted.length);
    for (let step = 0; step < (perPerson[person] as number); step++) {
      const sku = (first + step) % sorted.length;
      const store = Math.floor(stores * random() ** 2);
      wishes.push({ person, pool: 1 + sku * stores + store });
    }
  }
  return shuffled(wishes, random);
}

function shuffled<Item>(items: Item[], random: Random): Item[] {
  for (let at = items.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [items[at], items[other]] = [items[other] as Item, items[at] as Item];
  }
  return items;
}

export type Progress = (what: string, done: number, of: number) => void;

/** What the shop acknowledged: one line per receipt, as small as a drill of 622,000 needs it. */
export type Acknowledged = { person: number; pool: number; shard: number; index: number; leaf: string; withdrawn: boolean };

export type Opened = {
  session: string;
  acknowledged: Acknowledged[];
  refused: Map<string, number>;
  /** Some receipts whole, for their proofs. */
  receipts: Receipt[];
  /** How long the intake took, and how long the window was. */
  seconds: number;
  windowS: number;
  stock: number[];
};

/** Plans the session, lets everybody in through HTTP, and returns when it has been drawn and awarded. */
export async function openingDay(server: LocalServer, sizes: Sizes, seed: number, progress: Progress): Promise<Opened> {
  const random = generator(seed);
  const { url } = server;
  const operator = await operatorAt(url);
  const people: string[] = [];
  await inParallel(
    Array.from({ length: sizes.people }, (_, at) => at),
    WIDTH,
    async (at) => {
      people[at] = (await Person.signIn(url, `Drill ${at + 1}`)).client.token as string;
      progress("people", people.length, sizes.people);
    },
  );
  progress("rehearsal", 0, 0);
  const each = await rehearse(server, operator, people.slice(0, REHEARSED_MAX));
  const windowS = Math.max(WINDOW_S_MIN, Math.ceil(WINDOW_FACTOR * each * (sizes.reservations + sizes.people)));

  const now = Math.floor(Date.now() / 1000);
  const session = `opening-day-${now}`;
  const plan = {
    ...planOf(server, session),
    open: now + LEAD_S,
    close: now + LEAD_S + windowS,
    // Sealing takes longer with more entries: a second per 10,000 leaves ample room on two cores.
    leads: { announceS: 0, reviewS: 8 + Math.ceil(sizes.reservations / 10_000), sealLeadS: 3 },
  };
  const stock = spread(sizes.units, SKUS.length * sizes.stores);
  const sorted = [...SKUS].sort();
  await announce(
    operator,
    plan,
    stock.map((units, at) => ({
      sku: sorted[Math.floor(at / sizes.stores)] as string,
      store: storeId(at % sizes.stores),
      stock: units,
    })),
  );
  await until(operator, session, ["open"], 30);

  const acknowledged: Acknowledged[] = [];
  const receipts: Receipt[] = [];
  const refused = new Map<string, number>();
  const passes: (string | undefined)[] = [];
  const started = performance.now();
  const wishes = wishesOf(sizes, random);
  await inParallel(wishes, WIDTH, async ({ person, pool }) => {
    const client = new Client(url, people[person]);
    passes[person] ??= expect(await client.post<{ pass: string }>(`/v1/sessions/${session}/pass`), 200).pass;
    const body = { pass: passes[person], pool, nonce: randomBytes(32).toString("hex") };
    const reply = await client.post<Receipt & { code: string }>(`/v1/sessions/${session}/reservations`, body);
    if (reply.status !== 201) {
      refused.set(reply.body.code, (refused.get(reply.body.code) ?? 0) + 1);
      return;
    }
    const { shard, index, leaf } = reply.body;
    const line: Acknowledged = { person, pool, shard, index, leaf, withdrawn: false };
    if (acknowledged.length % PROVE_EACH === 0) receipts.push(reply.body);
    acknowledged.push(line);
    // One in fifty asks again, one in a hundred tries a second store, one in two hundred withdraws: what people do.
    const mood = random();
    if (mood < 0.02) await mustRepeat(client, session, body, reply.text);
    else if (mood < 0.03 && sizes.stores > 1)
      await mustRefuse(client, session, { ...body, pool: otherStore(pool, sizes.stores), nonce: randomBytes(32).toString("hex") });
    else if (mood < 0.035) {
      expect(await client.post(`/v1/sessions/${session}/withdrawals`, { pool }), 200);
      line.withdrawn = true;
    }
    progress("reservations", acknowledged.length, wishes.length);
  });
  const seconds = (performance.now() - started) / 1000;
  const leftS = plan.close - Date.now() / 1000;
  progress(`waiting for close (${Math.max(0, Math.round(leftS))} s), seal and beacon`, 0, 0);
  const waitS = Math.max(0, leftS) + plan.leads.reviewS + 60 + Math.ceil(sizes.reservations / 5_000);
  await until(operator, session, ["awarding", "voided"], waitS);
  return { session, acknowledged, receipts, refused, seconds, windowS, stock };
}

const planOf = ({ chain }: LocalServer, session: string) => ({
  session,
  title: { "zh-CN": "开市演练", en: "Opening day drill" },
  market: "CN",
  graceS: 2,
  chain: chain.hash,
  skus: SKUS,
  payWindowS: 3600,
  pickupS: 3600,
});

/** Seconds that a request takes while many are under way, from a session of its own that stays open behind the day. */
async function rehearse(server: LocalServer, operator: Client, people: string[]): Promise<number> {
  const now = Math.floor(Date.now() / 1000);
  const session = `rehearsal-${now}`;
  const times = { open: now + LEAD_S, close: now + 86_400, leads: { announceS: 0, reviewS: 8, sealLeadS: 3 } };
  const pools = SKUS.map((sku) => ({ sku, store: storeId(0), stock: 1 }));
  await announce(operator, { ...planOf(server, session), ...times }, pools);
  await until(operator, session, ["open"], 30);
  // The first third warms up and is not counted.
  const from = Math.floor(people.length / 3);
  let started = performance.now();
  await inParallel(people, WIDTH, async (token, at) => {
    if (at === from) started = performance.now();
    const client = new Client(server.url, token);
    const { pass } = expect(await client.post<{ pass: string }>(`/v1/sessions/${session}/pass`), 200);
    const body = { pass, pool: 1 + (at % SKUS.length), nonce: randomBytes(32).toString("hex") };
    expect(await client.post(`/v1/sessions/${session}/reservations`, body), 201);
  });
  return (performance.now() - started) / 1000 / (2 * (people.length - from));
}

const otherStore = (pool: number, stores: number): number => ((pool - 1) % stores === 0 ? pool + 1 : pool - 1);

/** Units over pools, as even as whole numbers allow. */
const spread = (units: number, pools: number): number[] =>
  Array.from({ length: pools }, (_, at) => Math.floor(((at + 1) * units) / pools) - Math.floor((at * units) / pools));

async function mustRepeat(client: Client, session: string, body: object, text: string): Promise<void> {
  const again = await client.post(`/v1/sessions/${session}/reservations`, body);
  if (again.status !== 200 || again.text !== text) throw new Error(`the same request gave another answer: ${again.status}`);
}

async function mustRefuse(client: Client, session: string, body: object): Promise<void> {
  const second = await client.post<{ code: string }>(`/v1/sessions/${session}/reservations`, body);
  if (second.body.code !== "already_reserved")
    throw new Error(`a second store was not refused: ${second.status} ${second.body.code}`);
}
