// Settings of a witness, checked before it serves anything. There is no default key.
import * as v from "valibot";
import { type Bytes, unhex } from "../domain/bytes.ts";
import { publicKeyOf } from "../domain/ed25519.ts";
import { KEY_TYPE, type NoteKey, noteKey, parseVkey } from "../domain/log/note.ts";

/** A log that this witness knows: its key, whose name is the log's origin, and where its files are. */
export type KnownLog = { origin: string; key: NoteKey; url: string };

export type Settings = { key: NoteKey; seed: Bytes; by: string; logs: KnownLog[] };

function logKey(vkey: string): NoteKey | undefined {
  try {
    const key = parseVkey(vkey);
    return key.type === KEY_TYPE.ed25519 ? key : undefined;
  } catch {
    return undefined;
  }
}

const schema = v.object({
  NAME: v.pipe(v.string(), v.maxLength(64), v.regex(/^[a-z0-9.-]+(?::[0-9]+)?(?:\/[a-z0-9/_-]+)?$/)),
  BY: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  WITNESS_KEY: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  LOGS: v.pipe(
    v.array(
      v.strictObject({
        key: v.pipe(
          v.string(),
          v.check((vkey) => logKey(vkey) !== undefined),
        ),
        url: v.pipe(v.string(), v.url(), v.regex(/^https?:.*[^/]$/)),
      }),
    ),
    v.maxLength(100),
    v.check((logs) => new Set(logs.map(({ key }) => logKey(key)?.name)).size === logs.length),
  ),
});

export class SettingsError extends Error {}

/** Throws a SettingsError that names what is missing or malformed, never its value. */
export function settingsOf(env: object): Settings {
  const parsed = v.safeParse(schema, env);
  if (!parsed.success) {
    throw new SettingsError(`missing or malformed: ${parsed.issues.map((issue) => v.getDotPath(issue)).join(", ")}`);
  }
  const { NAME, BY, WITNESS_KEY, LOGS } = parsed.output;
  const seed = unhex(WITNESS_KEY);
  return {
    key: noteKey(NAME, KEY_TYPE.cosignature, publicKeyOf(seed)),
    seed,
    by: BY,
    logs: LOGS.map(({ key, url }) => {
      const known = logKey(key) as NoteKey;
      return { origin: known.name, key: known, url };
    }),
  };
}
