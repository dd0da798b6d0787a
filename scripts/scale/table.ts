// Tables for a terminal that are Markdown too.

/** A column whose cells all look like amounts is set to the right. */
const AMOUNT = /^(?:[<>=~]* ?)?[$-]?[0-9][0-9,.]*(?: ?[%kMG]?[A-Za-z/ ]*)?$/;

export function table(head: string[], rows: string[][]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(3, ...all.map((cells) => (cells[column] ?? "").length)));
  const right = head.map((_, column) => rows.length > 0 && rows.every((cells) => AMOUNT.test(cells[column] || "0")));
  const line = (cells: string[]) =>
    `| ${cells.map((cell, at) => (right[at] ? cell.padStart(widths[at] as number) : cell.padEnd(widths[at] as number))).join(" | ")} |`;
  const rule = `|${widths.map((width, at) => (right[at] ? `${"-".repeat(width + 1)}:` : "-".repeat(width + 2))).join("|")}|`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}

/** 1,234,567 whole from 100 on; below that with two digits that count. */
export function amount(value: number): string {
  if (value >= 100 || Number.isInteger(value)) return Math.round(value).toLocaleString("en");
  return value.toLocaleString("en", { maximumSignificantDigits: 2 });
}

/** Dollars with cents; what is below half a cent and not nothing is said so. */
export const dollars = (value: number): string =>
  value > 0 && value < 0.005 ? "< $0.01" : `$${value.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;

export const percent = (share: number): string => `${amount(100 * share)} %`;
