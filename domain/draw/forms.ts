// Reads the published objects strictly: canonical JSON with exactly the members and types of draw1, section 3. Throws a TypeError on anything else.
import type { Json } from "../jcs.ts";
import { type Manifest, parseObject } from "./manifest.ts";
import type { Result } from "./rank.ts";
import type { Review } from "./review.ts";
import type { Seal } from "./seal.ts";
import type { Wave } from "./wave.ts";

/** What the log says at a session's end. */
export type Settled = { handedOver: number; refunded: number; lapsed: number; left: number };
export type Void = { cause: "operator" | "no-seal" };

export type Form = (value: Json) => boolean;

const text: Form = (value) => typeof value === "string";
export const whole: Form = (value) => typeof value === "number";
const flag: Form = (value) => typeof value === "boolean";
const between =
  (low: number, high: number): Form =>
  (value) =>
    typeof value === "number" && value >= low && value <= high;
export const hexOf =
  (bytes: number): Form =>
  (value) =>
    typeof value === "string" && value.length === 2 * bytes && /^[0-9a-f]*$/.test(value);
export const hash = hexOf(32);
export const oneOf =
  (...values: Json[]): Form =>
  (value) =>
    values.includes(value);
const hexText: Form = (value) => typeof value === "string" && /^[0-9a-f]*$/.test(value);
export const session: Form = (value) => typeof value === "string" && /^[a-z0-9][a-z0-9-]{0,63}$/.test(value);

export const object =
  (members: { [name: string]: Form }): Form =>
  (value) => {
    if (typeof value !== "object" || Array.isArray(value)) return false;
    const names = Object.keys(value);
    return (
      names.length === Object.keys(members).length &&
      names.every((name) => Object.hasOwn(members, name) && (members[name] as Form)(value[name] as Json))
    );
  };

export const list =
  (form: Form, max: number): Form =>
  (value) =>
    Array.isArray(value) && value.length <= max && value.every(form);

/** What a program of draw1 can judge: another kind, rule or table of reasons would need another program. */
const MANIFEST = object({
  v: oneOf(1),
  type: oneOf("manifest"),
  origin: text,
  session,
  kind: oneOf("draw", "slot"),
  mode: oneOf("single"),
  market: text,
  open: whole,
  close: whole,
  graceS: whole,
  leads: object({ announceS: whole, reviewS: whole, sealLeadS: whole }),
  beacon: object({ chain: hash, scheme: text, genesis: whole, period: between(1, 86_400), round: whole }),
  fallback: text,
  alg: oneOf("bottomk-sha256-tickets/1"),
  ticketsMax: between(1, 8),
  shards: between(1, 4096),
  receiptKey: hash,
  poolsRoot: hash,
  pools: whole,
  rulesHash: hash,
  reasons: oneOf("draw1-reasons/1"),
  staffHash: hash,
  assurance: oneOf("phone", "card", "person"),
  witnesses: object({ k: between(0, 8), keys: list(object({ key: text, by: text, brand: flag }), 8) }),
});

const SEAL = object({
  v: oneOf(1),
  type: oneOf("seal"),
  session,
  manifest: hash,
  entries: whole,
  excluded: whole,
  tickets: whole,
  shards: whole,
  pools: whole,
  shardsRoot: hash,
  exclusionRoot: hash,
  tablesRoot: hash,
  prev: hash,
});

/** Reasons 2 to 15 have a line each at most. */
const REVIEW = object({
  v: oneOf(1),
  type: oneOf("review"),
  session,
  manifest: hash,
  s: whole,
  told: whole,
  refused: whole,
  granted: whole,
  undecided: whole,
  reasons: list(object({ reason: whole, excluded: whole, reinstated: whole }), 14),
  outcomesRoot: hash,
});

const RESULT = object({
  v: oneOf(1),
  type: oneOf("result"),
  session,
  manifest: hash,
  seal: hash,
  round: whole,
  signature: text,
  seed: hash,
  pools: whole,
  winners: whole,
  waits: whole,
  resultRoot: hash,
});

const BEACON = object({ v: oneOf(1), type: oneOf("beacon"), chain: hash, round: whole, signature: hexText });

const WAVE = object({
  v: oneOf(1),
  type: oneOf("wave"),
  session,
  manifest: hash,
  no: whole,
  s: whole,
  payBy: whole,
  awards: whole,
  awardsRoot: hash,
  lapses: whole,
  lapsesRoot: hash,
});

const SETTLED = object({
  v: oneOf(1),
  type: oneOf("settled"),
  session,
  manifest: hash,
  s: whole,
  handedOver: whole,
  refunded: whole,
  lapsed: whole,
  left: whole,
});

const VOID = object({
  v: oneOf(1),
  type: oneOf("void"),
  session,
  manifest: hash,
  s: whole,
  cause: oneOf("operator", "no-seal"),
  text,
  rollTo: text,
});

function read<Shape>(bytes: Uint8Array, form: Form): Shape {
  const value = parseObject<Json>(bytes);
  if (!form(value)) throw new TypeError("not an object of this form");
  return value as Shape;
}

/** `fallback` is left to the check of the round, which has a name for another one. */
export function readManifest(bytes: Uint8Array): Manifest {
  const manifest = read<Manifest>(bytes, MANIFEST);
  const { open, close, graceS, leads, witnesses } = manifest;
  if (open >= close || graceS > leads.reviewS || witnesses.k > witnesses.keys.length)
    throw new TypeError("a plan that contradicts itself");
  return manifest;
}

export const readSeal = (bytes: Uint8Array): Seal => read<Seal>(bytes, SEAL);

export const readReview = (bytes: Uint8Array): Review => read<Review>(bytes, REVIEW);

export const readResult = (bytes: Uint8Array): Result => read<Result>(bytes, RESULT);

export const readBeacon = (bytes: Uint8Array): { chain: string; round: number; signature: string } => read(bytes, BEACON);

export const readWave = (bytes: Uint8Array): Wave => read<Wave>(bytes, WAVE);

export const readSettled = (bytes: Uint8Array): Settled => read<Settled>(bytes, SETTLED);

export const readVoid = (bytes: Uint8Array): Void => read<Void>(bytes, VOID);
