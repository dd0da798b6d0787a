// The pickup voucher: fetched once and kept, so that it works in a shop without reception; its last part is signed anew every 30 s.
import type { CodeReply, VoucherReply } from "../../contracts/orders.ts";
import { unhex, utf8 } from "../../domain/bytes.ts";
import { qrText, stepAt, stepMessage } from "../../domain/order/voucher.ts";
import { type Outcome, ok, refuse } from "../../domain/outcome.ts";
import { call, type Failure } from "../shared/api.ts";
import { serverNow } from "../shared/clock.ts";
import { devicePublicKey, deviceSign } from "../shared/device-key.ts";
import { readKept, writeKept } from "../shared/storage.ts";

export type NoDevice = { kind: "no-device" };

type KeptVoucher = Pick<VoucherReply, "voucher" | "sig"> & { device: string };

export async function getVoucher(order: string): Promise<Outcome<KeptVoucher, Failure | NoDevice>> {
  const device = await devicePublicKey();
  if (!device) return refuse({ kind: "no-device" });
  const key = `voucher/${order}`;
  const known = readKept<KeptVoucher>(key);
  if (known?.device === device) return ok(known);
  const outcome = await call<VoucherReply>(`/v1/orders/${encodeURIComponent(order)}/voucher`, { json: { device } });
  if (!outcome.ok) return outcome;
  const { voucher, sig } = outcome.value;
  writeKept(key, { voucher, sig, device });
  return ok({ voucher, sig, device });
}

/** The text of the QR code for this half minute. */
export async function liveText({ voucher, sig }: KeptVoucher): Promise<string | undefined> {
  const step = stepAt(serverNow());
  const signature = await deviceSign(stepMessage(utf8(voucher), step));
  return signature && qrText(utf8(voucher), unhex(sig), step, signature);
}

export const getCode = (order: string): Promise<Outcome<CodeReply, Failure>> =>
  call<CodeReply>(`/v1/orders/${encodeURIComponent(order)}/code`, { json: {} });
