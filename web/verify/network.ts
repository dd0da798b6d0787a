// Asks a shop, where there is one and somebody wants it: the public part of a proof, a pool's files, waves, the log's key, local beacons.
import type { Bytes } from "../../domain/bytes.ts";
import { type Chain, localChains } from "../../domain/draw/chains.ts";

const LIMIT_MS = 15_000;
/** More waves than a session has. */
const WAVES_MAX = 20;

/** Only a page that came over http has a shop behind it. */
export const ownOrigin = (): string => (location.protocol.startsWith("http") ? location.origin : "");

/** The bytes, or undefined where there is no such file or no answer. */
export async function ask(origin: string, path: string): Promise<Bytes | undefined> {
  try {
    const reply = await fetch(`${origin}${path}`, {
      signal: AbortSignal.timeout(LIMIT_MS),
      credentials: "omit",
      referrerPolicy: "no-referrer",
    });
    return reply.ok ? new Uint8Array(await reply.arrayBuffer()) : undefined;
  } catch {
    return undefined;
  }
}

const textOf = (bytes: Bytes | undefined): string | undefined => bytes && new TextDecoder().decode(bytes);

export const askLogKey = async (origin: string): Promise<string | undefined> => textOf(await ask(origin, "/log/vkey"))?.trim();

/** Beacons that a shop runs for trying out: they are shown as what they are. Others are pinned in this page or not believed. */
export async function askLocalChains(origin: string): Promise<Chain[]> {
  try {
    const { beacons } = JSON.parse(textOf(await ask(origin, "/v1/beacons")) ?? "") as { beacons: unknown };
    return localChains(beacons);
  } catch {
    return [];
  }
}

/** The bundles of waves 1, 2, … until there is none. */
export async function askWaves(origin: string, session: string): Promise<Bytes[]> {
  const waves: Bytes[] = [];
  for (let no = 1; no <= WAVES_MAX; no++) {
    const wave = await ask(origin, `/draws/${session}/waves/${no}`);
    if (!wave) break;
    waves.push(wave);
  }
  return waves;
}
