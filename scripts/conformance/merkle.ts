// RFC 6962 constants: leaf hashes, roots of sizes 0 to 8, and every inclusion path in them.
import { hex, unhex } from "../../domain/bytes.ts";
import { included, leafHash, levelsOf, packHashes, pathIn, rootOfRows } from "../../domain/merkle.ts";
import { type Check, equal } from "./check.ts";

type Constants = { leaves: string[]; leafHashes: string[]; roots: string[] };

export function* merkleChecks(data: Constants): Iterable<Check> {
  const leaves = data.leaves.map(unhex);
  yield equal(
    "leaf hashes",
    leaves.map((leaf) => hex(leafHash(leaf))),
    data.leafHashes,
  );
  for (const [size, root] of data.roots.entries()) {
    yield equal(`root of ${size} leaves`, hex(rootOfRows(leaves.slice(0, size))), root);
    const levels = levelsOf(packHashes(leaves.slice(0, size), leafHash));
    for (let at = 0; at < size; at++) {
      const good = included(leafHash(leaves[at] as Uint8Array), at, size, pathIn(levels, at), unhex(root));
      yield { name: `path of leaf ${at} in ${size}`, good };
    }
  }
}
