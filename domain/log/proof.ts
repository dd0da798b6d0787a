// Proof that an entry stands in a cosigned log, as one text (C2SP tlog-proof): index, path, checkpoint. Checked without asking anybody.
import type { Bytes } from "../bytes.ts";
import { HASH, included, leafHash } from "../merkle.ts";
import { base64, unbase64 } from "./base64.ts";
import { parseCheckpoint, parseSize, type SignedCheckpoint } from "./checkpoint.ts";

const HEAD = "c2sp.org/tlog-proof@v1";

/** A path of a log with fewer than 2^53 entries is shorter. */
const PATH_MAX = 63;

export type LogProof = { index: number; path: Bytes[]; checkpoint: string; extra?: Bytes };

export const proofText = ({ index, path, checkpoint, extra }: LogProof): string =>
  [HEAD, ...(extra ? [`extra ${base64(extra)}`] : []), `index ${index}`, ...path.map(base64), "", checkpoint].join("\n");

/** Hashes, one a line; throws a RangeError on anything else. */
export function parseHashes(lines: string[]): Bytes[] {
  if (lines.length > PATH_MAX) throw new RangeError("a path that is too long");
  return lines.map((line) => {
    const hash = unbase64(line);
    if (hash?.length !== HASH) throw new RangeError("not a hash");
    return hash;
  });
}

/** Reads a proof; throws a RangeError on another form. Whether it proves anything is still to be checked. */
export function parseProof(text: string): LogProof {
  const end = text.indexOf("\n\n");
  if (end < 0) throw new RangeError("not a proof of a log entry");
  const [head, ...lines] = text.slice(0, end).split("\n");
  if (head !== HEAD) throw new RangeError("not a proof of a log entry");
  const carried = lines[0]?.startsWith("extra ") ? lines.shift() : undefined;
  const extra = carried === undefined ? undefined : unbase64(carried.slice(6));
  if (carried !== undefined && !extra) throw new RangeError("extra data that is not base64");
  const index = lines.shift();
  if (!index?.startsWith("index ")) throw new RangeError("a proof without an index");
  return {
    index: parseSize(index.slice(6)),
    path: parseHashes(lines),
    checkpoint: text.slice(end + 2),
    ...(extra ? { extra } : {}),
  };
}

/** The checkpoint that covers the entry; undefined where the path does not lead to its root. Its signatures are still to be checked. */
export function covering({ index, path, checkpoint }: LogProof, entry: Uint8Array): SignedCheckpoint | undefined {
  const signed = parseCheckpoint(checkpoint);
  return included(leafHash(entry), index, signed.size, path, signed.root) ? signed : undefined;
}
