// What a member shows at the counter: the voucher that the server signs, and the 8 digits. Both keys derive from the operator secret.

import type { ProblemCode } from "../../contracts/problems.ts";
import { keyNamed, type Settings } from "../../contracts/settings.ts";
import { type Bytes, unb64url } from "../../domain/bytes.ts";
import { tag } from "../../domain/draw/tags.ts";
import { publicKeyOf, signWith, verifies } from "../../domain/ed25519.ts";
import { hkdf } from "../../domain/hash.ts";
import {
  CODE_STEP_S,
  codeFrom,
  codeMessage,
  readQr,
  stepIsLive,
  stepMessage,
  type Voucher,
  voucherMessage,
} from "../../domain/order/voucher.ts";
import { macOf } from "./hmac.ts";

const voucherSeed = (secret: Bytes): Bytes => hkdf(secret, tag("voucher-key"));
const codeKey = (secret: Bytes): Bytes => hkdf(secret, tag("code-key"));

export const signVoucher = ({ OPERATOR_SECRETS: [{ secret }] }: Settings, text: Uint8Array): Bytes =>
  signWith(voucherSeed(secret), voucherMessage(text));

/** A device's raw P-256 public key; undefined where the text is none. */
export async function importDeviceKey(raw: string): Promise<CryptoKey | undefined> {
  const bytes = unb64url(raw);
  if (bytes?.length !== 65) return undefined;
  try {
    return await crypto.subtle.importKey("raw", bytes, { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
  } catch {
    return undefined;
  }
}

/** The voucher behind a scanned text, or why it is none: signature, store, device, and the half minute in which it is shown. */
export async function checkQr(
  qr: string,
  store: string,
  settings: Settings,
  nowMs: number,
): Promise<{ voucher: Voucher } | { code: ProblemCode }> {
  const scanned = readQr(qr);
  const key = scanned && keyNamed(settings.OPERATOR_SECRETS, scanned.voucher.kid);
  if (!scanned || !key || !verifies(publicKeyOf(voucherSeed(key.secret)), voucherMessage(scanned.text), scanned.sig))
    return { code: "voucher_invalid" };
  const { voucher, text, step, deviceSig } = scanned;
  const device = await importDeviceKey(voucher.device);
  const shown =
    device && (await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, device, deviceSig, stepMessage(text, step)));
  if (!shown || voucher.store !== store) return { code: "voucher_invalid" };
  return stepIsLive(step, nowMs) ? { voucher } : { code: "voucher_stale" };
}

const codeStep = (nowMs: number): number => Math.floor(nowMs / 1000 / CODE_STEP_S);

/** The order's 8 digits now, and until when the shop takes them (Unix seconds). */
export async function codeOf(
  order: string,
  { OPERATOR_SECRETS: [{ secret }] }: Settings,
  nowMs: number,
): Promise<{ code: string; validUntil: number }> {
  const step = codeStep(nowMs);
  return { code: codeFrom(await macOf(codeKey(secret), codeMessage(order, step))), validUntil: (step + 2) * CODE_STEP_S };
}

/** Whether the digits are those of this step or the one before, under any key that is still accepted. */
export async function codeIsGood(order: string, code: string, settings: Settings, nowMs: number): Promise<boolean> {
  const step = codeStep(nowMs);
  for (const { secret } of settings.OPERATOR_SECRETS) {
    for (const at of [step, step - 1]) {
      if (codeFrom(await macOf(codeKey(secret), codeMessage(order, at))) === code) return true;
    }
  }
  return false;
}
