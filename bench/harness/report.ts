// Tables on the terminal and in a file: .fairpour/bench/<name>.json.
import { mkdirSync, writeFileSync } from "node:fs";
import { arch, cpus, platform } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../scripts/local/bundle.ts";
import type { Spread } from "./statistics.ts";

export type Row = {
  name: string;
  /** Measured value with its range. */
  value: Spread;
  unit: string;
  /** What is aimed at, for rows that have an aim. */
  aim?: { atLeast: number } | { atMost: number };
  more?: { [name: string]: number | string };
};

export type Suite = { name: string; rounds: number; rows: Row[]; notes: string[]; conditions: object };

const number = (value: number): string =>
  value >= 1000 ? Math.round(value).toLocaleString("en") : value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);

const spread = ({ median, min, max }: Spread): string => `${number(median)} (${number(min)}..${number(max)})`;

/** Undefined where the aim is met or there is none. */
export function missOf({ value: { median }, aim }: Row): string | undefined {
  if (!aim) return undefined;
  if ("atLeast" in aim) return median >= aim.atLeast ? undefined : `missed by ${(100 * (1 - median / aim.atLeast)).toFixed(0)} %`;
  if (median <= aim.atMost) return undefined;
  return aim.atMost === 0 ? `missed by ${number(median)}` : `missed by ${(100 * (median / aim.atMost - 1)).toFixed(0)} %`;
}

const aimText = ({ aim }: Row): string => (aim ? ("atLeast" in aim ? `>= ${aim.atLeast}` : `<= ${aim.atMost}`) : "");

/** The table in the form of docs/performance.md. */
export function tableOf({ rows }: Suite): string {
  const more = [...new Set(rows.flatMap((row) => Object.keys(row.more ?? {})))];
  const withAim = rows.some(({ aim }) => aim);
  const head = ["row", "median (min..max)", "unit", ...(withAim ? ["aim", "verdict"] : []), ...more];
  const lines = rows.map((row) => [
    row.name,
    spread(row.value),
    row.unit,
    ...(withAim ? [aimText(row), row.aim ? (missOf(row) ?? "met") : ""] : []),
    ...more.map((name) => {
      const value = row.more?.[name];
      return value === undefined ? "" : typeof value === "number" ? number(value) : value;
    }),
  ]);
  const all = [head, ...lines];
  const widths = head.map((_, column) => Math.max(...all.map((cells) => (cells[column] as string).length)));
  const format = (cells: string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] as number)).join(" | ")} |`;
  return [format(head), `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`, ...lines.map(format)].join("\n");
}

export function report(suite: Suite): void {
  console.log(`\n${suite.name}, ${suite.rounds} rounds\n\n${tableOf(suite)}\n`);
  for (const note of suite.notes) console.log(`- ${note}`);
  const folder = join(ROOT, ".fairpour/bench");
  mkdirSync(folder, { recursive: true });
  const machine = { platform: platform(), arch: arch(), cores: cpus().length, cpu: cpus()[0]?.model, node: process.version };
  writeFileSync(
    join(folder, `${suite.name}.json`),
    `${JSON.stringify({ at: new Date().toISOString(), machine, ...suite }, null, 2)}\n`,
  );
}
