// Settings and secrets: one table, checked before anything else. Nothing has a default secret; `npm run deploy` names what is missing.
import * as v from "valibot";
import { type Bytes, unhex } from "../domain/bytes.ts";

/** A secret with its key id. */
export type Key = { kid: string; secret: Bytes };

/** `kid:hex[,kid:hex…]`: the first key signs, all are accepted, so that a key can be changed without breaking what it signed. */
const keyring = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9]{1,16}:(?:[0-9a-f]{64})(?:,[a-z0-9]{1,16}:[0-9a-f]{64})*$/, "kid:64 hex digits, separated by commas"),
  v.transform((text): [Key, ...Key[]] => {
    const keys = text.split(",").map((part) => {
      const [kid, secret] = part.split(":") as [string, string];
      return { kid, secret: unhex(secret) };
    });
    return keys as [Key, ...Key[]];
  }),
);

const pepper = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, "64 hex digits"), v.transform(unhex));

const urls = v.pipe(
  v.string(),
  v.transform((text) => text.split(/\s+/).filter(Boolean)),
  v.array(v.pipe(v.string(), v.url())),
  v.minLength(1),
);

export const settingsSchema = v.object({
  /** First segment of every object name, key id and log origin. */
  BRAND: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,32}$/, "lower-case letters, digits, hyphens")),
  /** Origin of the brand's session log, as draw1 writes it into manifests. */
  LOG_ORIGIN: v.pipe(v.string(), v.regex(/^[a-z0-9.-]+(?::[0-9]+)?\/[a-z0-9/_-]+$/, "host/path without scheme")),
  /** drand relays, separated by spaces; two are asked. */
  BEACON_RELAYS: urls,
  /** Root of receipt keys, pass keys, voucher keys and nonce keys; each purpose derives its own. */
  OPERATOR_SECRETS: keyring,
  /** Makes pids out of persons. It can never change: pids would. */
  PEPPER: pepper,
  /** Signs access tokens. */
  TOKEN_SECRETS: keyring,
});
export type Settings = v.InferOutput<typeof settingsSchema>;

/** What must be set as secrets rather than in wrangler.toml, with the form that a generated value has. */
export const SECRETS = { OPERATOR_SECRETS: "keyring", PEPPER: "hex", TOKEN_SECRETS: "keyring" } as const;

const checked = new WeakMap<object, Settings>();

/** Thrown where a setting is missing or malformed: names them, never their values. */
export class SettingsError extends Error {}

/** The checked settings of an environment, parsed once per isolate. */
export function settingsOf(env: object): Settings {
  let settings = checked.get(env);
  if (!settings) {
    const parsed = v.safeParse(settingsSchema, env);
    if (!parsed.success)
      throw new SettingsError(
        `settings: ${parsed.issues.map((issue) => `${v.getDotPath(issue)}: missing or malformed`).join("; ")}`,
      );
    settings = parsed.output;
    checked.set(env, settings);
  }
  return settings;
}

/** The key with this id, or undefined. */
export const keyNamed = (keys: Key[], kid: string): Key | undefined => keys.find((key) => key.kid === kid);
