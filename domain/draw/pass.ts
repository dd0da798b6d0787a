// Entry pass and overload ticket: short signed texts that open one session's door, so that the hot path looks nothing up. draw1, section 5.
import { type Bytes, b64url, join, unb64url, utf8 } from "../bytes.ts";
import { hkdf } from "../hash.ts";
import { type Json, jcs } from "../jcs.ts";
import { tag } from "./tags.ts";

export type Pass = {
  v: 1;
  type: "pass";
  manifest: string;
  market: string;
  pid: string;
  /** Chances per product family, 1..8; 0 while cooling down. */
  tickets: { [family: string]: number };
  ageOk: boolean;
  /** Unix seconds: close + grace. */
  exp: number;
};

export type OverloadTicket = { v: 1; type: "overload"; manifest: string; pid: string; s: number };

export const passKey = (operatorSecret: Uint8Array, manifestHash: Uint8Array): Bytes =>
  hkdf(operatorSecret, join(tag("pass-key"), manifestHash));

/** What the HMAC covers: T(type) || JCS. */
export const passMessage = (type: "pass" | "overload", body: Uint8Array): Bytes => join(tag(type), body);

export const passBody = (pass: Pass | OverloadTicket): Bytes => utf8(jcs(pass as Json));

export const passText = (body: Uint8Array, mac: Uint8Array): string => `${b64url(body)}.${b64url(mac)}`;

/** Splits a pass into the bytes that were signed and the MAC; undefined where it is not of that form. */
export function splitPass(text: string): { body: Bytes; mac: Bytes } | undefined {
  const dot = text.indexOf(".");
  if (dot < 1) return undefined;
  const body = unb64url(text.slice(0, dot));
  const mac = unb64url(text.slice(dot + 1));
  return body && mac?.length === 32 ? { body, mac } : undefined;
}

const decoder = new TextDecoder();

/** Only for a body whose MAC was checked: its bytes are then the ones that we wrote, canonical and of this shape. */
export const readPass = (body: Uint8Array): Pass | OverloadTicket => JSON.parse(decoder.decode(body)) as Pass | OverloadTicket;
