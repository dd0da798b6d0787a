// Announced -> prepared: the files that entrants check against, and a plan in every shard, which is woken before open.
import type { Rules } from "../../contracts/sessions.ts";
import { type Bytes, hex } from "../../domain/bytes.ts";
import { ADMIT_PER_S } from "../../domain/draw/admission.ts";
import { manifestHash, parseObject, sealDeadline } from "../../domain/draw/manifest.ts";
import { packPoolIndex, skusOf } from "../../domain/draw/pool-index.ts";
import { poolRow, poolsBundle } from "../../domain/draw/pools.ts";
import { treeFile } from "../../domain/draw/tree-file.ts";
import { ok, refuse } from "../../domain/outcome.ts";
import { publicKey, rulesKey, treeKey } from "../files.ts";
import { type MoveDesk, put } from "./desk.ts";
import { all, shardStub } from "./reach.ts";

/** Publishes what was announced and gives every shard its plan. */
export async function prepare({ store, ports }: MoveDesk): Promise<void> {
  const manifest = store.manifest();
  const bytes = store.fact("manifest") as Bytes;
  const M = manifestHash(bytes);
  const pools = store.pools();
  await put(ports, rulesKey(manifest.rulesHash), store.fact("rules") as Bytes);
  await put(ports, publicKey(manifest.session, "pools"), poolsBundle(M, pools));
  await put(ports, treeKey(manifest.session, "pools"), treeFile(M, pools.map(poolRow)));
  await put(ports, publicKey(manifest.session, "manifest.json"), bytes);
  const { session, origin, open, close, graceS } = manifest;
  const rules = parseObject<Rules>(store.fact("rules") as Bytes);
  const plan = {
    session,
    origin,
    manifest: hex(M),
    open,
    close,
    graceS,
    // A session that was planned before there was a limit takes the usual one.
    admitPerS: store.row().plan.input.admitPerS ?? ADMIT_PER_S,
    sealBy: sealDeadline(manifest),
    kid: store.text("kid") as string,
    pools: packPoolIndex(pools),
    ...(rules.counting ? { families: skusOf(pools).map((sku) => rules.families[sku] as string) } : {}),
  };
  await all(manifest.shards, (shard) => shardStub(ports, manifest, shard).prepare({ ...plan, shard }));
  store.transaction(() => store.fix("prepared", "1"));
}

/** Wakes every shard shortly before open, so that the first of a crowd waits for no start. Done once, and never in the way of the opening. */
export async function warm({ store, ports }: MoveDesk): Promise<void> {
  const manifest = store.manifest();
  await all(manifest.shards, async (shard) => {
    const outcome = await shardStub(ports, manifest, shard)
      .warm()
      .catch((error: unknown) => refuse(String(error)));
    if (!outcome.ok) console.warn(JSON.stringify({ event: "not_warm", session: manifest.session, shard, why: outcome.refusal }));
    return ok(true);
  });
  store.transaction(() => store.fix("warmed", "1"));
}
