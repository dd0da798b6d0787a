// RFC 6962, section 2.1, as it is written there: the recursive tree hash and the recursive audit path. Slow on purpose.
import { createHash } from "node:crypto";

export const H = (...parts: Uint8Array[]): Uint8Array => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
};

const ZERO = Uint8Array.of(0);
const ONE = Uint8Array.of(1);

/** k = the largest power of two smaller than n. */
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** MTH(D[n]). */
export function treeHash(rows: Uint8Array[]): Uint8Array {
  if (rows.length === 0) return H();
  if (rows.length === 1) return H(ZERO, rows[0] as Uint8Array);
  const k = split(rows.length);
  return H(ONE, treeHash(rows.slice(0, k)), treeHash(rows.slice(k)));
}

/** PATH(m, D[n]). */
export function auditPath(m: number, rows: Uint8Array[]): Uint8Array[] {
  if (rows.length <= 1) return [];
  const k = split(rows.length);
  return m < k
    ? [...auditPath(m, rows.slice(0, k)), treeHash(rows.slice(k))]
    : [...auditPath(m - k, rows.slice(k)), treeHash(rows.slice(0, k))];
}

/** PROOF(m, D[n]) = SUBPROOF(m, D[n], true). */
export function consistencyProof(m: number, rows: Uint8Array[], isWhole = true): Uint8Array[] {
  if (m === rows.length) return isWhole ? [] : [treeHash(rows)];
  const k = split(rows.length);
  return m <= k
    ? [...consistencyProof(m, rows.slice(0, k), isWhole), treeHash(rows.slice(k))]
    : [...consistencyProof(m - k, rows.slice(k), false), treeHash(rows.slice(0, k))];
}
