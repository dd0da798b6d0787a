// Drawn -> awarding -> settled: waves of awards down each pool's published order, and the closing of the books.
import type { Rules } from "../../contracts/sessions.ts";
import { type Bytes, hex } from "../../domain/bytes.ts";
import { manifestHash, objectBytes, parseObject } from "../../domain/draw/manifest.ts";
import { awardsRoot, byPoolAndRank, lapsesRoot, type Wave, waveBundle } from "../../domain/draw/wave.ts";
import { closeOrders } from "../../records/orders.ts";
import type { WaveOrder } from "../book/messages.ts";
import { publicKey } from "../files.ts";
import { booksIn, type MoveDesk, put } from "./desk.ts";
import { logged } from "./log.ts";
import { all, bookStub, NotDone } from "./reach.ts";
import type { SessionStore } from "./store.ts";

/** The next wave: wave 1 for the winners, later ones for the units that lapsed in the wave before. */
export async function award(desk: MoveDesk): Promise<void> {
  const { store, ports, now } = desk;
  const manifest = store.manifest();
  const M = manifestHash(store.fact("manifest") as Bytes);
  const rules = parseObject<Rules>(store.fact("rules") as Bytes);
  const no = store.waves().length + 1;
  const order = fixedOrder(store, no, Math.floor(now()), rules);
  const replies = await all(booksIn(store).length, (book) => bookStub(ports, manifest, book).wave(order));
  const awards = replies.flatMap((reply) => reply.awards).sort(byPoolAndRank);
  const lapses = replies.flatMap((reply) => reply.lapses).sort(byPoolAndRank);
  if (no > 1 && awards.length === 0 && lapses.length === 0) {
    store.transaction(() => store.endWaves(no - 1));
    return;
  }
  const wave: Wave = {
    v: 1,
    type: "wave",
    session: manifest.session,
    manifest: hex(M),
    no,
    s: order.payBy - rules.payWindowS,
    payBy: order.payBy,
    awards: awards.length,
    awardsRoot: hex(awardsRoot(awards)),
    lapses: lapses.length,
    lapsesRoot: hex(lapsesRoot(lapses)),
  };
  const bytes = objectBytes(wave);
  await put(ports, publicKey(manifest.session, `waves/${no}`), waveBundle(M, no, awards, lapses));
  await logged(desk, `waves/${no}`, bytes);
  await put(ports, publicKey(manifest.session, `waves/${no}.json`), bytes);
  store.transaction(() => {
    store.addWave(wave, awards.length ? order.pickupUntil : order.payBy, awards.length === 0);
    if (no === 1) store.moveTo("awarding");
    else store.touch();
    desk.changed();
  });
}

/** The wave's times are fixed before the first book hears of them: a second attempt must not give other ones. */
function fixedOrder(store: SessionStore, no: number, s: number, rules: Rules): WaveOrder {
  const name = `wave-order/${no}`;
  const known = store.text(name);
  if (known) return JSON.parse(known) as WaveOrder;
  const payBy = s + rules.payWindowS;
  const order: WaveOrder = { no, payBy, pickupUntil: payBy + rules.pickupS, mayAward: no <= rules.wavesMax };
  store.transaction(() => store.fix(name, JSON.stringify(order)));
  return order;
}

/** Ends the session: pickups are over, every paid unit was handed over or refunded, the rest is left. */
export async function settle(desk: MoveDesk): Promise<void> {
  const { store, ports } = desk;
  if (!store.fact("settled")) {
    const object = await settlement(desk);
    store.transaction(() => store.fix("settled", object));
  }
  const bytes = store.fact("settled") as Bytes;
  await logged(desk, "settled", bytes);
  await put(ports, publicKey(store.manifest().session, "settled.json"), bytes);
  store.transaction(() => {
    store.moveTo("settled");
    desk.changed();
  });
}

async function settlement({ store, ports, now }: MoveDesk): Promise<Bytes> {
  const manifest = store.manifest();
  const books = await all(booksIn(store).length, (book) => bookStub(ports, manifest, book).closing());
  if (books.some(({ told }) => !told)) throw new NotDone("D1 has not heard of every payment yet");
  const { handedOver, refunded } = await closeOrders(ports.records(), manifest.session, now());
  const paid = books.reduce((sum, book) => sum + book.paid, 0);
  if (handedOver + refunded !== paid) throw new NotDone(`${paid} units paid, ${handedOver} handed over, ${refunded} refunded`);
  const lapsed = store.waves().reduce((sum, { wave }) => sum + wave.lapses, 0);
  const units = store.pools().reduce((sum, { stock }) => sum + stock, 0);
  return objectBytes({
    v: 1,
    type: "settled",
    session: manifest.session,
    manifest: hex(manifestHash(store.fact("manifest") as Bytes)),
    s: Math.floor(now()),
    handedOver,
    refunded,
    lapsed,
    left: units - paid,
  });
}

/** Books whose alarm was lost tell D1 now; one that cannot be reached is met by the next sweep. */
export async function nudgeBooks({ store, ports }: MoveDesk): Promise<void> {
  const manifest = store.manifest();
  await Promise.allSettled(booksIn(store).map((_, book) => bookStub(ports, manifest, book).closing()));
}
