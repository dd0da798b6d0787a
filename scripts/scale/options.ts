// Options of `npm run cost` and `npm run simulate:scale`: one table says what each means, what it may be, and what it is unless said.
import { parseArgs } from "node:util";
import { type Outcome, ok, refuse } from "../../domain/outcome.ts";

export type NumberOption = {
  help: string;
  min: number;
  max: number;
  /** Whole numbers only. */
  whole?: boolean;
  /** Absent where it follows from the others; `from` then says how. */
  default?: number;
  from?: string;
};
export type FlagOption = { help: string; flag: true };
export type ChoiceOption = { help: string; choices: readonly string[]; default: string };
export type Options = { [name: string]: NumberOption | FlagOption | ChoiceOption };

export type Values<Spec extends Options> = {
  [Name in keyof Spec]: Spec[Name] extends FlagOption
    ? boolean
    : Spec[Name] extends ChoiceOption
      ? Spec[Name]["choices"][number]
      : Spec[Name] extends { default: number }
        ? number
        : number | undefined;
};

const isFlag = (option: Options[string]): option is FlagOption => "flag" in option;
const isChoice = (option: Options[string]): option is ChoiceOption => "choices" in option;

export const grouped = (value: number): string => value.toLocaleString("en", { maximumFractionDigits: 6 });

const FACTORS: { [suffix: string]: number } = { "": 1, k: 1e3, M: 1e6 };

/** 10000000, 10_000_000, 10M, 2.5k; undefined for anything else. */
export function readNumber(text: string): number | undefined {
  const [, digits, suffix] = /^([0-9][0-9_]*(?:\.[0-9]+)?)([kM]?)$/.exec(text) ?? [];
  if (digits === undefined || suffix === undefined) return undefined;
  const value = Number(digits.replaceAll("_", "")) * (FACTORS[suffix] as number);
  return Number.isFinite(value) ? value : undefined;
}

/** The values, or one sentence that says what is wrong with which option. */
export function readOptions<Spec extends Options>(spec: Spec, args: string[]): Outcome<Values<Spec>, string> {
  const named = Object.fromEntries(
    Object.entries(spec).map(([name, option]) => [name, { type: isFlag(option) ? ("boolean" as const) : ("string" as const) }]),
  );
  let given: { [name: string]: string | boolean | undefined };
  try {
    given = parseArgs({ args, options: named, strict: true, allowPositionals: false }).values as typeof given;
  } catch (error) {
    return refuse((error as Error).message.split(". To specify")[0] as string);
  }
  const values: { [name: string]: unknown } = {};
  for (const [name, option] of Object.entries(spec)) {
    const text = given[name];
    if (isFlag(option)) values[name] = text === true;
    else if (isChoice(option)) {
      values[name] = text ?? option.default;
      if (!option.choices.includes(values[name] as string))
        return refuse(`--${name} is ${option.choices.join(" or ")}, not "${text}"`);
    } else {
      const value = text === undefined ? option.default : readNumber(text as string);
      if (
        text !== undefined &&
        (value === undefined || value < option.min || value > option.max || (option.whole && value % 1 !== 0))
      )
        return refuse(
          `--${name} is a${option.whole ? " whole" : ""} number from ${grouped(option.min)} to ${grouped(option.max)}, not "${text}"`,
        );
      values[name] = value;
    }
  }
  return ok(values as Values<Spec>);
}

/** The lines of --help. */
export function helpOf(spec: Options): string {
  const rows = Object.entries(spec).map(([name, option]) => {
    if (isFlag(option)) return [`--${name}`, option.help, ""];
    if (isChoice(option)) return [`--${name} ${option.choices.join("|")}`, option.help, option.default];
    return [`--${name} N`, option.help, option.default === undefined ? (option.from ?? "") : grouped(option.default)];
  }) as [string, string, string][];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, help, value]) => `  ${name.padEnd(width)}  ${help}${value ? ` (${value})` : ""}`).join("\n");
}
