// The review as the log has it: what its counts are made of, and the file that its root points to.
import { describe, expect, it } from "vitest";
import { hex, u8 } from "../../../domain/bytes.ts";
import { readReview } from "../../../domain/draw/forms.ts";
import { objectBytes } from "../../../domain/draw/manifest.ts";
import { outcomesRoot, type ReviewRow, readReviewBundle, reviewBundle, reviewOf } from "../../../domain/draw/review.ts";
import { ENTRY_BYTES_MAX, entryName } from "../../../domain/log/entry.ts";

const M = new Uint8Array(32).fill(7);
const ROWS: ReviewRow[] = [
  { shard: 0, index: 3, reason: 9, outcome: 0 },
  { shard: 0, index: 9, reason: 4, outcome: 1 },
  { shard: 2, index: 0, reason: 9, outcome: 2 },
  { shard: 511, index: 0xffff_ffff, reason: 15, outcome: 3 },
];

describe("a review", () => {
  it("counts by outcome, and by reason what stands and what does not", () => {
    expect(reviewOf(ROWS)).toEqual({
      told: 4,
      refused: 1,
      granted: 1,
      undecided: 1,
      reasons: [
        { reason: 4, excluded: 1, reinstated: 0 },
        { reason: 9, excluded: 1, reinstated: 1 },
        { reason: 15, excluded: 0, reinstated: 1 },
      ],
      outcomesRoot: hex(outcomesRoot(ROWS)),
    });
  });

  it("has another root for another place, reason, outcome or order", () => {
    const [first, ...rest] = ROWS as [ReviewRow, ...ReviewRow[]];
    const others = [{ shard: 1 }, { index: 4 }, { reason: 8 }, { outcome: 1 as const }].map((change) => [
      { ...first, ...change },
      ...rest,
    ]);
    const roots = [ROWS, ...others, ROWS.toReversed(), rest].map((rows) => hex(outcomesRoot(rows)));
    expect(new Set(roots).size).toBe(roots.length);
  });

  it("fits into a log entry with every reason and the largest counts, and is there once for a session", () => {
    const most = 2 ** 53 - 1;
    const reasons = Array.from({ length: 14 }, (_, at) => ({ reason: at + 2, excluded: most, reinstated: most }));
    const counts = { told: most, refused: most, granted: most, undecided: most, s: most, reasons };
    const head = { v: 1, type: "review", session: "a".repeat(64), manifest: hex(M), outcomesRoot: hex(M) };
    const bytes = objectBytes({ ...head, ...counts });
    expect(bytes.length).toBeLessThanOrEqual(ENTRY_BYTES_MAX);
    expect(readReview(bytes)).toEqual({ ...head, ...counts });
    expect(entryName(bytes)).toBe(`${head.session}/review`);
  });
});

describe("the file of outcomes", () => {
  const bytes = reviewBundle(M, ROWS);

  it("is read back as it was written", () => {
    expect(readReviewBundle(bytes, M)).toEqual(ROWS);
    expect(readReviewBundle(reviewBundle(M, []), M)).toEqual([]);
  });

  it.each([
    ["of another session", bytes, new Uint8Array(32)],
    ["cut short", bytes.slice(0, -1), M],
    ["with a byte more", Uint8Array.from([...bytes, ...u8(0)]), M],
    ["with rows out of order", reviewBundle(M, ROWS.toReversed()), M],
    ["with a row twice", reviewBundle(M, [...ROWS, ROWS[3] as ReviewRow]), M],
  ])("is refused %s", (_, file, manifest) => {
    expect(() => readReviewBundle(file, manifest)).toThrow(RangeError);
  });
});
