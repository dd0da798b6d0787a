// What was drawn: the beacon, the seed, every pool ranked again, and the result over them. draw1, sections 1 to 3.
import { type Bytes, hex, join, readU32, same, u32 } from "../bytes.ts";
import { encodesPoint, seedOf, verifiedSignature } from "../draw/beacon.ts";
import { readBeacon, readResult } from "../draw/forms.ts";
import { objectBytes } from "../draw/manifest.ts";
import type { Pool } from "../draw/pools.ts";
import { type PoolResult, type Ranked, RESULT_BODY, type Result, resultBody, resultOf, resultRoot, scorer } from "../draw/rank.ts";
import { sealHash } from "../draw/seal.ts";
import { openBundle } from "../draw/tags.ts";
import { HASH } from "../merkle.ts";
import { sorterBy } from "../packed.ts";
import { type Announced, readObject } from "./announced.ts";
import type { Evenness } from "./evenness.ts";
import { must, reading } from "./reasons.ts";
import type { Sealed } from "./sealed.ts";
import { type Audited, read } from "./step.ts";

export type Drawn = { seed: Bytes; results: PoolResult[]; winners: number; waits: number };

export function* readDrawn(announced: Announced, pools: Pool[], sealed: Sealed, evenness: Evenness): Audited<Drawn> {
  const { manifest, M } = announced;
  const { chain, round } = manifest.beacon;
  const signature = yield* readSignature(announced);
  yield { passed: "the beacon's signature verifies" };
  const seal = sealHash(sealed.bytes);
  const seed = seedOf(chain, round, signature, seal);
  const files = pools.map(({ pool }) => `draws/${manifest.session}/results/${pool}`);
  yield { soon: files };
  const results: PoolResult[] = [];
  let done = 0;
  for (const [at, pool] of pools.entries()) {
    const rows = sealed.rowsOf(at);
    yield { doing: "scores", done, of: sealed.seal.entries };
    done += rows.length;
    const scores = scoresOf(rows, sealed, seed);
    const result = ranked(pool, rows, scores, sealed);
    const file = files[at] as string;
    checkBundle(file, yield* read(file), M, result);
    results.push(result);
    evenness.addPool(rows, scores, result);
  }
  yield { passed: "the winners are the ones that seal and beacon give" };

  const file = `draws/${manifest.session}/result.json`;
  const bytes = yield* read(file);
  const told = readObject(file, bytes, readResult);
  must(told.manifest === hex(M) && told.session === manifest.session, "file-foreign", file, "belongs to another manifest");
  const counts = {
    pools: pools.length,
    winners: results.reduce((sum, { winners }) => sum + winners.length, 0),
    waits: results.reduce((sum, { waits }) => sum + waits.length, 0),
  };
  const expected: Result = {
    v: 1,
    type: "result",
    session: manifest.session,
    manifest: hex(M),
    seal: hex(seal),
    round,
    signature: hex(signature),
    seed: hex(seed),
    ...counts,
    resultRoot: hex(resultRoot(join(...results.map(resultBody)))),
  };
  const agrees = same(objectBytes(expected), bytes);
  must(agrees, "result-wrong", file, "its counts, seed, seal or root are not those of the draw");
  yield { passed: "the result object is the recomputed one" };
  return { seed, results, ...counts };
}

function* readSignature({ manifest, chain }: Announced): Audited<Bytes> {
  const { beacon, session } = manifest;
  const file = `draws/${session}/beacon.json`;
  const told = readObject(file, yield* read(file), readBeacon);
  const ours = told.chain === beacon.chain && told.round === beacon.round;
  must(ours, "round-changed", file, `round ${told.round} of chain ${told.chain}`);
  must(encodesPoint(told.signature), "beacon-encoding", file, "not the canonical encoding of a point of the group");
  const signature = verifiedSignature(chain, beacon.round, told.signature);
  must(signature !== undefined, "beacon-signature", file, `not the signature of round ${beacon.round}`);
  return signature;
}

/** The scores of a pool's rows, packed in their order. */
function scoresOf(rows: Uint32Array, { places }: Sealed, seed: Bytes): Bytes {
  const scores = new Uint8Array(rows.length * HASH);
  const score = scorer(seed);
  rows.forEach((row, at) => {
    scores.set(score(places.leaves.subarray(row * HASH, (row + 1) * HASH), places.tickets[row] as number), at * HASH);
  });
  return scores;
}

/** Rows ascend by leaf hash, so that positions decide between equal scores as the order (score, lh) asks for. */
function ranked(pool: Pool, rows: Uint32Array, scores: Bytes, { places }: Sealed): PoolResult {
  const order = sorterBy(scores)(Uint32Array.from(rows, (_, at) => at));
  return resultOf(pool, rows.length, (rank): Ranked => {
    const at = order[rank] as number;
    const row = rows[at] as number;
    return {
      lh: places.leaves.slice(row * HASH, (row + 1) * HASH),
      score: scores.slice(at * HASH, (at + 1) * HASH),
    };
  });
}

const FIELDS: [name: string, from: number][] = [
  ["stock", 4],
  ["count of entries", 8],
  ["count of winners", 12],
  ["length of the waitlist", 16],
  ["cut-off", 20],
  ["root of the winners", 52],
  ["root of the waitlist", 84],
];

/** The published result of a pool against the one that was drawn again: first what it says of the whole, then every row. */
function checkBundle(file: string, bytes: Bytes, M: Bytes, result: PoolResult): void {
  const expected = resultBody(result);
  const reader = reading(file, () => openBundle(bytes, "bundle-result", M, u32(readU32(expected, 0))));
  const body = reading(file, () => reader.take(RESULT_BODY - 4));
  const differs = expected.subarray(4).findIndex((byte, at) => byte !== body[at]) + 4;
  const field = FIELDS.findLast(([, from]) => from <= differs)?.[0];
  must(differs < 4, "result-differs", file, `another ${field} than seal and beacon give`);
  const all = [...result.winners, ...result.waits];
  const rows = reading(file, () => {
    const taken = reader.take(all.length * 2 * HASH);
    reader.end();
    return taken;
  });
  const agrees = same(rows, join(...all.flatMap(({ lh, score }) => [lh, score])));
  must(agrees, "result-differs", file, "other rows than seal and beacon give");
}
