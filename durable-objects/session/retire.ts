// Weeks after a session was settled or voided: its shards are deleted, each only when the published files hold all that it was for. pid and
// nonce lie nowhere else on our side and go with it (draw1, section 14), except where losses count: there a private file keeps them as long as
// one can. From then on a receipt is with whoever has kept it.
import type { Rules } from "../../contracts/sessions.ts";
import { settingsOf } from "../../contracts/settings.ts";
import { type Bytes, hex, same, unhex } from "../../domain/bytes.ts";
import { ENTRY_BODY } from "../../domain/draw/entry.ts";
import { manifestHash, parseObject } from "../../domain/draw/manifest.ts";
import { placesKey } from "../../domain/draw/place-file.ts";
import {
  exclusionRoot,
  readExclusionsBundle,
  readShardBundle,
  type Seal,
  type ShardRoot,
  shardRoot,
  shardsRoot,
} from "../../domain/draw/seal.ts";
import { publicKey } from "../files.ts";
import type { Ports } from "../ports.ts";
import type { MoveDesk } from "./desk.ts";
import { all, shardStub } from "./reach.ts";
import type { SessionStore } from "./store.ts";

/** Shards of one step: one is some 20,000 entries, a file of 1 MB and 0.1 s of hashing. 512 of them take as many steps as fit in minutes. */
const AT_ONCE = 6;

/**
 * One step. True when nothing is left to look at for now. A shard that cannot be deleted is kept, reported, and looked at again a day
 * later, so that nothing that fails here is tried every two seconds for ever.
 */
export async function retire(desk: MoveDesk): Promise<boolean> {
  const { store, ports, now } = desk;
  const { shards } = store.manifest();
  const due = store.retired.due(shards, now());
  const sealed = await sealedShards(store, ports).catch((error: unknown) => String(error));
  // What is wrong with the whole is wrong with every shard: none is looked at by itself before tomorrow.
  const step = typeof sealed === "string" ? due : due.slice(0, AT_ONCE);
  const looks = await Promise.all(
    step.map(async (shard) => {
      const kept = typeof sealed === "string" ? sealed : await retireShard(store, ports, shard, sealed?.[shard]);
      return { shard, kept };
    }),
  );
  for (const { shard, kept } of looks) {
    const { session } = store.manifest();
    if (kept !== undefined) console.error(JSON.stringify({ event: "shard_kept", session, shard, why: kept }));
  }
  store.transaction(() => {
    for (const { shard, kept } of looks) store.retired.looked(shard, now(), kept);
    if (store.retired.summary().deleted < shards || store.fact("shards-deleted")) return;
    store.review.forgetWords();
    store.fix("shards-deleted", String(Math.floor(now())));
    store.touch();
    desk.changed();
  });
  return due.length === step.length;
}

/**
 * (n, root) of every shard, as the seal has them, once it is sure that the published exclusions are the sealed ones; undefined for a session
 * that was voided before it was sealed: nothing of it counts, and nothing of it was promised to be public. Throws where they differ.
 */
async function sealedShards(store: SessionStore, ports: Ports): Promise<ShardRoot[] | undefined> {
  const seal = store.object<Seal>("seal");
  if (!seal) return undefined;
  const known = store.text("shards");
  if (known)
    return (JSON.parse(known) as { n: number; root: string }[]).map(({ n, root }, shard) => ({ shard, n, root: unhex(root) }));
  const manifest = store.manifest();
  const exclusions = await published(ports, publicKey(manifest.session, "exclusions"));
  const M = manifestHash(store.fact("manifest") as Bytes);
  if (hex(exclusionRoot(readExclusionsBundle(exclusions, M))) !== seal.exclusionRoot)
    throw new Error("the published exclusions are not the sealed ones");
  const fixed = await all(manifest.shards, (shard) => shardStub(ports, manifest, shard).fix());
  const roots = fixed.map(({ n, root }, shard) => ({ shard, n, root }));
  if (hex(shardsRoot(roots)) !== seal.shardsRoot) throw new Error("the shards are not what was sealed");
  store.transaction(() => store.fix("shards", JSON.stringify(roots.map(({ n, root }) => ({ n, root: hex(root) })))));
  return roots;
}

/** Deletes one shard; says why it was not deleted otherwise. A shard that was deleted before is deleted. */
async function retireShard(
  store: SessionStore,
  ports: Ports,
  shard: number,
  sealed: ShardRoot | undefined,
): Promise<string | undefined> {
  const manifest = store.manifest();
  const M = manifestHash(store.fact("manifest") as Bytes);
  const rules = parseObject<Rules>(store.fact("rules") as Bytes);
  try {
    if (sealed && rules.counting) {
      // What a loss is shown with once the shard is gone.
      const key = placesKey(settingsOf(ports.env).BRAND, manifest.session, shard);
      if (!(await ports.env.ARCHIVE.head(key))) return "its file of places is not there";
    }
    if (sealed) {
      const bodies = readShardBundle(await published(ports, publicKey(manifest.session, `shards/${shard}`)), M, shard);
      if (bodies.length / ENTRY_BODY !== sealed.n || !same(shardRoot(M, shard, bodies), sealed.root))
        return "its published file does not give the sealed root";
    }
    const outcome = await shardStub(ports, manifest, shard).retire(hex(M));
    return outcome.ok ? undefined : `it refused: ${outcome.refusal}`;
  } catch (error) {
    return String(error);
  }
}

async function published({ env }: Ports, key: string): Promise<Bytes> {
  const file = await env.FILES.get(key);
  if (!file) throw new Error(`${key} is not published`);
  return new Uint8Array(await file.arrayBuffer());
}
