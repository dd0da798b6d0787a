// Pools: session x SKU x store, with the units that are drawn there. Their root stands in the manifest.
import { type Bytes, concat, join, Malformed, type Reader, u16, u32, utf8 } from "../bytes.ts";
import { rootOfRows } from "../merkle.ts";
import { openBundle, row, tag } from "./tags.ts";

export type Pool = { pool: number; sku: string; store: string; stock: number; wait: number };

export function poolBody({ pool, sku, store, stock, wait }: Pool): Bytes {
  const [skuBytes, storeBytes] = [utf8(sku), utf8(store)];
  return join(u32(pool), u16(skuBytes.length), skuBytes, u16(storeBytes.length), storeBytes, u32(stock), u32(wait));
}

export const poolRow = (pool: Pool): Bytes => row("pool", poolBody(pool));

export const poolsRoot = (pools: Pool[]): Bytes => rootOfRows(pools.map(poolRow));

/** The published file `pools`. */
export const poolsBundle = (manifest: Uint8Array, pools: Pool[]): Bytes =>
  concat([tag("bundle-pools"), manifest, u32(pools.length), ...pools.map(poolBody)]);

const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function readPoolBody(reader: Reader): Pool {
  const pool = reader.u32();
  const sku = text.decode(reader.take(reader.u16()));
  const store = text.decode(reader.take(reader.u16()));
  return { pool, sku, store, stock: reader.u32(), wait: reader.u32() };
}

/** Names are 1 to 128 bytes of text in normal form C: draw1, section 2. */
const isName = (name: string): boolean => name !== "" && utf8(name).length <= 128 && name.normalize("NFC") === name;

/** Reads the file back; throws Malformed unless it is whole, for this manifest and strictly ascending. */
export function readPoolsBundle(bytes: Uint8Array, manifest: Uint8Array): Pool[] {
  const reader = openBundle(bytes, "bundle-pools", manifest);
  const count = reader.u32();
  const pools: Pool[] = [];
  for (let at = 0; at < count; at++) {
    const pool = readPoolBody(reader);
    if (!isName(pool.sku) || !isName(pool.store)) throw new Malformed("wrong-form", "not the name of a SKU or a store");
    pools.push(pool);
  }
  reader.end();
  const ascends = pools.every(({ pool }, at) => at === 0 || pool > (pools[at - 1] as Pool).pool);
  if (!ascends) throw new Malformed("not-ascending", "pools must ascend");
  return pools;
}
