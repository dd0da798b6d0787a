// Canonical JSON: one object has one text (RFC 8785), and a text that is not it is refused (draw1, section 2).
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Json, jcs, parseJcs } from "../../domain/jcs.ts";
import { naiveJcs } from "../reference/naive-jcs.ts";
import * as any from "../support/arbitraries.ts";

describe("canonical JSON", () => {
  it("agrees with RFC 8785 followed word by word, and reads back to the same value", () => {
    fc.assert(
      fc.property(any.json, (value) => {
        const text = jcs(value);
        expect(text).toBe(naiveJcs(value));
        expect(parseJcs(text)).toEqual(value);
      }),
      { numRuns: 300 },
    );
  });

  // RFC 8785, section 3.2.3: the names of its sorting example, of which U+1F600 stands before U+FB33 (code units, not code points).
  it("sorts names by UTF-16 code units", () => {
    const names = ["\u20ac", "\r", "\ufb33", "1", "\ud83d\ude00", "\u0080", "\u00f6"];
    const object = Object.fromEntries(names.map((name) => [name, true]));
    expect(Object.keys(JSON.parse(jcs(object)))).toEqual(["1", "\r", "\u0080", "\u00f6", "\u20ac", "\ud83d\ude00", "\ufb33"]);
  });

  it("escapes only what RFC 8785 escapes, in its spelling", () => {
    expect(jcs('\u0000\b\t\n\f\r\u001f"\\/\u007f\u2028é')).toBe('"\\u0000\\b\\t\\n\\f\\r\\u001f\\"\\\\/\u007f\u2028é"');
  });

  it.each<[string, unknown]>([
    ["a fraction", 0.5],
    ["a negative number", -1],
    ["negative zero", -0],
    ["2^53", 2 ** 53],
    ["NaN", Number.NaN],
    ["infinity", Number.POSITIVE_INFINITY],
    ["null", null],
    ["undefined", undefined],
    ["a big integer", 1n],
    ["a function", () => 1],
    ["a lone high surrogate", "\ud800"],
    ["a lone low surrogate in a name", { "\udc00": 1 }],
    ["null inside an array", [null]],
    ["an undefined member", { a: undefined }],
    ["a fraction deep inside", { a: [{ b: 1.25 }] }],
  ])("does not write %s", (_, value) => {
    expect(() => jcs(value as Json)).toThrow(TypeError);
  });

  it("writes 0 and 2^53-1", () => {
    expect(jcs([0, Number.MAX_SAFE_INTEGER])).toBe("[0,9007199254740991]");
  });

  it.each([
    ["a space", '{"a": 1}'],
    ["a line feed at the end", '{"a":1}\n'],
    ["names in another order", '{"b":1,"a":2}'],
    ["a name twice", '{"a":1,"a":1}'],
    ["an escape that is not needed", '"\\u0061"'],
    ["an escaped slash", '"\\/"'],
    ["capital hexadecimal digits", '"\\u001F"'],
    ["a number with an exponent", "1e2"],
    ["a number with a fraction of zero", "1.0"],
    ["a fraction", "0.5"],
    ["negative zero", "-0"],
    ["a negative number", "-1"],
    ["a number above 2^53-1", "9007199254740993"],
    ["null", "null"],
    ["an escaped lone surrogate", '"\\ud800"'],
    ["a byte order mark", "\ufeff{}"],
    ["a comment", "{}//"],
    ["two values", "1 2"],
    ["half an object", '{"a":'],
    ["nothing", ""],
  ])("does not read %s", (_, text) => {
    expect(() => parseJcs(text)).toThrow(TypeError);
  });

  it("reads a member named __proto__ as data", () => {
    const value = parseJcs('{"__proto__":{"a":1}}') as object;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(jcs(value as Json)).toBe('{"__proto__":{"a":1}}');
  });

  it("takes a text only if it is the canonical one", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        let read: string | undefined;
        try {
          read = jcs(parseJcs(text));
        } catch {
          return;
        }
        expect(read).toBe(text);
        expect(naiveJcs(value)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });
});
