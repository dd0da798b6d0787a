// The folder of an export: manifest.json, NAME.jsonl for each collection, files.jsonl and what it lists. docs/export.md.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { join, normalize, sep } from "node:path";
import { createInterface } from "node:readline";
import type { Bucket, ExportHead } from "../../contracts/carry.ts";
import { CarryError } from "./desk.ts";

export type Listed = { bucket: Bucket; key: string; bytes: number; sha256: string };

/** What manifest.json says. `sha256` is of the file's bytes. */
export type Manifest = Omit<ExportHead, "collections"> & {
  type: "fairpour-export";
  /** When the export was made, ISO 8601: the only thing that differs between two exports of the same data. */
  at: string;
  collections: { [name: string]: ExportHead["collections"][string] & { sha256: string } };
  files: { count: number; bytes: number; sha256: string };
};

export const MANIFEST = "manifest.json";
export const FILES = "files.jsonl";
export const sheetOf = (name: string): string => `${name}.jsonl`;

/**
 * Where a file of a bucket lies in the folder. A key that would lead out of it is refused. Trees get an ending, because a bucket knows no
 * folders: trees/S/shards is a file, and so is trees/S/shards/0.
 */
export function pathOf(folder: string, { bucket, key }: Pick<Listed, "bucket" | "key">): string {
  const below = join(folder, bucket);
  const path = normalize(join(below, key.startsWith("trees/") ? `${key}.tree` : key));
  if (!path.startsWith(below + sep)) throw new CarryError(`${bucket}/${key} is no path of a file`);
  return path;
}

/** Lines of a file in order, without their ends. */
export const linesOf = (path: string): AsyncIterable<string> =>
  createInterface({ input: createReadStream(path, "utf8"), crlfDelay: Number.POSITIVE_INFINITY });

export async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  return hash.digest("hex");
}

export const sha256 = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex");

/** Does `work` for every one, a few at a time. */
export async function forAll<One>(all: One[], atOnce: number, work: (one: One) => Promise<void>): Promise<void> {
  const rest = all.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const one of rest) await work(one);
    }),
  );
}
