// The draw in Node, in a process of its own on the server's core: `draw` runs it, `loop` hashes as often and as much with node:crypto.
import { createHash, hash } from "node:crypto";
import { registerHooks } from "node:module";
import type { DrawInput } from "./draw.ts";

export type DrawOrder = { do: "prepare"; entries: number } | { do: "draw" } | { do: "loop"; with: "hash" | "createHash" };
export type DrawAnswer =
  | { ms: number; root?: string; hashes?: number; bytes?: number; sizes?: { [size: string]: number } }
  | { error: string };

/** size -> how many hashes of that size one draw makes. Filled by a first draw whose hash function counts. */
const sizes = new Map<number, number>();
let counting = true;

// Every module of the draw takes its hash function from domain/hash.ts: here that function counts while it is asked to.
registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith("/domain/hash.ts")) return loaded;
    const source = String(loaded.source).replace("export const sha256 =", "const uncounted =");
    const counted = "\nexport const sha256 = (bytes) => { globalThis.onHash?.(bytes.length); return uncounted(bytes); };\n";
    return { ...loaded, source: source + counted };
  },
});
const plain = await import("./draw.ts");
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const counter = globalThis as { onHash?: ((bytes: number) => void) | undefined };

let input: DrawInput | undefined;

function loop(kind: "hash" | "createHash"): number {
  let last = 0;
  for (const [size, count] of sizes) {
    const bytes = new Uint8Array(size);
    for (let at = 0; at < count; at++) {
      if (size > 0) bytes[0] = at;
      last ^= (kind === "hash" ? hash("sha256", bytes, "buffer") : createHash("sha256").update(bytes).digest())[0] as number;
    }
  }
  return last;
}

function carryOut(order: DrawOrder): DrawAnswer {
  if (order.do === "prepare") {
    input = plain.drawInput(order.entries);
    sizes.clear();
    counter.onHash = (bytes) => sizes.set(bytes, (sizes.get(bytes) ?? 0) + 1);
  }
  const began = performance.now();
  if (order.do === "loop") loop(order.with);
  const root = order.do === "loop" ? undefined : hex(plain.drawAll(input as DrawInput));
  const ms = performance.now() - began;
  if (counting) {
    counter.onHash = undefined;
    counting = false;
  }
  if (order.do !== "prepare") return { ms, ...(root ? { root } : {}) };
  const all = [...sizes];
  return {
    ms,
    hashes: all.reduce((sum, [, count]) => sum + count, 0),
    bytes: all.reduce((sum, [size, count]) => sum + size * count, 0),
    sizes: Object.fromEntries(all),
  };
}

process.on("message", (order: DrawOrder) => {
  try {
    process.send?.(carryOut(order));
  } catch (error) {
    process.send?.({ error: String(error) });
  }
});
process.on("disconnect", () => process.exit());
