// Two programs that share no line, one question: what is wrong with this session? Both must name the same reason, for every edit and every lie.
import { beforeAll, describe, expect, it } from "vitest";
import { REASONS } from "../../domain/audit/reasons.ts";
import type { Bytes } from "../../domain/bytes.ts";
import { sealDeadline } from "../../domain/draw/manifest.ts";
import type { Report } from "../../scripts/verify/report.ts";
import { type Published, publishedSession, type Setting } from "../support/published-session.ts";
import { ourReport, pythonReports } from "../support/verifiers.ts";
import { LIES, STANDING_VOIDS, withBulletin } from "./lies.ts";
import { REVIEW_LIES, REVIEWED, TAMPERED_REVIEWS } from "./reviewed.ts";
import { SESSION, type Tampering, WATCHED, WITH_LOG, WITHOUT_LOG } from "./tamperings.ts";

const TIMEOUT_MS = 120_000;

const ALL_LIES = [...LIES, ...REVIEW_LIES];

const UNLOGGED: Setting = { cast: WATCHED.cast as NonNullable<Setting["cast"]>, lapsing: WATCHED.lapsing as never };

function tampered(rows: Tampering[], setting: Setting): Published[] {
  const honest = publishedSession(setting).files;
  const foreign = publishedSession({
    ...setting,
    cast: { ...(setting.cast as NonNullable<Setting["cast"]>), session: "other-1" },
  }).files;
  return rows.map(([, , , edit]) => {
    const files = new Map(honest);
    edit(files, foreign);
    return files;
  });
}

type Answer = { verdict: string; reason?: string; file?: string | null };
const answerOf = (report: Report): Answer =>
  report.verdict === "valid" ? { verdict: "valid" } : { verdict: "invalid", reason: report.reason, file: report.file };

/** Asks both about each set of files. Without Python the second answer is the first one again. */
function ask(sets: Published[]): { ours: Report; theirs: Report }[] {
  const ours = sets.map((files) => ourReport(files, SESSION));
  const theirs = pythonReports(sets) ?? ours;
  return ours.map((report, at) => ({ ours: report, theirs: theirs[at] as Report }));
}

describe.each([
  ["with a log that two witnesses cosigned", WATCHED, WITH_LOG],
  ["without a log", UNLOGGED, WITHOUT_LOG],
  ["whose operators excluded people", REVIEWED, TAMPERED_REVIEWS],
] as const)("one edit of a session %s", (_, setting, rows) => {
  let answers: ReturnType<typeof ask>;
  beforeAll(() => {
    answers = ask([publishedSession(setting).files, ...tampered(rows, setting)]);
  }, TIMEOUT_MS);

  it("which is valid as it is", () => {
    const [honest] = answers;
    expect([honest?.ours, honest?.theirs].map((report) => report?.verdict)).toEqual(["valid", "valid"]);
  });

  it.each(rows.map(([what, reason, file], at) => [what, reason, file, at + 1] as const))("%s: %s", (_what, reason, file, at) => {
    const { ours, theirs } = answers[at] as (typeof answers)[number];
    expect(answerOf(ours)).toMatchObject({ verdict: "invalid", reason, ...(file && { file }) });
    expect(answerOf(theirs)).toEqual(answerOf(ours));
  });
});

describe("an operator whose files agree with the lie, who", () => {
  let answers: ReturnType<typeof ask>;
  beforeAll(() => {
    answers = ask(
      [...ALL_LIES, ...STANDING_VOIDS.map(([what, files]) => [what, "voided", null, files] as const)].map(([, , , files]) =>
        files(),
      ),
    );
  }, TIMEOUT_MS);

  it.each(ALL_LIES.map(([what, reason, file], at) => [what, reason, file, at] as const))("%s: %s", (_what, reason, file, at) => {
    const { ours, theirs } = answers[at] as (typeof answers)[number];
    expect(answerOf(ours)).toMatchObject({ verdict: "invalid", reason, ...(file && { file }) });
    expect(answerOf(theirs)).toEqual(answerOf(ours));
  });

  it.each(STANDING_VOIDS.map(([what], at) => [what, ALL_LIES.length + at] as const))("voids %s, changes nothing", (_what, at) => {
    const { ours, theirs } = answers[at] as (typeof answers)[number];
    for (const report of [ours, theirs])
      expect(report).toMatchObject({ verdict: "valid", limits: expect.arrayContaining(["void-not-counted"]) });
  });
});

it("a bulletin in the log is passed over: it decides nothing", () => {
  const [{ ours, theirs }] = ask([withBulletin()]) as [ReturnType<typeof ask>[number]];
  expect([ours.verdict, theirs.verdict]).toEqual(["valid", "valid"]);
});

describe("a session that is not drawn yet", () => {
  it.each([
    ["announced", ["not-drawn", "not-sealed"]],
    ["sealed", ["not-drawn"]],
  ] as const)("is checked as far as it is: %s", (until, missing) => {
    const { files, manifest } = publishedSession({ ...WATCHED, until });
    const [{ ours, theirs }] = ask([files]) as [ReturnType<typeof ask>[number]];
    expect(ours).toMatchObject({ verdict: "valid", stage: until, drawAt: sealDeadline(manifest) + manifest.leads.sealLeadS });
    expect(ours).toMatchObject({ limits: expect.arrayContaining([...missing]), counts: { winners: 0, awards: 0 } });
    expect(theirs).toEqual(ours);
  });

  it.each([
    ["announced", "seal.json", "seal-not-logged"],
    ["sealed", "result.json", "result-not-logged"],
  ] as const)("cannot have what stands in no log: %s, %s", (until, name, reason) => {
    const { files, folder } = publishedSession({ ...WATCHED, until });
    files.set(`${folder}/${name}`, publishedSession(WATCHED).files.get(`${folder}/${name}`) as Bytes);
    const [{ ours, theirs }] = ask([files]) as [ReturnType<typeof ask>[number]];
    expect(answerOf(ours)).toMatchObject({ verdict: "invalid", reason });
    expect(answerOf(theirs)).toEqual(answerOf(ours));
  });
});

describe("the table of reasons", () => {
  it("has a case for every code but the one that needs a hash from elsewhere", () => {
    const given = new Set([...WITH_LOG, ...WITHOUT_LOG, ...TAMPERED_REVIEWS, ...ALL_LIES].map(([, reason]) => reason as string));
    expect(Object.keys(REASONS).filter((reason) => !given.has(reason))).toEqual(["plan-changed", "page-not-logged"]);
  });
});
