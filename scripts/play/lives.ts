// The lives of a session, played through HTTP: plan, reserve, refuse, withdraw, exclude, appeal, freeze, draw, pay, pass on, collect.

import { hex, unhex } from "../../domain/bytes.ts";
import type { Manifest } from "../../domain/draw/manifest.ts";
import { readResultBundle } from "../../domain/draw/rank.ts";
import type { Receipt } from "../../domain/draw/receipt.ts";
import { parseCheckpoint } from "../../domain/log/checkpoint.ts";
import { cosigned } from "../../domain/log/cosignature.ts";
import { parseProof } from "../../domain/log/proof.ts";
import type { LocalServer } from "../local/server.ts";
import { expect, inParallel } from "./client.ts";
import { operatorAt, Person, storeAt } from "./people.ts";
import { playReview } from "./review.ts";
import { announce, desk, eventually, until } from "./sessions.ts";

const PEOPLE = 300;
/** Sorted: pool 1 is the first SKU at the first store. */
const STORES = ["cn-beijing-01", "cn-guiyang-01", "cn-shanghai-01"];
const SKUS = ["feitian-500", "tiger-500"];
const UNITS = 2;
/** Seconds on a machine that has nothing else to do; a slower one gets as many times more as signing everybody in took it longer. */
const TIMES = { leadS: 4, windowS: 14, graceS: 3, decideS: 6, reviewS: 12, sealLeadS: 4, payWindowS: 8, pickupS: 12 };
const SIGN_IN_S = 1.5;
const SLOWER_MAX = 5;

type Times = typeof TIMES;

const timesOf = (signInS: number): Times => {
  const slower = Math.min(SLOWER_MAX, Math.max(1, signInS / SIGN_IN_S));
  return Object.fromEntries(Object.entries(TIMES).map(([name, seconds]) => [name, Math.ceil(slower * seconds)])) as Times;
};

/** Plays one session to its end and returns its id. Throws where the shop does not keep a promise. */
export async function play(server: LocalServer, say: (line: string) => void): Promise<string> {
  const { url, chain } = server;
  const operator = await operatorAt(url);
  const began = performance.now();
  const people = await Promise.all(Array.from({ length: PEOPLE }, (_, at) => Person.signIn(url, `Person ${at + 1}`, at < 20)));
  const { leadS, windowS, payWindowS, pickupS, ...times } = timesOf((performance.now() - began) / 1000);
  const now = Math.floor(Date.now() / 1000);
  const session = `demo-${now}`;
  const plan = {
    session,
    title: { "zh-CN": "演示", en: "Demo" },
    market: "CN",
    open: now + leadS,
    close: now + leadS + windowS,
    graceS: times.graceS,
    decideS: times.decideS,
    leads: { announceS: 0, reviewS: times.reviewS, sealLeadS: times.sealLeadS },
    chain: chain.hash,
    skus: SKUS,
    payWindowS,
    pickupS,
  };
  const pools = SKUS.flatMap((sku) => STORES.map((store) => ({ sku, store, stock: UNITS })));
  say(`\nPLAN      The operator plans ${session}: ${SKUS.length} products at ${STORES.length} stores, open for ${windowS} s.`);
  const manifest = await announce(operator, plan, pools);
  say(`ALLOT     ${pools.length} pools of ${UNITS} units.`);
  say(`ANNOUNCE  Times, units, rules and the beacon round are fixed for ever: manifest ${manifest.slice(0, 16)}…`);
  const late = await operator.put<{ code: string }>(`/v1/admin/sessions/${session}/allotment`, { pools });
  say(`          More units now? ${late.status} ${late.body.code}`);

  const [hasty] = people as [Person];
  await hasty.enter(session);
  const early = await hasty.reserve(session, 1);
  say(`HASTE     Before the opening: ${early.status} ${early.body.code}, signed by the shard.`);
  await inParallel(people, 32, (person) => person.enter(session));
  say(`PASS      ${PEOPLE} people got their entry pass.`);

  await until(operator, session, ["open"], leadS + 10);
  say("OPEN      By the server's clock; no alarm is waited for.");
  const receipts = new Map<Person, Receipt>();
  await inParallel(people, 64, async (person, at) => {
    const reply = await person.reserve(session, 1 + (at % pools.length));
    receipts.set(person, expect(reply, 201));
  });
  const ada = people[0] as Person;
  const first = receipts.get(ada) as Receipt;
  say(
    `RESERVE   ${receipts.size} receipts. The first: shard ${first.shard}, place ${first.index}, signature ${first.sig.slice(0, 16)}…`,
  );
  const again = await ada.reserve(session, 1, first.nonce);
  say(`          The same request again: ${again.status}, the same bytes: ${JSON.stringify(again.body) === JSON.stringify(first)}`);
  const second = await ada.reserve(session, 2);
  must(second.status === 409 && second.body.receipt?.leaf === first.leaf, "a second store is refused with the first receipt");
  say(`REFUSE    Another store for the same product: ${second.status} ${second.body.code}, with the first receipt.`);
  const leaver = people[1] as Person;
  expect(await leaver.client.post(`/v1/sessions/${session}/withdrawals`, { pool: 2 }), 200);
  say(`WITHDRAW  One person withdraws; entering again: ${(await leaver.reserve(session, 2)).body.code}`);
  const [third, fourth] = people.slice(2) as [Person, Person];
  await playReview(
    url,
    session,
    [
      { person: third, receipt: receipts.get(third) as Receipt, reason: 9 },
      { person: fourth, receipt: receipts.get(fourth) as Receipt, reason: 3 },
    ],
    say,
  );

  const frozen = await until(operator, session, ["frozen", "drawn", "awarding"], windowS + times.graceS + times.reviewS + 20);
  say(
    `FREEZE    ${frozen.counts?.entries} entries, ${frozen.counts?.excluded} excluded, sealed and public before the beacon round exists.`,
  );
  say(`LOG       ${await logged(url, session)}`);
  const drawn = await until(operator, session, ["awarding"], times.sealLeadS + 30);
  say(
    `DRAW      Beacon round ${(await round(url, session)).round}: ${drawn.counts?.winners} winners, ${drawn.counts?.waits} on waitlists.`,
  );
  await finish(server, session, receipts, payWindowS, say);
  const end = await until(operator, session, ["settled"], 4 * payWindowS + pickupS + 20);
  const settled = end.settled as NonNullable<typeof end.settled>;
  say(
    `SETTLE    ${settled.handedOver} handed over, ${settled.refunded} refunded, ${settled.lapsed} awards lapsed, ${settled.left} units left.`,
  );
  must(settled.handedOver + settled.refunded + settled.left === pools.length * UNITS, "every unit is accounted for");
  return session;
}

/** Where the seal stands in the log, and who has seen it there. */
async function logged(url: string, session: string): Promise<string> {
  const read = async (name: string) => await (await fetch(`${url}/draws/${session}/${name}`)).text();
  const { witnesses } = JSON.parse(await read("manifest.json")) as Manifest;
  const { index, checkpoint } = parseProof(await read("seal.tlog-proof"));
  const signed = cosigned(parseCheckpoint(checkpoint).note, witnesses);
  must(signed.length >= witnesses.k, "the seal has its quorum");
  const by = signed.map((witness) => witness.by).join(", ");
  return `The seal is entry ${index} of the session log, cosigned by ${signed.length} of ${witnesses.keys.length} (needed: ${witnesses.k}): ${by}.`;
}

type Counter = { url: string; session: string; say: (line: string) => void };

async function finish(
  { url }: LocalServer,
  session: string,
  receipts: Map<Person, Receipt>,
  payWindowS: number,
  say: (line: string) => void,
): Promise<void> {
  const counter = { url, session, say };
  const bytes = new Uint8Array(await (await fetch(`${url}/draws/${session}/results/1`)).arrayBuffer());
  const { winners, waits } = readResultBundle(bytes, unhex((receipts.values().next().value as Receipt).manifest), 1);
  const byLeaf = new Map([...receipts].map(([person, receipt]) => [receipt.leaf, person]));
  const [winner, idle, next] = [winners[0], winners[1], waits[0]].map(
    (rank) => byLeaf.get(hex((rank as { lh: Uint8Array }).lh)) as Person,
  ) as [Person, Person, Person];
  say(`RESULT    Pool 1: ${winner.name} has rank 0, ${idle.name} rank 1, ${next.name} is first on the waitlist.`);

  const payer = await Person.signIn(url, winner.name, true);
  const { order, payBy } = expect(await payer.choose(receipts.get(winner) as Receipt, "accept"), 200);
  say(`ACCEPT    ${winner.name} accepts: order …${order?.slice(-6)}, to be paid by ${clock(payBy)}.`);
  await payAndCollect(counter, payer, order as string);

  const operator = await operatorAt(url);
  await eventually("the unpaid unit passes on", 3 * payWindowS, async () => (await desk(operator, session)).waves.length >= 2);
  const lapsed = await idle.choose(receipts.get(idle) as Receipt, "accept");
  must(lapsed.status === 410, "an unpaid award has lapsed");
  say(`PASS ON   ${idle.name} did not pay: ${lapsed.body.code}. Wave 2 awards the next ranks.`);
  const promoted = await Person.signIn(url, next.name, true);
  const given = expect(await promoted.choose(receipts.get(next) as Receipt, "accept"), 200);
  say(`          ${next.name} accepts rank ${given.rank} from the waitlist.`);
  await payAndCollect(counter, promoted, given.order as string);
}

async function payAndCollect({ url, session, say }: Counter, person: Person, order: string): Promise<void> {
  const [here, there] = STORES as [string, string];
  const store = await storeAt(url, here);
  const elsewhere = await storeAt(url, there);
  expect(await store.post(`/v1/stores/${here}/payments`, { order }), 200);
  expect(
    await store.post(`/v1/stores/${here}/deliveries`, { delivery: `van-${order.slice(-6)}`, session, sku: SKUS[0], units: 1 }),
    200,
  );
  await eventually("the order is ready", 10, async () => (await person.order(order))?.state === "ready");
  say("PAY       The store marks it paid (offline provider) and confirms the unit that arrived: ready.");
  const qr = await person.qr(order);
  const wrong = await elsewhere.post<{ code: string }>(`/v1/stores/${there}/pickups`, { qr });
  must(wrong.status === 409, "another store cannot hand it over");
  expect(await store.post(`/v1/stores/${here}/pickups`, { qr, serial: `FP-${order.slice(-6)}` }), 200);
  const twice = await store.post<{ code: string; collected: { at: number; store: string } }>(`/v1/stores/${here}/pickups`, { qr });
  must(twice.status === 409 && twice.body.collected.store === here, "a second scan says when and where");
  say(`PICK UP   At another store: ${wrong.body.code}. At the right one: handed over.`);
  say(`          Scanned again: ${twice.body.code}, ${clock(twice.body.collected.at)} at ${twice.body.collected.store}.`);
}

const clock = (unixS: number): string => new Date(unixS * 1000).toLocaleTimeString();

const round = async (url: string, session: string): Promise<{ round: number }> =>
  (await (await fetch(`${url}/draws/${session}/beacon.json`)).json()) as { round: number };

function must(holds: boolean, promise: string): void {
  if (!holds) throw new Error(`not kept: ${promise}`);
}
