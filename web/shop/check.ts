// Runs a pool's draw again on this device from the published files: table, seal, beacon, seed, ranks.
// Pairings are a large piece of code: the page loads this file only when somebody checks.
import type { SessionView } from "../../contracts/sessions.ts";
import { hex, same, unhex, utf8 } from "../../domain/bytes.ts";
import { seedOf, verifiedSignature } from "../../domain/draw/beacon.ts";
import { PUBLIC_CHAINS } from "../../domain/draw/chains.ts";
import { type Manifest, manifestHash } from "../../domain/draw/manifest.ts";
import { drawPool, type Ranked, type Result, readResultBundle } from "../../domain/draw/rank.ts";
import { type Seal, sealHash } from "../../domain/draw/seal.ts";
import { readTableBundle } from "../../domain/draw/table.ts";
import { type Outcome, ok, refuse } from "../../domain/outcome.ts";
import { type Failure, send } from "../shared/api.ts";
import { drawFile } from "./result.ts";

/** The steps in order; a check stops at the first that does not hold. */
export const CHECK_STEPS = ["manifest", "seal", "seed", "beacon", "table", "winners"] as const;
export type CheckStep = (typeof CHECK_STEPS)[number];
/** `beacon` is skipped for a chain that is not pinned in this page, as a local one for trying out is. */
export type Checked = { failed?: CheckStep; beacon: "verified" | "skipped"; entries: number; winners: number; own?: boolean };

type Six = [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];
type Beacon = { chain: string; round: number; signature: string };

export async function checkPool(
  view: SessionView,
  pool: { pool: number; stock: number; wait: number },
  leaf?: string,
): Promise<Outcome<Checked, Failure>> {
  const names = ["manifest.json", "seal.json", "result.json", "beacon.json", `tables/${pool.pool}`, `results/${pool.pool}`];
  const files = await Promise.all(names.map((name) => send(drawFile(view.session, name))));
  const bytes: Uint8Array[] = [];
  for (const file of files) {
    if (!file.ok) return file;
    bytes.push(file.value.bytes);
  }
  const done = { beacon: "skipped", entries: 0, winners: 0 } as Checked;
  try {
    return ok({ ...done, ...run(view, pool, leaf, bytes as Six) });
  } catch {
    return refuse({ kind: "network", offline: false });
  }
}

const parse = <Shape>(bytes: Uint8Array): Shape => JSON.parse(new TextDecoder().decode(bytes)) as Shape;

function run(
  view: SessionView,
  pool: { pool: number; stock: number; wait: number },
  leaf: string | undefined,
  [manifestFile, sealFile, resultFile, beaconFile, tableFile, drawnFile]: Six,
): Partial<Checked> {
  const hash = manifestHash(manifestFile);
  if (hex(hash) !== view.manifest) return { failed: "manifest" };
  const manifest = parse<Manifest>(manifestFile);
  const result = parse<Result>(resultFile);
  if (hex(sealHash(sealFile)) !== result.seal || parse<Seal>(sealFile).manifest !== view.manifest) return { failed: "seal" };
  const beacon = parse<Beacon>(beaconFile);
  const seed = seedOf(beacon.chain, beacon.round, unhex(beacon.signature), unhex(result.seal));
  if (hex(seed) !== result.seed || beacon.chain !== manifest.beacon.chain || beacon.round !== manifest.beacon.round)
    return { failed: "seed" };
  const chain = PUBLIC_CHAINS.find((known) => known.hash === beacon.chain);
  if (chain && !verifiedSignature(chain, beacon.round, beacon.signature)) return { failed: "beacon" };
  const verified: Partial<Checked> = { beacon: chain ? "verified" : "skipped" };
  const table = readTableBundle(tableFile, hash, pool.pool).rows;
  const own = leaf === undefined ? {} : { own: table.some(({ lh }) => hex(lh) === leaf) };
  if (own.own === false) return { ...verified, ...own, failed: "table" };
  const drawn = drawPool(pool, table, seed);
  const published = readResultBundle(drawnFile, hash, pool.pool);
  const holds =
    agree(drawn.winners, published.winners) && agree(drawn.waits, published.waits) && same(drawn.cutoff, published.cutoff);
  return { ...verified, ...own, entries: drawn.n, winners: drawn.winners.length, ...(holds ? {} : { failed: "winners" as const }) };
}

const agree = (a: Ranked[], b: Ranked[]): boolean =>
  a.length === b.length && a.every(({ lh, score }, at) => same(lh, b[at]?.lh ?? utf8("")) && same(score, b[at]?.score ?? utf8("")));
