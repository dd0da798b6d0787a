// What a session has in the log, read from public files alone: its entries with their proofs, and the log as a whole.
import { env } from "cloudflare:workers";
import { type Bytes, hex } from "../../../domain/bytes.ts";
import { type Manifest, parseObject, sealDeadline } from "../../../domain/draw/manifest.ts";
import { isSignedBy, parseCheckpoint } from "../../../domain/log/checkpoint.ts";
import { cosigned, hasQuorum } from "../../../domain/log/cosignature.ts";
import { covering, parseProof } from "../../../domain/log/proof.ts";
import { nodesInTiles, parseTilePath, readEntryBundle, TILE_WIDTH } from "../../../domain/log/tiles.ts";
import { treeRoot } from "../../../domain/log/tree.ts";
import { leafHash } from "../../../domain/merkle.ts";
import { LOG_KEY } from "./witnesses.ts";

async function file(key: string): Promise<Bytes | undefined> {
  const object = await env.FILES.get(key);
  return object ? new Uint8Array(await object.arrayBuffer()) : undefined;
}

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

export async function published() {
  const bytes = await file("log/checkpoint");
  return bytes && parseCheckpoint(textOf(bytes));
}

/** Reads the log as anybody would; gives its entries. Throws where checkpoint, tiles and entries do not agree. */
export async function auditedLog(): Promise<Bytes[]> {
  const checkpoint = await published();
  if (!checkpoint) return [];
  if (!isSignedBy(checkpoint, LOG_KEY)) throw new Error("the checkpoint is not signed by the log");
  const tiles = new Map<string, Uint8Array>();
  const entries: Bytes[] = [];
  let cursor: string | undefined;
  do {
    const list = await env.FILES.list({ prefix: "log/tile/", ...(cursor ? { cursor } : {}) });
    for (const { key } of list.objects) {
      const tile = parseTilePath(key.slice("log/".length));
      const bytes = (await file(key)) as Bytes;
      if (!tile) throw new Error(`${key} is not the path of a tile`);
      const name = `${tile.level}/${tile.at}`;
      if ((tiles.get(name)?.length ?? 0) < bytes.length) tiles.set(name, bytes);
      if (tile.level !== "entries") continue;
      readEntryBundle(bytes, tile.width).forEach((entry, offset) => {
        const at = tile.at * TILE_WIDTH + offset;
        if (entries[at] && hex(entries[at]) !== hex(entry)) throw new Error(`entry ${at} has two versions`);
        entries[at] = entry;
      });
    }
    cursor = list.truncated ? list.cursor : undefined;
  } while (cursor);
  const nodes = nodesInTiles((level, at) => tiles.get(`${level}/${at}`) as Uint8Array);
  if (hex(treeRoot(nodes, checkpoint.size)) !== hex(checkpoint.root)) throw new Error("the tiles have another root");
  entries.slice(0, checkpoint.size).forEach((entry, at) => {
    if (hex(nodes(0, at)) !== hex(leafHash(entry))) throw new Error(`entry ${at} is not the one in the tile`);
  });
  return entries.slice(0, checkpoint.size);
}

/** Which of a session's files have their proof. Throws where a proof does not prove its file, with its quorum and in time. */
export async function provenFiles(id: string): Promise<string[]> {
  const manifestBytes = await file(`draws/${id}/manifest.json`);
  if (!manifestBytes) return [];
  const manifest = parseObject<Manifest>(manifestBytes);
  const before = (name: string, bytes: Uint8Array): number | undefined => {
    if (name === "manifest") return manifest.open - manifest.leads.announceS;
    if (name === "seal") return sealDeadline(manifest);
    return name === "void" && textOf(bytes).includes('"cause":"operator"') ? sealDeadline(manifest) : undefined;
  };
  const proven: string[] = [];
  for (const { key } of (await env.FILES.list({ prefix: `draws/${id}/` })).objects) {
    const [, name] = /([^/]+|(?:waves|bulletins)\/\d+)\.tlog-proof$/.exec(key.slice(`draws/${id}/`.length)) ?? [];
    const bytes = name && (await file(`draws/${id}/${name}.json`));
    if (!name || !bytes) continue;
    const checkpoint = covering(parseProof(textOf((await file(key)) as Bytes)), bytes);
    if (!checkpoint || !isSignedBy(checkpoint, LOG_KEY)) throw new Error(`${name} is not in the log`);
    if (!hasQuorum(cosigned(checkpoint.note, manifest.witnesses), manifest.witnesses, before(name, bytes))) {
      throw new Error(`${name} has no quorum`);
    }
    proven.push(name);
  }
  return proven.sort();
}
