// Sessions by chance: both verifiers count the same in every one, and call the same thing wrong when any byte of any file is another.
import { describe, expect, it } from "vitest";
import { generator } from "../../domain/random.ts";
import type { Report } from "../../scripts/verify/report.ts";
import { type Published, publishedSession } from "../support/published-session.ts";
import { randomSetting } from "../support/random-cast.ts";
import { ourReport, pythonReports } from "../support/verifiers.ts";

/** DIFFER_FROM=1000 DIFFER_SEEDS=500 npm test -- test/verifiers/differential looks further. */
const FROM = Number(process.env.DIFFER_FROM ?? 1);
const SEEDS = Number(process.env.DIFFER_SEEDS ?? 24);
const TIMEOUT_MS = 600_000;

const seeds = Array.from({ length: SEEDS }, (_, at) => FROM + at);

/** Statistics are floating point: the same to nine digits. */
function plain(report: Report): unknown {
  if (report.verdict === "invalid") return { ...report, detail: "" };
  const { statistics, ...rest } = report;
  return {
    ...rest,
    statistics: Object.entries(statistics).map(([name, test]) => [name, test?.p.toFixed(9), test?.unusual]),
  };
}

/** Flips, cuts, lengthens or repeats a stretch of one file. */
function edited(files: Published, seed: number): Published {
  const random = generator(seed);
  const whole = (limit: number) => Math.floor(random() * limit);
  const paths = [...files.keys()].sort();
  const path = paths[whole(paths.length)] as string;
  const bytes = (files.get(path) as Uint8Array).slice();
  const at = whole(bytes.length);
  const kind = whole(4);
  if (kind < 2) bytes[at] = (bytes[at] as number) ^ (1 << whole(8));
  else if (kind === 2) return new Map(files).set(path, bytes.slice(0, at));
  else bytes.copyWithin(at, whole(bytes.length), whole(bytes.length));
  return new Map(files).set(path, bytes);
}

describe("sessions by chance", () => {
  it(
    `are valid for both, with the same counts, limits and statistics (seeds ${FROM} to ${FROM + SEEDS - 1})`,
    () => {
      const sessions = seeds.map((seed) => publishedSession(randomSetting(seed)));
      const ours = sessions.map(({ files, manifest }) => ourReport(files, manifest.session));
      const theirs = pythonReports(sessions.map(({ files }) => files)) ?? ours;
      for (const [at, report] of ours.entries()) {
        expect(report.verdict, `seed ${seeds[at]}`).toBe("valid");
        expect(plain(theirs[at] as Report), `seed ${seeds[at]}`).toEqual(plain(report));
      }
    },
    TIMEOUT_MS,
  );

  it(
    "get the same answer from both after one edit by chance",
    () => {
      const sessions = seeds.map((seed) => {
        const { files, manifest } = publishedSession(randomSetting(seed, { entrants: 20 }));
        return { files: edited(files, seed), session: manifest.session };
      });
      const ours = sessions.map(({ files, session }) => ourReport(files, session));
      const theirs = pythonReports(sessions.map(({ files }) => files)) ?? ours;
      for (const [at, report] of ours.entries()) expect(plain(theirs[at] as Report), `seed ${seeds[at]}`).toEqual(plain(report));
    },
    TIMEOUT_MS,
  );
});
