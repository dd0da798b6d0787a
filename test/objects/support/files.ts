// The published files as they lie in R2.
import { env } from "cloudflare:workers";
import type { Bytes } from "../../../domain/bytes.ts";
import { type Manifest, parseObject } from "../../../domain/draw/manifest.ts";
import type { Files } from "../../../domain/proof/build.ts";

/** All of them, under their public paths. */
export async function allFiles(): Promise<Map<string, Bytes>> {
  const files = new Map<string, Bytes>();
  let cursor: string | undefined;
  do {
    const page = await env.FILES.list(cursor === undefined ? {} : { cursor });
    for (const { key } of page.objects) {
      const file = await env.FILES.get(key);
      if (file) files.set(key, new Uint8Array(await file.arrayBuffer()));
    }
    cursor = page.truncated ? page.cursor : undefined;
  } while (cursor !== undefined);
  return files;
}

/** Those of one session by their name, and its rules. */
export async function publishedFiles(id: string): Promise<Files> {
  const files = await allFiles();
  const rules = `rules/${parseObject<Manifest>(files.get(`draws/${id}/manifest.json`) as Bytes).rulesHash}`;
  return (name) => {
    const bytes = files.get(name === "rules" ? rules : `draws/${id}/${name}`);
    if (!bytes) throw new RangeError(`${name} is not published`);
    return bytes;
  };
}
