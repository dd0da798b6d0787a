// Steps of level 1 up to the own place in the sealed tree: plan, round, entry, receipt, place. draw1, section 11.
import { hex, unhex } from "../bytes.ts";
import { eidOf, entryBody, leafHasher, shardOf } from "../draw/entry.ts";
import { readManifest, readSeal } from "../draw/forms.ts";
import { beaconTime, manifestHash, roundFor, sealDeadline } from "../draw/manifest.ts";
import { groupMessage } from "../draw/receipt.ts";
import { sealHash, shardRow } from "../draw/seal.ts";
import { verifies } from "../ed25519.ts";
import { included, leafHash, rootThrough } from "../merkle.ts";
import { Fault, need, reading } from "./reasons.ts";
import type { Did, Work } from "./work.ts";

/** The plan is the one that was seen before the draw. */
export function plan(work: Work): Did {
  const bytes = work.proof.manifest;
  work.manifest = reading("plan-form", () => readManifest(bytes));
  work.M = manifestHash(bytes);
  const M = hex(work.M);
  Object.assign(work.facts, { manifest: work.manifest, M });
  if (work.trust.seen === undefined) return "plan-not-seen";
  need(work.trust.seen === M, "plan-changed");
}

/** The round follows from the closing time, on a chain that this checker pins, and waiting is the only fallback. */
export function round(work: Work): undefined {
  const { beacon, close, leads, fallback } = work.manifest;
  const chain = work.trust.chains.find(({ hash }) => hash === beacon.chain);
  if (!chain) throw new Fault("beacon-unknown");
  const pinned = beacon.scheme === chain.scheme && beacon.genesis === chain.genesis && beacon.period === chain.period;
  need(pinned, "beacon-differs");
  need(beacon.round === roundFor(chain, close, leads), "round-formula");
  need(fallback === "wait", "fallback");
  work.chain = chain;
  const [beaconAt, deadline] = [beaconTime(work.manifest), sealDeadline(work.manifest)];
  Object.assign(work.facts, { chain, round: beacon.round, beaconAt, deadline });
}

/** The entry belongs to this person's shard, within the ticket limit and inside the window; this gives its leaf. */
export function entry(work: Work): Did {
  const { manifest, M, facts } = work;
  const { identity, ...own } = work.proof.own;
  const eid = "eid" in identity ? identity.eid : eidOf(M, identity.nonce, identity.pid);
  work.lh = leafHasher(M, own.shard)(own.index, entryBody({ tickets: own.tickets, s: own.s, eid, pool: own.pool }));
  facts.own = { ...own, lh: hex(work.lh) };
  need(!("pid" in identity) || shardOf(identity.pid, manifest.shards) === own.shard, "wrong-shard");
  need(own.tickets >= 1 && own.tickets <= manifest.ticketsMax, "tickets-out-of-range");
  need(own.s >= manifest.open && own.s < manifest.close, "outside-window");
  return "eid" in identity ? "identity-not-shown" : undefined;
}

/** The shop signed for this very place. */
export function receipt(work: Work): undefined {
  const { own, group } = work.proof;
  const { path, sig, ...flush } = group;
  work.facts.group = flush;
  need(own.index >= flush.first && own.index < flush.first + flush.size && own.s <= flush.s, "group-range");
  const root = rootThrough(work.lh, own.index - flush.first, flush.size, path);
  const good = root && verifies(unhex(work.manifest.receiptKey), groupMessage(work.M, own.shard, flush, root), sig);
  need(good === true, "receipt-signature");
}

/** The place is the one in the sealed tree. */
export function place(work: Work): undefined {
  const { proof, manifest, facts } = work;
  const { own, shard, shards } = proof;
  const seal = reading("seal-form", () => readSeal(proof.seal));
  work.seal = seal;
  work.sealHash = sealHash(proof.seal);
  Object.assign(facts, { seal, sealHash: hex(work.sealHash) });
  const ours = seal.manifest === facts.M && seal.session === manifest.session;
  need(ours && seal.shards === manifest.shards && seal.pools === manifest.pools, "seal-foreign");
  const root = rootThrough(work.lh, own.index, shard.n, shard.path);
  if (!root) throw new Fault("not-in-shard");
  const sealed = leafHash(shardRow({ shard: own.shard, n: shard.n, root }));
  need(included(sealed, own.shard, seal.shards, shards, unhex(seal.shardsRoot)), "shard-not-sealed");
}
