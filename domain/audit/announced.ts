// What was announced: the manifest, the pinned beacon and its round, the rules, the pools and their units. draw1, sections 1 and 3.
import { type Bytes, hex } from "../bytes.ts";
import { type Chain, localChains, PUBLIC_CHAINS } from "../draw/chains.ts";
import { readManifest } from "../draw/forms.ts";
import { type Manifest, manifestHash, parseObject, roundFor } from "../draw/manifest.ts";
import { type Pool, poolsRoot, readPoolsBundle } from "../draw/pools.ts";
import { sha256 } from "../hash.ts";
import { ENTRY_BYTES_MAX } from "../log/entry.ts";
import { KEY_TYPE, parseVkey } from "../log/note.ts";
import { must, reading } from "./reasons.ts";
import { type Audited, find, read } from "./step.ts";

export type Announced = { file: string; bytes: Bytes; manifest: Manifest; M: Bytes; chain: Chain };

export type Expected = {
  session: string;
  /** The manifest hash that was seen before, hex. */
  plan?: string | undefined;
  /** The verifier's own pins. */
  chains?: readonly Chain[] | undefined;
};

/** The object in these canonical bytes; `form` reads it strictly. Log entries are smaller than 4,096 bytes. */
export function readObject<Shape>(file: string, bytes: Bytes, form: (bytes: Bytes) => Shape): Shape {
  reading(file, () => parseObject(bytes), "file-not-canonical");
  must(bytes.length <= ENTRY_BYTES_MAX, "file-wrong-form", file, `${bytes.length} bytes, ${ENTRY_BYTES_MAX} are allowed`);
  return reading(file, () => form(bytes));
}

export function* readAnnounced({ session, plan, chains = PUBLIC_CHAINS }: Expected): Audited<Announced> {
  const file = `draws/${session}/manifest.json`;
  const bytes = yield* read(file);
  const manifest = readObject(file, bytes, readManifest);
  must(manifest.session === session, "file-foreign", file, `of the session ${manifest.session}`);
  const M = manifestHash(bytes);
  must(plan === undefined || hex(M) === plan, "plan-changed", file, `its hash is ${hex(M)}`);
  checkWitnessKeys(file, manifest);
  yield { passed: "the manifest is of a form that this program knows" };

  const { beacon, close, leads, fallback } = manifest;
  const chain = chains.find(({ hash }) => hash === beacon.chain) ?? (yield* readLocalChain(beacon.chain));
  must(chain !== undefined, "beacon-unknown", file, `no pin of the chain ${beacon.chain}`);
  const pinned = beacon.scheme === chain.scheme && beacon.genesis === chain.genesis && beacon.period === chain.period;
  must(pinned, "beacon-differs", file, "another scheme, genesis or period than the pinned ones");
  yield { passed: "the beacon chain is the pinned one" };
  const round = roundFor(chain, close, leads);
  must(beacon.round === round, "round-formula", file, `round ${beacon.round} is announced, the closing time gives ${round}`);
  must(fallback === "wait", "fallback", file, `falls back to ${fallback}`);
  yield { passed: "the round follows from the closing time" };
  return { file, bytes, manifest, M, chain };
}

/** A chain for trying out, as the site lists it. */
function* readLocalChain(wanted: string): Audited<Chain | undefined> {
  const bytes = yield* find("v1/beacons");
  try {
    const { beacons } = JSON.parse(new TextDecoder().decode(bytes)) as { beacons: unknown };
    return localChains(beacons).find(({ hash }) => hash === wanted);
  } catch {
    return undefined;
  }
}

function checkWitnessKeys(file: string, { witnesses }: Manifest): void {
  const keys = witnesses.keys.map(({ key }) => reading(file, () => parseVkey(key), "witness-keys"));
  const once = new Set(keys.map(({ publicKey }) => hex(publicKey))).size === keys.length;
  must(once && keys.every(({ type }) => type === KEY_TYPE.cosignature), "witness-keys", file, "not a witness's key, or twice");
}

export function* readPools({ manifest, M }: Announced): Audited<Pool[]> {
  const rules = `rules/${manifest.rulesHash}`;
  const same = hex(sha256(yield* read(rules))) === manifest.rulesHash;
  must(same, "rules-differ", rules, "not the document that was announced");
  yield { passed: "the rules document is the announced one" };
  const file = `draws/${manifest.session}/pools`;
  const bytes = yield* read(file);
  const pools = reading(file, () => readPoolsBundle(bytes, M));
  const announced = hex(poolsRoot(pools)) === manifest.poolsRoot && pools.length === manifest.pools;
  must(announced, "pools-differ", file, "not the pools and units that were announced");
  yield { passed: "pools and stock are the announced ones" };
  return pools;
}
