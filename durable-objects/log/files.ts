// The log's files in R2: tiles and entry bundles for ever, the last head that was signed, and the checkpoint for everybody.
import type { Bytes } from "../../domain/bytes.ts";
import { parseCheckpoint, type SignedCheckpoint } from "../../domain/log/checkpoint.ts";
import { entryBundle, readEntryBundle, TILE_WIDTH, tileBytes, tilePath, tilesOf } from "../../domain/log/tiles.ts";
import { logFile } from "../files.ts";
import type { LogStore } from "./store.ts";

/** Puts under way at once. */
const AT_ONCE = 16;

/**
 * The last head that was ever signed, written before anybody is shown it. It lies outside of the log's own storage: a log that was put
 * back to an earlier day finds here what it has signed since.
 */
export async function lastHead(files: R2Bucket): Promise<(SignedCheckpoint & { text: string }) | undefined> {
  const text = await (await files.get(logFile("head")))?.text();
  return text === undefined ? undefined : { ...parseCheckpoint(text), text };
}

export const putHead = (files: R2Bucket, note: string) => files.put(logFile("head"), note);

export const putCheckpoint = (files: R2Bucket, note: string) => files.put(logFile("checkpoint"), note);

/** The newest page's entry and its proof. The entry comes second: whoever finds it finds a proof of it or of a later one. */
export async function putPage(files: R2Bucket, entry: Bytes, proof: string): Promise<void> {
  await files.put(logFile("page.tlog-proof"), proof);
  await files.put(logFile("page.json"), entry);
}

/** Writes what a log of `size` entries needs and one of `before` entries did not have. The same bytes again on a repeat. */
export async function putTiles(files: R2Bucket, store: LogStore, before: number, size: number): Promise<void> {
  const tiles = tilesOf(before, size);
  for (let from = 0; from < tiles.length; from += AT_ONCE) {
    await Promise.all(
      tiles.slice(from, from + AT_ONCE).map((tile) => {
        const { level, at, width } = tile;
        const bytes =
          level === "entries" ? entryBundle(store.entries(at * TILE_WIDTH, width)) : tileBytes(store.nodes, level, at, width);
        return files.put(logFile(tilePath(tile)), bytes);
      }),
    );
  }
}

/** The entries of a log of this size as their bundles have them; undefined where a bundle is missing or is none. */
export async function publishedEntries(files: R2Bucket, size: number): Promise<Bytes[] | undefined> {
  const entries: Bytes[] = [];
  for (const tile of tilesOf(0, size)) {
    if (tile.level !== "entries") continue;
    const bundle = await files.get(logFile(tilePath(tile)));
    if (!bundle) return undefined;
    try {
      entries.push(...readEntryBundle(new Uint8Array(await bundle.arrayBuffer()), tile.width));
    } catch {
      return undefined;
    }
  }
  return entries;
}
