// The pickup voucher: signed by the server for one order, store and device; shown as a QR code whose last part the device signs anew
// every 30 seconds, so that a photograph of it soon says nothing.
import { type Bytes, b64url, join, u64, unb64url, utf8 } from "../bytes.ts";
import { tag } from "../draw/tags.ts";
import { sha256 } from "../hash.ts";
import { type Json, jcs, parseJcs } from "../jcs.ts";

export type Voucher = {
  v: 1;
  type: "voucher";
  /** Key id of the signature. */
  kid: string;
  order: string;
  store: string;
  /** Raw P-256 public key of the member's device, 65 bytes, base64url. */
  device: string;
  /** Unix seconds: the end of the pickup window. */
  exp: number;
};

export const STEP_S = 30;

export const voucherText = (voucher: Voucher): string => jcs(voucher as Json);

/** What the server signs with Ed25519. */
export const voucherMessage = (text: Uint8Array): Bytes => join(tag("voucher"), text);

/** What the device signs with ECDSA P-256 for one step. */
export const stepMessage = (voucher: Uint8Array, step: number): Bytes => join(tag("voucher-step"), sha256(voucher), u64(step));

export const stepAt = (nowMs: number): number => Math.floor(nowMs / 1000 / STEP_S);

/** A step counts in its own half minute and the next: slow hands and cameras, clocks a little off. */
export const stepIsLive = (step: number, nowMs: number): boolean => Math.abs(stepAt(nowMs) - step) <= 1;

export type ScannedVoucher = { voucher: Voucher; text: Bytes; sig: Bytes; step: number; deviceSig: Bytes };

export const qrText = (text: Uint8Array, sig: Uint8Array, step: number, deviceSig: Uint8Array): string =>
  `FP1.${b64url(text)}.${b64url(sig)}.${step}.${b64url(deviceSig)}`;

/** Reads a scanned text; undefined where it is not of our form. Nothing in it is believed before its signatures are checked. */
export function readQr(qr: string): ScannedVoucher | undefined {
  const [mark, body, signature, step, device, more] = qr.split(".");
  if (mark !== "FP1" || more !== undefined || !body || !signature || !device || !/^[0-9]{1,12}$/.test(step ?? "")) return undefined;
  const [text, sig, deviceSig] = [unb64url(body), unb64url(signature), unb64url(device)];
  if (!text || sig?.length !== 64 || deviceSig?.length !== 64) return undefined;
  try {
    const voucher = parseJcs(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(text)) as Voucher;
    return voucher.type === "voucher" ? { voucher, text, sig, step: Number(step), deviceSig } : undefined;
  } catch {
    return undefined;
  }
}

/** Seconds for which one 8-digit code holds; the one before is still taken. */
export const CODE_STEP_S = 60;
/** Wrong codes before only the QR code works: 5 tries of 10^8 codes, two of them live, guess with a chance of 10^-7. */
export const CODE_TRIES_MAX = 5;

/** The 8 digits of an order in one step, from HMAC(code key, message): the first 8 bytes mod 10^8 (a bias below 10^-11). */
export const codeMessage = (order: string, step: number): Bytes => join(tag("pickup-code"), utf8(order), u64(step));

export function codeFrom(mac: Uint8Array): string {
  let value = 0n;
  for (const byte of mac.subarray(0, 8)) value = (value << 8n) | BigInt(byte);
  return (value % 100_000_000n).toString().padStart(8, "0");
}
