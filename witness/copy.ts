// Fetches the entries of a log from its public files (C2SP tlog-tiles).
import type { Bytes } from "../domain/bytes.ts";
import { readEntryBundle, TILE_WIDTH, tilePath } from "../domain/log/tiles.ts";
import { withTimeout } from "../durable-objects/timeout.ts";

const TIMEOUT_MS = 10_000;
/** 256 entries under 4,096 bytes, each with its length. */
const BUNDLE_BYTES_MAX = TILE_WIDTH * (2 + 4_095);

/** The entries from..to of a log with at least `to` entries, at most up to the end of the bundle that holds the first. */
export async function fetchEntries(url: string, from: number, to: number, fetcher: typeof fetch): Promise<Bytes[]> {
  const at = Math.floor(from / TILE_WIDTH);
  const width = Math.min(TILE_WIDTH, to - at * TILE_WIDTH);
  const bundle = (wide: number) =>
    withTimeout(ask(`${url}/${tilePath({ level: "entries", at, width: wide })}`, fetcher), TIMEOUT_MS);
  const partial = await bundle(width);
  // A partial bundle may be gone once the full one is there.
  const whole = partial ?? (await bundle(TILE_WIDTH));
  if (!whole) throw new Error("the log does not show the entries that it has signed");
  return readEntryBundle(whole, partial ? width : TILE_WIDTH).slice(from - at * TILE_WIDTH, width);
}

async function ask(url: string, fetcher: typeof fetch): Promise<Bytes | undefined> {
  const response = await fetcher(url, { redirect: "manual" });
  if (!response.ok) return undefined;
  const length = Number(response.headers.get("Content-Length") ?? 0);
  if (length > BUNDLE_BYTES_MAX) throw new Error("the bundle is too large");
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.length > BUNDLE_BYTES_MAX) throw new Error("the bundle is too large");
  return bytes;
}
