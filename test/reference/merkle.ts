// Slow and obvious Merkle trees: RFC 6962, section 2.1, written down as it stands there.
import { createHash } from "node:crypto";

const H = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(createHash("sha256").update(Buffer.concat(parts)).digest());

/** The largest power of two smaller than n. */
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** MTH({}) = H(), MTH({d}) = H(0x00 || d), MTH(D[n]) = H(0x01 || MTH(D[0:k]) || MTH(D[k:n])). */
export function mth(data: Uint8Array[]): Uint8Array {
  if (data.length === 0) return H();
  if (data.length === 1) return H(Uint8Array.of(0), data[0] as Uint8Array);
  const k = split(data.length);
  return H(Uint8Array.of(1), mth(data.slice(0, k)), mth(data.slice(k)));
}

/** PATH(m, D[n]): the other half's root after the path inside one's own half. */
export function auditPath(m: number, data: Uint8Array[]): Uint8Array[] {
  if (data.length <= 1) return [];
  const k = split(data.length);
  return m < k
    ? [...auditPath(m, data.slice(0, k)), mth(data.slice(k))]
    : [...auditPath(m - k, data.slice(k)), mth(data.slice(0, k))];
}
