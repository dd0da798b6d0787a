// T(x) = "draw1/" + x + LF: every byte string of the format starts with a tag, so that none can stand in for another.
import { type Bytes, join, utf8 } from "../bytes.ts";

const known = new Map<string, Bytes>();

export function tag(name: string): Bytes {
  let bytes = known.get(name);
  if (!bytes) {
    bytes = utf8(`draw1/${name}\n`);
    known.set(name, bytes);
  }
  return bytes;
}

/** A row is T(name) || body. */
export const row = (name: string, ...body: Uint8Array[]): Bytes => join(tag(name), ...body);
