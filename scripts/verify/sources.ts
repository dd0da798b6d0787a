// Where published files come from: a site, or a folder that holds them under the same paths; and the keeping of what was read.
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Bytes, join as concat } from "../../domain/bytes.ts";

/** The bytes of a published file, or undefined where it is not published. Throws Unreachable where that cannot be said. */
export type Source = (path: string) => Promise<Bytes | undefined>;

/** A file could not be had, which says nothing about the session. */
export class Unreachable extends Error {}

const TIMEOUT_MS = 60_000;

export const site =
  (origin: string): Source =>
  async (path) => {
    try {
      const response = await fetch(new URL(`/${path}`, origin), { signal: AbortSignal.timeout(TIMEOUT_MS) });
      if (response.ok) return await bodyOf(response, path);
      await response.body?.cancel();
      if (response.status === 404) return undefined;
      throw new Unreachable(`${path}: status ${response.status}`);
    } catch (error) {
      throw error instanceof Unreachable ? error : new Unreachable(`${path}: ${reasonOf(error)}`);
    }
  };

/** A shard of 40,000 entries is 1.8 MB; no file of the format comes near this. */
const BYTES_MAX = 2 ** 30;

async function bodyOf(response: Response, path: string): Promise<Bytes> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > BYTES_MAX) throw new Unreachable(`${path}: more than ${BYTES_MAX} bytes`);
    parts.push(part);
  }
  return concat(...parts);
}

/** fetch hides why it failed in the error's cause. */
const reasonOf = (error: unknown): string =>
  error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : String(error);

export const folder =
  (root: string): Source =>
  async (path) => {
    try {
      return new Uint8Array(await readFile(join(root, path)));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return undefined;
      throw new Unreachable(`${path}: ${code}`);
    }
  };

/** Writes down what is read, under the same paths. */
export const saving =
  (source: Source, root: string): Source =>
  async (path) => {
    const bytes = await source(path);
    if (bytes) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), bytes);
    }
    return bytes;
  };

/** The one session that a folder holds. */
export async function onlySession(root: string): Promise<string> {
  const draws = join(root, "draws");
  const [session, ...more] = existsSync(draws) ? await readdir(draws) : [];
  if (!session || more.length > 0) {
    throw new Unreachable(`${root} holds ${session ? more.length + 1 : 0} sessions: name one with --session`);
  }
  return session;
}
