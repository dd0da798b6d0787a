// What became of the operators' exclusions before the seal: the review in the log, the outcomes behind its root, and the sealed exclusions.
import { hex, same } from "../bytes.ts";
import { readReview } from "../draw/forms.ts";
import { objectBytes } from "../draw/manifest.ts";
import { EXCLUSION_REASONS, WITHDRAWN } from "../draw/reasons.ts";
import { isOut, OUTCOMES, type Review, readReviewBundle, reviewOf } from "../draw/review.ts";
import { exclusionRoot } from "../draw/seal.ts";
import { type Announced, readObject } from "./announced.ts";
import { must, reading } from "./reasons.ts";
import type { Sealed } from "./sealed.ts";
import { type Audited, find, read } from "./step.ts";

export type Reviewed = { told: number; refused: number; granted: number; undecided: number };

/** That it stands in the log before the seal has been checked with the log. Undefined where there was none. */
export function* readReviewed({ manifest, M }: Announced, { exclusions }: Sealed): Audited<Reviewed | undefined> {
  const folder = `draws/${manifest.session}`;
  const bytes = yield* find(`${folder}/review.json`);
  if (!bytes) return undefined;
  const told = readObject(`${folder}/review.json`, bytes, readReview);
  const ours = told.manifest === hex(M) && told.session === manifest.session;
  must(ours, "file-foreign", `${folder}/review.json`, "belongs to another manifest");
  const file = `${folder}/review`;
  const packed = yield* read(file);
  const rows = reading(file, () => readReviewBundle(packed, M));
  for (const { shard, index, reason, outcome } of rows) {
    const isKnown = Object.hasOwn(EXCLUSION_REASONS, reason) && reason !== WITHDRAWN && Object.hasOwn(OUTCOMES, outcome);
    must(isKnown, "unknown-outcome", file, `reason ${reason}, outcome ${outcome} for entry ${index} of shard ${shard}`);
  }
  const expected: Review = { v: 1, type: "review", session: manifest.session, manifest: hex(M), s: told.s, ...reviewOf(rows) };
  must(
    same(objectBytes(expected), bytes),
    "review-wrong",
    `${folder}/review.json`,
    "its counts or root are not those of the outcomes",
  );
  const left = rows.filter(({ outcome }) => isOut(outcome));
  const sealed = exclusions.filter(({ reason }) => reason !== WITHDRAWN);
  const agrees = same(exclusionRoot(left), exclusionRoot(sealed));
  must(agrees, "review-differs", file, `${left.length} exclusions stand, ${sealed.length} are sealed`);
  yield { passed: "the operators' exclusions are those that the review left standing" };
  const { refused, granted, undecided } = told;
  return { told: told.told, refused, granted, undecided };
}
