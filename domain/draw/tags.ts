// T(x) = "draw1/" + x + LF: every byte string of the format starts with a tag, so that none can stand in for another.
import { type Bytes, join, Reader, utf8 } from "../bytes.ts";

const known = new Map<string, Bytes>();

export function tag(name: string): Bytes {
  let bytes = known.get(name);
  if (!bytes) {
    bytes = utf8(`draw1/${name}\n`);
    known.set(name, bytes);
  }
  return bytes;
}

/** Opens a published bundle: what it is, of which manifest, and which one of its kind. Throws Malformed on another one. */
export function openBundle(bytes: Uint8Array, name: string, manifest: Uint8Array, number?: Uint8Array): Reader {
  const reader = new Reader(bytes);
  reader.expect(tag(name));
  reader.expect(manifest, "foreign");
  if (number) reader.expect(number, "misplaced");
  return reader;
}

/** A row is T(name) || body. */
export const row = (name: string, ...body: Uint8Array[]): Bytes => join(tag(name), ...body);
