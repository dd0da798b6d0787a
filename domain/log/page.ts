// The entry of the log that names the verify page by its hash: whoever is served another page than everybody else can show it.
import { hash, object, oneOf, whole } from "../draw/forms.ts";
import { objectBytes, parseObject } from "../draw/manifest.ts";
import type { Json } from "../jcs.ts";

/** `sha256` of the page's file, hex; `s` is when the log took it, Unix seconds. It belongs to no session. */
export type PageEntry = { v: 1; type: "page"; name: "verify"; sha256: string; s: number };

const PAGE = object({ v: oneOf(1), type: oneOf("page"), name: oneOf("verify"), sha256: hash, s: whole });

export const pageBytes = (sha256: string, s: number): Uint8Array<ArrayBuffer> =>
  objectBytes({ v: 1, type: "page", name: "verify", sha256, s } satisfies PageEntry);

/** Throws a TypeError on anything else. */
export function readPage(bytes: Uint8Array): PageEntry {
  const value = parseObject<Json>(bytes);
  if (!PAGE(value)) throw new TypeError("not a page's entry");
  return value as PageEntry;
}

/** The hash in a line as sha256sum writes it; undefined for any other text. */
export const hashInLine = (line: string): string | undefined => /^([0-9a-f]{64}) {2}\S+\n?$/.exec(line)?.[1];
