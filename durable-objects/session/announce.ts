// From plan and allotment to a manifest and a rules document: pure, so that the same plan gives the same bytes.
import type { Rules } from "../../contracts/sessions.ts";
import type { Key } from "../../contracts/settings.ts";
import { type Bytes, hex, unhex } from "../../domain/bytes.ts";
import type { Chain } from "../../domain/draw/chains.ts";
import { type Manifest, objectBytes, receiptSeed, roundFor, staffHash } from "../../domain/draw/manifest.ts";
import { type Pool, poolsRoot } from "../../domain/draw/pools.ts";
import { LOSSES_COUNT_S } from "../../domain/draw/tickets.ts";
import { publicKeyOf } from "../../domain/ed25519.ts";
import { sha256 } from "../../domain/hash.ts";
import type { Witnesses } from "../../domain/log/cosignature.ts";
import { ageFor } from "../../domain/market.ts";
import type { Plan } from "./messages.ts";

export function announcement(
  plan: Plan,
  pools: Pool[],
  chain: Chain,
  origin: string,
  witnesses: Witnesses,
  key: Key,
): { manifest: Bytes; rules: Bytes } {
  const { input, skus } = plan;
  const { ticketsMax = 1, coolDownS = 0 } = input;
  const rules: Rules = {
    v: 1,
    type: "rules",
    title: input.title,
    families: Object.fromEntries(skus.map(({ sku, family }) => [sku, family])),
    prices: Object.fromEntries(skus.map(({ sku, price }) => [sku, price])),
    age: ageFor(
      input.market,
      skus.some(({ alcohol }) => alcohol),
    ),
    payWindowS: input.payWindowS,
    pickupS: input.pickupS,
    wavesMax: input.wavesMax,
    ...(input.decideS === undefined ? {} : { decideS: input.decideS }),
    ...(input.feePoints ? { feePoints: input.feePoints } : {}),
    ...(ticketsMax > 1 || coolDownS > 0 ? { counting: { coolDownS, lossesCountS: LOSSES_COUNT_S } } : {}),
    text: input.rules,
  };
  const rulesBytes = objectBytes(rules);
  const manifest: Manifest = {
    v: 1,
    type: "manifest",
    origin,
    session: input.session,
    kind: "draw",
    mode: "single",
    market: input.market,
    open: input.open,
    close: input.close,
    graceS: input.graceS,
    leads: input.leads,
    beacon: {
      chain: chain.hash,
      scheme: chain.scheme,
      genesis: chain.genesis,
      period: chain.period,
      round: roundFor(chain, input.close, input.leads),
    },
    fallback: "wait",
    alg: "bottomk-sha256-tickets/1",
    ticketsMax,
    shards: input.shards,
    receiptKey: hex(publicKeyOf(receiptSeed(key.secret, origin, input.session))),
    poolsRoot: hex(poolsRoot(pools)),
    pools: pools.length,
    rulesHash: hex(sha256(rulesBytes)),
    reasons: "draw1-reasons/1",
    staffHash: hex(staffHash(unhex(plan.staffSalt), [])),
    // Local sign-in vouches for nobody; until people and identity come, an entry stands for a name that was typed.
    assurance: "phone",
    witnesses,
  };
  return { manifest: objectBytes(manifest), rules: rulesBytes };
}
