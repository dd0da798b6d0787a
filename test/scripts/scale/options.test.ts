// What may be given on the command line, and what is said to the rest.
import { describe, expect, it } from "vitest";
import { helpOf, readNumber, readOptions } from "../../../scripts/scale/options.ts";

const SPEC = {
  entries: { help: "reservations", min: 1, max: 1e9, whole: true, default: 10 },
  share: { help: "a share", min: 0, max: 1, default: 0.5 },
  shards: { help: "shards", min: 1, max: 8, whole: true, from: "what follows" },
  plan: { help: "plan", choices: ["paid", "free"], default: "paid" },
  json: { help: "as JSON", flag: true },
} as const;

describe("a number", () => {
  it.each([
    ["10", 10],
    ["10_000", 10_000],
    ["10k", 10_000],
    ["2.5M", 2_500_000],
    ["0.25", 0.25],
  ])("may be written %s", (text, value) => {
    expect(readNumber(text)).toBe(value);
  });

  it.each(["", "x", "1e3", "-1", "1,000", "10m", "k", "1.2.3", " 1", "NaN", "Infinity", "0x10"])(
    "may not be written %j",
    (text) => {
      expect(readNumber(text)).toBeUndefined();
    },
  );
});

describe("options", () => {
  it("that are not given have their defaults", () => {
    expect(readOptions(SPEC, [])).toEqual({
      ok: true,
      value: { entries: 10, share: 0.5, shards: undefined, plan: "paid", json: false },
    });
  });

  it("that are given hold", () => {
    const args = ["--entries", "2M", "--share=0", "--shards", "8", "--plan", "free", "--json"];
    expect(readOptions(SPEC, args)).toEqual({
      ok: true,
      value: { entries: 2_000_000, share: 0, shards: 8, plan: "free", json: true },
    });
  });

  it.each([
    [["--entries", "0"], '--entries is a whole number from 1 to 1,000,000,000, not "0"'],
    [["--entries", "1.5"], '--entries is a whole number from 1 to 1,000,000,000, not "1.5"'],
    [["--entries", "many"], '--entries is a whole number from 1 to 1,000,000,000, not "many"'],
    [["--entries="], '--entries is a whole number from 1 to 1,000,000,000, not ""'],
    [["--share", "1.1"], '--share is a number from 0 to 1, not "1.1"'],
    [["--plan", "pro"], '--plan is paid or free, not "pro"'],
    [["--entries"], "Option '--entries <value>' argument missing"],
    [["--members", "1"], "Unknown option '--members'"],
    [["10"], "Unexpected argument '10'. This command does not take positional arguments"],
    [["--json=1"], "Option '--json' does not take an argument"],
  ])("%j are refused in a sentence", (args, sentence) => {
    expect(readOptions(SPEC, args)).toEqual({ ok: false, refusal: sentence });
  });

  it("are all in the help, with what holds unless said", () => {
    expect(helpOf(SPEC).split("\n")).toEqual([
      "  --entries N       reservations (10)",
      "  --share N         a share (0.5)",
      "  --shards N        shards (what follows)",
      "  --plan paid|free  plan (paid)",
      "  --json            as JSON",
    ]);
  });
});
