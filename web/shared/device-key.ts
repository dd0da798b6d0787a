// The device's key: a P-256 pair that cannot leave the browser. It signs each voucher code, so that a photograph of one is not enough.
import { type Bytes, b64url } from "../../domain/bytes.ts";

type Kept = { pair: CryptoKeyPair; raw: string };

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256" };

const settled = <Value>(request: IDBRequest<Value>): Promise<Value> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

async function keys(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  const opening = indexedDB.open("fairpour", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("keys");
  return (await settled(opening)).transaction("keys", mode).objectStore("keys");
}

async function find(): Promise<Kept | undefined> {
  return settled<Kept | undefined>((await keys("readonly")).get("device"));
}

async function make(): Promise<Kept> {
  const pair = await crypto.subtle.generateKey(ALGORITHM, false, ["sign", "verify"]);
  const raw = b64url(new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)));
  const store = await keys("readwrite");
  // Two tabs may come here at once: the first pair that was written is the device's.
  const earlier = await settled<Kept | undefined>(store.get("device"));
  if (earlier) return earlier;
  await settled(store.put({ pair, raw }, "device"));
  return { pair, raw };
}

let device: Promise<Kept | undefined> | undefined;

/** Undefined where the browser has no WebCrypto (a page without https) or no storage: then only the 8 digits work. */
function deviceKey(): Promise<Kept | undefined> {
  device ??= (async () => {
    if (!globalThis.crypto?.subtle || !globalThis.indexedDB) return undefined;
    return (await find()) ?? (await make());
  })().catch(() => undefined);
  return device;
}

/** Raw public key, 65 bytes, base64url. */
export const devicePublicKey = async (): Promise<string | undefined> => (await deviceKey())?.raw;

/** ECDSA with SHA-256, r || s, 64 bytes. */
export async function deviceSign(message: Bytes): Promise<Bytes | undefined> {
  const key = await deviceKey();
  return key && new Uint8Array(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, key.pair.privateKey, message));
}
