// Words and pairs for the search index, and what a person typed as a query that cannot be anything else.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ftsQuery, indexed } from "../../../domain/catalog/search.ts";

describe("what is indexed", () => {
  it.each([
    ["Chinese", "生肖酒", "", "生肖 肖酒 酒"],
    ["one character", "虎", "", "虎"],
    ["kana with a long vowel", "アイスクリーム", "", "アイ イス スク クリ リー ーム ム"],
    ["half-width kana", "ｱｲｽ", "", "アイ イス ス"],
    ["an iteration mark", "佐々木", "", "佐々 々木 木"],
    ["Hangul", "마오타이 술", "", "마오 오타 타이 이 술"],
    ["Latin, capitals and width aside", "Kweichow ＭＯＵＴＡＩ", "kweichow moutai", ""],
    ["both in one word", "茅台1935年", "1935", "茅台 台 年"],
    ["marks between", "飞天 53%vol, 500ml!", "53 vol 500ml", "飞天 天"],
    ["nothing", " -- \"'() ", "", ""],
  ])("%s", (_, text, words, pairs) => {
    expect(indexed([text])).toEqual({ words, pairs });
  });

  it("lets no pair reach from one text into the next", () => {
    expect(indexed(["门店", "取货"]).pairs).toBe("门店 店 取货 货");
  });
});

describe("a query", () => {
  it.each([
    ["生肖", 'pairs : "生肖"'],
    ["贵州茅台", 'pairs : "贵州 州茅 茅台"'],
    ["虎", 'pairs : "虎" *'],
    ["Tiger", 'words : "tiger" *'],
    ["茅台 1935", 'pairs : "茅台" AND words : "1935" *'],
    ["a-b", 'words : "a" * AND words : "b" *'],
    ["NEAR(a b) OR *", 'words : "near" * AND words : "a" * AND words : "b" * AND words : "or" *'],
    ['"; DROP TABLE', 'words : "drop" * AND words : "table" *'],
  ])("%s", (typed, query) => {
    expect(ftsQuery(typed)).toBe(query);
  });

  it.each(["", "   ", "-", '"', "*", "()", "。、"])("of %j is none", (typed) => {
    expect(ftsQuery(typed)).toBeUndefined();
  });

  it("holds nothing but letters and digits inside its quotes, whatever is typed", () => {
    const odd = fc.string({ unit: "grapheme", maxLength: 30 });
    fc.assert(
      fc.property(odd, (typed) => {
        const query = ftsQuery(typed);
        if (query !== undefined) expect(query).toMatch(/^(?:(?:words|pairs) : "[\p{L}\p{N}\p{M}ー ]+"(?: \*)?(?: AND |$))+$/u);
      }),
    );
  });
});
