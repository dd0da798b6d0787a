// What a log sends to a witness (C2SP tlog-witness, add-checkpoint): the size that the witness knows, the way from there, the checkpoint.
import type { Bytes } from "../bytes.ts";
import { base64 } from "./base64.ts";
import { parseSize } from "./checkpoint.ts";
import { parseHashes } from "./proof.ts";

export type AddCheckpoint = { old: number; path: Bytes[]; checkpoint: string };

export const addCheckpointText = ({ old, path, checkpoint }: AddCheckpoint): string =>
  [`old ${old}`, ...path.map(base64), "", checkpoint].join("\n");

/** Reads a request; throws a RangeError on another form. */
export function parseAddCheckpoint(text: string): AddCheckpoint {
  const end = text.indexOf("\n\n");
  const [old = "", ...lines] = text.slice(0, Math.max(0, end)).split("\n");
  if (end < 0 || !old.startsWith("old ")) throw new RangeError("not a request to add a checkpoint");
  return { old: parseSize(old.slice(4)), path: parseHashes(lines), checkpoint: text.slice(end + 2) };
}
