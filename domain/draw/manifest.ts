// The manifest: everything that is fixed before the first reservation. draw1, section 3.
import { type Bytes, hex, join, unhex, utf8 } from "../bytes.ts";
import { hkdf, sha256 } from "../hash.ts";
import { type Json, jcs, parseJcs } from "../jcs.ts";
import type { Witnesses } from "../log/cosignature.ts";
import { type Chain, firstRound } from "./chains.ts";
import { tag } from "./tags.ts";

export type Leads = { announceS: number; reviewS: number; sealLeadS: number };

export type Manifest = {
  v: 1;
  type: "manifest";
  origin: string;
  session: string;
  kind: "draw" | "slot";
  mode: "single";
  market: string;
  /** Unix seconds: reservations are taken while open <= now < close. */
  open: number;
  close: number;
  graceS: number;
  leads: Leads;
  beacon: { chain: string; scheme: string; genesis: number; period: number; round: number };
  fallback: "wait";
  alg: "bottomk-sha256-tickets/1";
  ticketsMax: number;
  shards: number;
  receiptKey: string;
  poolsRoot: string;
  pools: number;
  rulesHash: string;
  reasons: "draw1-reasons/1";
  staffHash: string;
  assurance: "phone" | "card" | "person";
  witnesses: Witnesses;
};

/** Lead times by preset; verifiers check the manifest's own values, a preset only helps the planner (section 4). */
export const PRESETS = {
  daily: { announceS: 86400, reviewS: 300, sealLeadS: 60, graceS: 120 },
  demo: { announceS: 0, reviewS: 10, sealLeadS: 6, graceS: 5 },
} as const;

/** The first round of the chain at or after close + review + seal lead. */
export const roundFor = (chain: Chain, close: number, leads: Leads): number =>
  firstRound(chain, close + leads.reviewS + leads.sealLeadS);

/** deadline = time(round) - sealLeadS: the seal is made before it or not at all. Unix seconds. */
export const sealDeadline = (manifest: Manifest): number => beaconTime(manifest) - manifest.leads.sealLeadS;

/** When the manifest's round is published. Unix seconds. */
export const beaconTime = ({ beacon }: Manifest): number => beacon.genesis + (beacon.round - 1) * beacon.period;

/** The exact bytes of a log entry or published object. */
export const objectBytes = (object: object): Bytes => utf8(jcs(object as Json));

/** M = H(T("manifest") || JCS(manifest)). */
export const manifestHash = (bytes: Uint8Array): Bytes => sha256(join(tag("manifest"), bytes));

export function parseObject<Shape>(bytes: Uint8Array): Shape {
  return parseJcs(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)) as Shape;
}

/** Seed of the session's Ed25519 receipt key. */
export const receiptSeed = (operatorSecret: Uint8Array, origin: string, session: string): Bytes =>
  hkdf(operatorSecret, join(tag("receipt-key"), utf8(`${origin}\n${session}`)));

/** H(T("staff") || salt32 || ascending person32 of all barred staff). */
export function staffHash(salt: Uint8Array, persons: Uint8Array[]): Bytes {
  const ascending = persons.map(hex).sort().map(unhex);
  return sha256(join(tag("staff"), salt, ...ascending));
}
