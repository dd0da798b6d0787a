// Makes the public part of a proof fit a phone: checkpoints with the log's signature and as many timely cosignatures as there is room for.
import type { Bytes } from "../bytes.ts";
import { type Manifest, sealDeadline } from "../draw/manifest.ts";
import { parseCheckpoint } from "../log/checkpoint.ts";
import { cosigned, timely } from "../log/cosignature.ts";
import { noteOf, parseVkey, signatureLine } from "../log/note.ts";
import type { LogProof } from "../log/proof.ts";
import { type PublicParts, publicProof } from "./proof.ts";
import { PROOF_BYTES_MAX } from "./wire.ts";

/** What the phone adds: part 2 (3 + 84) and part 3 with the longest path (3 + 14 + 8 * 32 + 64). */
const OWN_BYTES_MAX = 87 + 337;

/** Throws a RangeError where even the quorum alone does not fit. */
export function leanProof(parts: PublicParts, manifest: Manifest): Bytes {
  const { k, keys } = manifest.witnesses;
  for (let most = keys.length; most >= k; most--) {
    const sealed = lean(parts.sealed, manifest, most, sealDeadline(manifest));
    const drawn = lean(parts.drawn, manifest, most);
    const proof = publicProof({ ...parts, sealed, drawn });
    if (proof.length <= PROOF_BYTES_MAX - OWN_BYTES_MAX) return proof;
  }
  throw new RangeError("a proof that no phone would take");
}

/** Keeps the log's line and at most `most` cosignatures of the manifest's witnesses, independent ones first. */
export function lean(proof: LogProof, { witnesses, origin }: Manifest, most: number, before = Number.POSITIVE_INFINITY): LogProof {
  const { note } = parseCheckpoint(proof.checkpoint);
  const counting = timely(cosigned(note, witnesses), before)
    .sort((a, b) => Number(a.brand) - Number(b.brand))
    .slice(0, most)
    .map(({ key }) => parseVkey(key));
  const lines = note.signatures.filter(
    ({ name, id }) => name === origin || counting.some((key) => key.name === name && key.id === id),
  );
  return {
    ...proof,
    checkpoint: noteOf(
      note.text,
      lines.map((line) => signatureLine(line, line.bytes)),
    ),
  };
}
