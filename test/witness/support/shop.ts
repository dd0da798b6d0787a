// A shop's log as a witness meets it: signed checkpoints, consistency proofs and public files. Its answers lie on globalThis, because tests
// and objects load their modules separately inside one isolate.
import { type Bytes, utf8 } from "../../../domain/bytes.ts";
import { signWith } from "../../../domain/ed25519.ts";
import { addCheckpointText } from "../../../domain/log/add-checkpoint.ts";
import { checkpointText, logKeyOf } from "../../../domain/log/checkpoint.ts";
import { noteOf, signatureLine } from "../../../domain/log/note.ts";
import { entryBundle, parseTilePath, TILE_WIDTH } from "../../../domain/log/tiles.ts";
import { consistencyPath, nodesOf, treeRoot } from "../../../domain/log/tree.ts";
import { leafHash, packHashes } from "../../../domain/merkle.ts";

export const SEED = new Uint8Array(32).fill(0x44);
export const ORIGIN = "shop.example/sessions";

type Shop = { answer: (path: string) => Response | Promise<Response> };
const KEY = Symbol.for("fairpour.test.shop");

export function shop(): Shop {
  const holder = globalThis as unknown as Record<symbol, Shop>;
  holder[KEY] ??= { answer: () => new Response("", { status: 404 }) };
  return holder[KEY];
}

export class TestLog {
  readonly entries: Bytes[];

  constructor(entries: Bytes[]) {
    this.entries = entries;
  }

  #nodes() {
    return nodesOf(packHashes(this.entries, leafHash));
  }

  root(size = this.entries.length): Bytes {
    return treeRoot(this.#nodes(), size);
  }

  checkpoint(size = this.entries.length, { origin = ORIGIN, seed = SEED }: { origin?: string; seed?: Bytes } = {}): string {
    const text = checkpointText({ origin, size, root: this.root(size) });
    return noteOf(text, [signatureLine(logKeyOf(origin, seed), signWith(seed, utf8(text)))]);
  }

  path(old: number, size = this.entries.length): Bytes[] {
    return consistencyPath(this.#nodes(), old, size);
  }

  request(old: number, size = this.entries.length): string {
    return addCheckpointText({ old, path: this.path(old, size), checkpoint: this.checkpoint(size) });
  }

  /** The log's entry bundles as its shop serves them. */
  file(path: string): Response {
    const tile = parseTilePath(path.replace("/log/", ""));
    const from = (tile?.at ?? 0) * TILE_WIDTH;
    if (tile?.level !== "entries" || from + tile.width > this.entries.length) return new Response("", { status: 404 });
    return new Response(entryBundle(this.entries.slice(from, from + tile.width)));
  }
}
