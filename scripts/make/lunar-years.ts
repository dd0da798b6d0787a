// domain/plan/lunar-years.ts, made of what tyme4ts says: node scripts/make/lunar-years.ts writes it, a test holds the two equal.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { LunarDay, LunarMonth, LunarYear } from "tyme4ts";
import { dayOf } from "../../domain/plan/civil.ts";
import { ROOT } from "../local/bundle.ts";

export const LUNAR_TABLE = join(ROOT, "domain/plan/lunar-years.ts");

const FIRST = 2020;
const LAST = 2100;

function packedYear(year: number): number {
  const start = LunarDay.fromYmd(year, 1, 1).getSolarDay();
  const after = dayOf({ year: start.getYear(), month: start.getMonth(), day: start.getDay() }) - dayOf({ year, month: 1, day: 1 });
  const leap = LunarYear.fromYear(year).getLeapMonth();
  const months = Array.from({ length: 12 }, (_, at) => at + 1).flatMap((month) => (month === leap ? [month, -month] : [month]));
  const long = months.reduce((bits, month, at) => bits + (LunarMonth.fromYm(year, month).getDayCount() === 30 ? 2 ** at : 0), 0);
  return (after << 17) + (leap << 13) + long;
}

export function lunarTable(): string {
  const years = Array.from(
    { length: LAST - FIRST + 1 },
    (_, at) =>
      `0x${packedYear(FIRST + at)
        .toString(16)
        .padStart(6, "0")},`,
  );
  const lines = Array.from(
    { length: Math.ceil(years.length / 10) },
    (_, at) => `  ${years.slice(10 * at, 10 * at + 10).join(" ")}`,
  );
  return `// Chinese lunar years, made by scripts/make/lunar-years.ts of what tyme4ts says. Bits 0..12: whether each month in turn, the leap month in its
// place, has 30 days; bits 13..16: after which month the leap month comes, 0 for none; from bit 17: days from 1 January to New Year.

export const FIRST_YEAR = ${FIRST};

// biome-ignore format: ten years a line
export const YEARS = [
${lines.join("\n")}
];
`;
}

if (process.argv[1] === import.meta.filename) writeFileSync(LUNAR_TABLE, lunarTable());
