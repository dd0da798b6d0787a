// Which language a reader gets: what their browser prefers among ours, then their market's, then English.
import { expect, it } from "vitest";
import { languageFor } from "../../domain/language.ts";

it.each<[accepted: string | null, market: string | undefined, language: string]>([
  ["zh-CN,zh;q=0.9,en;q=0.8", undefined, "zh-CN"],
  ["zh-Hant-TW", undefined, "zh-CN"],
  ["ja", undefined, "ja"],
  ["en-GB,en;q=0.9", "CN", "en"],
  ["en;q=0.5, ja;q=0.9", undefined, "ja"],
  ["fr, de;q=0.9, ja;q=0.1", undefined, "ja"],
  ["EN-us ; q=1", "JP", "en"],
  // The first of two that are liked as much.
  ["ja,zh", undefined, "ja"],
  // Refused with q=0, or no number at all.
  ["ja;q=0,zh;q=x", "JP", "ja"],
  ["ja;q=0", undefined, "en"],
  ["fr", "JP", "ja"],
  ["*", "CN", "zh-CN"],
  ["", "KR", "en"],
  [null, "JP", "ja"],
  [null, "XX", "en"],
  [null, undefined, "en"],
  [",;,q=1;;", undefined, "en"],
  // What every object of JavaScript has is no language of ours.
  ["constructor, ja;q=0.5", undefined, "ja"],
])("for %j in %s is %s", (accepted, market, language) => {
  expect(languageFor(accepted, market)).toBe(language);
});
