// Where an order could move to: stores of its session with units of its SKU that no award can claim any more. All of it follows from published
// files; how many of those units were given to others meanwhile, D1 knows.
import type { Target } from "../../records/choices.ts";
import type { SessionFacts } from "./facts.ts";
import { nearestOffers, type Offer, offerAt, storeOf } from "./offers.ts";
import { ProofFiles } from "./proof-files.ts";
import { publishedSession } from "./session-files.ts";

/** Nearest stores that are looked at: each costs one short read the first time. */
const LOOKED_AT = 40;

export type Spare<Of extends Offer = Offer> = Target & { offer: Of };

/** Whether the books award nothing any more: the last wave gave nothing out, or was the last that there may be and its pay window is over. */
async function isFinal(env: Env, facts: SessionFacts, nowS: number): Promise<boolean> {
  const { waves } = await publishedSession(env, facts, nowS);
  const last = waves[waves.length - 1];
  return last !== undefined && (last.awards === 0 || (last.no >= facts.rules.wavesMax && nowS >= last.payBy));
}

/** Stores around `from` with units of `sku` left over, nearest first. `nowS` in Unix seconds. */
export async function sparesAround(
  env: Env,
  facts: SessionFacts,
  { sku, from }: { sku: string; from: string },
  nowS: number,
): Promise<(Spare & { metres: number })[]> {
  const place = await storeOf(env, facts.manifest.market, from);
  if (!place) return [];
  const offers = await nearestOffers(env, facts, { sku, from: place, limit: LOOKED_AT });
  const spares = await leftOver(
    env,
    facts,
    offers.filter(({ store }) => store.store !== from),
    nowS,
  );
  return spares.map((spare) => ({ ...spare, metres: spare.offer.metres }));
}

/** One store, wherever it is; undefined where it has no unit of `sku` left over. */
export async function spareAt(
  env: Env,
  facts: SessionFacts,
  { sku, store }: { sku: string; store: string },
  nowS: number,
): Promise<Spare | undefined> {
  const offer = await offerAt(env, facts, sku, store);
  return offer && (await leftOver(env, facts, [offer], nowS))[0];
}

/** Before the last wave only what is beyond a pool's entries is left over: whoever is on a waitlist comes first. */
async function leftOver<Of extends Offer>(env: Env, facts: SessionFacts, offers: Of[], nowS: number): Promise<Spare<Of>[]> {
  const final = await isFinal(env, facts, nowS);
  const files = new ProofFiles(env, facts.manifest.session, facts.M);
  const spares = await Promise.all(
    offers.map(async (offer) => {
      const { pool, stock } = offer.pool;
      const units = final ? stock : Math.max(0, stock - ((await files.entries(pool)) ?? stock));
      return { store: offer.store.store, pool, units, final, offer };
    }),
  );
  return spares.filter(({ units }) => units > 0);
}
