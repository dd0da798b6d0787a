// Settings and secrets: one table, checked before anything else. Nothing has a default secret; `npm run deploy` names what is missing.
import * as v from "valibot";
import { type Bytes, hex, unhex, utf8 } from "../domain/bytes.ts";
import { jcs } from "../domain/jcs.ts";
import type { Witnesses } from "../domain/log/cosignature.ts";
import { KEY_TYPE, parseVkey } from "../domain/log/note.ts";
import { JURISDICTIONS } from "../domain/objects.ts";

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

const hex32 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, "64 hex digits"), v.transform(unhex));

const urls = v.pipe(
  v.string(),
  v.transform((text) => text.split(/\s+/).filter(Boolean)),
  v.array(v.pipe(v.string(), v.url())),
  v.minLength(1),
);

/** The public key of a witness, or undefined where the text is not a witness's key. */
function witnessKey(text: string): string | undefined {
  try {
    const { type, publicKey } = parseVkey(text);
    return type === KEY_TYPE.cosignature ? hex(publicKey) : undefined;
  } catch {
    return undefined;
  }
}

/** A manifest is a log entry under 4,096 bytes, and needs some 1,000 for everything else. */
const WITNESSES_BYTES_MAX = 2_600;

const witnesses = v.pipe(
  v.strictObject({
    /** Cosignatures needed; 0 goes without witnesses. */
    k: v.pipe(v.number(), v.integer(), v.minValue(0)),
    list: v.pipe(
      v.array(
        v.strictObject({
          key: v.pipe(
            v.string(),
            v.check((text) => witnessKey(text) !== undefined, "name+id+base64, of type 4"),
          ),
          /** Who runs it, as pages show it. */
          by: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
          url: v.pipe(v.string(), v.url(), v.regex(/^https?:/)),
          /** Whether the brand runs it itself: then it does not count as independent. */
          brand: v.boolean(),
        }),
      ),
      v.maxLength(8),
      v.check((list) => new Set(list.map(({ key }) => witnessKey(key))).size === list.length, "each key once"),
      v.check((list) => utf8(jcs(list)).length <= WITNESSES_BYTES_MAX, "too long for a manifest"),
    ),
  }),
  v.check(({ k, list }) => k <= list.length, "k is more than there are witnesses"),
);

export const settingsSchema = v.object({
  /** First segment of every object name, key id and log origin. */
  BRAND: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,32}$/, "lower-case letters, digits, hyphens")),
  /** Origin of the brand's session log, as draw1 writes it into manifests. */
  LOG_ORIGIN: v.pipe(v.string(), v.maxLength(100), v.regex(/^[a-z0-9.-]+(?::[0-9]+)?\/[a-z0-9/_-]+$/, "host/path without scheme")),
  /** Who cosigns the log, and how many of them are needed. Goes into each manifest when it is announced. */
  WITNESSES: witnesses,
  /** drand relays, separated by spaces; two are asked. */
  BEACON_RELAYS: urls,
  /** Binds every object to a jurisdiction of Cloudflare's; chosen once, before the first session (docs/where-it-runs.md). */
  JURISDICTION: v.optional(v.picklist(JURISDICTIONS)),
  /** Root of receipt keys, pass keys, voucher keys and nonce keys; each purpose derives its own. */
  OPERATOR_SECRETS: keyring,
  /** Makes pids out of persons. It can never change: pids would. */
  PEPPER: hex32,
  /** Seed of the Ed25519 key that signs the log. It can never change: witnesses know its public half under the log's origin. */
  LOG_KEY: hex32,
  /** Signs access tokens. */
  TOKEN_SECRETS: keyring,
  /** Set where webhooks may go to this machine itself: for trying out, refused by `npm run deploy`. */
  WEBHOOK_LOOPBACK: v.optional(v.literal("allowed")),
});
export type Settings = v.InferOutput<typeof settingsSchema>;

/** What must be set as secrets rather than in wrangler.toml, with the form that a generated value has. */
export const SECRETS = { OPERATOR_SECRETS: "keyring", PEPPER: "hex", TOKEN_SECRETS: "keyring", LOG_KEY: "hex" } as const;

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

/** The witnesses as a manifest names them: where they are asked is nobody else's business. */
export const witnessesOf = ({ WITNESSES: { k, list } }: Settings): Witnesses => ({
  k,
  keys: list.map(({ key, by, brand }) => ({ key, by, brand })),
});
