// A check saved for later: the proof, and beside it what this device knew before the draw and the pool's two files. One JSON file that the
// verify page opens without any network. What it says of itself is shown as such: pins that came with a file are no pins of the reader's.
import type { Bytes } from "../../domain/bytes.ts";
import type { Chain } from "../../domain/draw/chains.ts";
import { base64, unbase64 } from "../../domain/log/base64.ts";
import type { PoolFiles } from "../../domain/proof/pool.ts";

export type SavedCheck = {
  v: 1;
  type: "check";
  /** The proof as C2SP tlog-proof. */
  proof: string;
  /** M, hex, as the saving device saw it before the draw. */
  seen?: string;
  /** The log's key as the saving device knew it. */
  logKey?: string;
  /** Only of a local beacon, which no page pins. */
  chain?: Chain;
  /** The pool's files, base64. */
  table?: string;
  result?: string;
};

export const savedText = (check: Omit<SavedCheck, "v" | "type" | "table" | "result">, files: PoolFiles | undefined): string =>
  JSON.stringify({
    v: 1,
    type: "check",
    ...check,
    ...(files ? { table: base64(files.table), result: base64(files.result) } : {}),
  } satisfies SavedCheck);

export const poolFilesOf = ({ table, result }: SavedCheck): PoolFiles | undefined => {
  const [t, r] = [table, result].map((text) => (text === undefined ? undefined : unbase64(text)));
  return t && r ? { table: t as Bytes, result: r as Bytes } : undefined;
};
