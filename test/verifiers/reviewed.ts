// A session whose operators excluded people: one edit of what its review published, and operators who lie in it.
import { type Bytes, hex, join, u8 } from "../../domain/bytes.ts";
import { objectBytes } from "../../domain/draw/manifest.ts";
import type { ReviewRow } from "../../domain/draw/review.ts";
import { tag } from "../../domain/draw/tags.ts";
import { type LogEntry, type Published, publishedSession, type Setting } from "../support/published-session.ts";
import type { Cast, Lies } from "../support/small-session.ts";
import type { Lie } from "./lies.ts";
import { SESSION, type Tampering, WATCHED } from "./tamperings.ts";

const D = `draws/${SESSION}`;
const FILE = `${D}/review`;
const OBJECT = `${D}/review.json`;

/** Two of the excluded stand, one after an appeal; two others are in the draw again. */
const CAST: Cast = {
  ...(WATCHED.cast as Cast),
  review: {
    8: { reason: 9, outcome: 0 },
    21: { reason: 4, outcome: 1 },
    5: { reason: 10, outcome: 2 },
    30: { reason: 9, outcome: 3 },
  },
};

export const REVIEWED: Setting = { ...WATCHED, cast: CAST };

const HEAD = tag("bundle-review").length + 32 + 4;
const ROW = 8;

type Edit = Tampering[3];
const edit =
  (path: string, how: (bytes: Bytes) => Uint8Array): Edit =>
  (files) =>
    files.set(path, new Uint8Array(how((files.get(path) as Bytes).slice())));
const gone =
  (path: string): Edit =>
  (files) =>
    files.delete(path);
const put = (at: number, value: number): Edit => edit(FILE, (bytes) => bytes.with(at, value));

export const TAMPERED_REVIEWS: Tampering[] = [
  ["the review is gone", "file-missing", OBJECT, gone(OBJECT)],
  ["its outcomes are gone", "file-missing", FILE, gone(FILE)],
  ["a review of other counts", "review-not-logged", OBJECT, edit(OBJECT, (bytes) => objectBytes({ ...parsed(bytes), granted: 2 }))],
  ["outcomes cut short", "file-truncated", FILE, edit(FILE, (bytes) => bytes.slice(0, -1))],
  ["outcomes with a byte more", "file-too-long", FILE, edit(FILE, (bytes) => join(bytes, u8(0)))],
  [
    "outcomes of another session",
    "file-foreign",
    FILE,
    (files, other) => files.set(FILE, other.get(FILE.replace(SESSION, "other-1")) as Bytes),
  ],
  [
    "an outcome twice",
    "file-not-ascending",
    FILE,
    edit(FILE, (bytes) => join(bytes.slice(0, HEAD + ROW), bytes.slice(HEAD, HEAD + ROW), bytes.slice(HEAD + 2 * ROW))),
  ],
  ["a withdrawal among them", "unknown-outcome", FILE, put(HEAD + 6, 1)],
  ["a reason of the door among them", "unknown-outcome", FILE, put(HEAD + 6, 32)],
  ["an outcome that there is not", "unknown-outcome", FILE, put(HEAD + 7, 4)],
  ["another reason", "review-wrong", OBJECT, put(HEAD + 6, 12)],
  ["another place", "review-wrong", OBJECT, put(HEAD + 5, 0)],
];

const lying = (lies: Lies, setting: Setting = REVIEWED) => publishedSession(setting, lies).files;
const logging = (entries: (honest: LogEntry[]) => LogEntry[]): Published => publishedSession(REVIEWED, {}, { entries }).files;
const outcomes = (change: (rows: ReviewRow[]) => ReviewRow[]) => () => lying({ outcomes: change });
const parsed = (bytes: Bytes) => JSON.parse(new TextDecoder().decode(bytes)) as object;
const unlogged: Setting = { cast: CAST };

export const REVIEW_LIES: Lie[] = [
  [
    "reviews again",
    "review-twice",
    null,
    () => logging((all) => [...all, { name: "", bytes: objectBytes({ ...parsed((all[1] as LogEntry).bytes), s: 1 }) }]),
  ],
  [
    "decides appeals after the seal",
    "log-order",
    null,
    () => logging(([manifest, review, seal, ...rest]) => [manifest, seal, review, ...rest] as LogEntry[]),
  ],
  ["counts an appeal less", "review-wrong", OBJECT, () => lying({ review: (honest) => ({ ...honest, refused: 0 }) })],
  [
    "counts an appeal less, without a log",
    "review-wrong",
    OBJECT,
    () => lying({ review: (honest) => ({ ...honest, refused: 0 }) }, unlogged),
  ],
  [
    "points to other outcomes",
    "review-wrong",
    OBJECT,
    () => lying({ review: (honest) => ({ ...honest, outcomesRoot: hex(new Uint8Array(32)) }) }),
  ],
  [
    "reviews under another manifest",
    "file-foreign",
    OBJECT,
    () => lying({ review: (honest) => ({ ...honest, manifest: hex(new Uint8Array(32)) }) }, unlogged),
  ],
  ["adds a member to the review", "file-wrong-form", OBJECT, () => lying({ review: (honest) => ({ ...honest, note: "" }) })],
  [
    "excludes whose appeal it granted",
    "review-differs",
    FILE,
    outcomes((rows) => rows.map((row) => (row.outcome === 1 ? { ...row, outcome: 2 } : row))),
  ],
  ["excludes somebody whom it told nothing", "review-differs", FILE, outcomes((rows) => rows.filter(({ reason }) => reason !== 4))],
  [
    "excludes for another reason than it told",
    "review-differs",
    FILE,
    outcomes((rows) => rows.map((row) => (row.reason === 4 ? { ...row, reason: 5 } : row))),
  ],
  [
    "lets an exclusion stand and forgets it in the seal",
    "review-differs",
    FILE,
    outcomes((rows) => rows.map((row) => (row.outcome === 3 ? { ...row, outcome: 0 } : row))),
  ],
];
