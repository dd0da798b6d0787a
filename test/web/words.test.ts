// What the pages say in their three languages: every table whole, in its own script, and none a copy of another.
import { afterAll, expect, it, vi } from "vitest";
import { PAGE_WORDS, STAND_INS } from "../../contracts/page-words.ts";
import type { Language } from "../../domain/market.ts";

// The language of a page is written into its document; these tables are read without a page.
vi.stubGlobal("document", { documentElement: {} });
afterAll(() => vi.unstubAllGlobals());

const { lang, LANGUAGES, inLang } = await import("../../web/shared/lang.ts");
const { words: shop } = await import("../../web/shop/words.ts");
const { browseWords } = await import("../../web/shop/browse-words.ts");
const { words: store } = await import("../../web/store/words.ts");
const { verifyWords } = await import("../../web/verify/words.ts");
const { checkWords } = await import("../../web/check/words.ts");
const { failureText, failureWords } = await import("../../web/shared/failure-words.ts");
const { WORDS: embed } = await import("../../web/embed/words.ts");
const { listed, money } = await import("../../web/shared/format.ts");

const ALL = Object.keys(LANGUAGES) as Language[];

function inLanguage<Value>(language: Language, read: () => Value): Value {
  const before = lang.value;
  lang.value = language;
  const value = read();
  lang.value = before;
  return value;
}

/** Stands for whatever a sentence is made with: a number as text, a time, the facts of a proof, who has signed. */
const ANYTHING = Object.assign(Object("7"), { needed: 2, witnesses: Object.assign([], { sealed: [] }), manifest: {} });

/** Every text of a table by its path; what has parameters is said with them. */
function textsOf(table: unknown, path: string): [path: string, text: string][] {
  if (typeof table === "string") return [[path, table]];
  if (typeof table === "function") return [[path, String(table(ANYTHING, ANYTHING, ANYTHING, ANYTHING))]];
  return Object.entries(table as object).flatMap(([name, inside]) => textsOf(inside, `${path}.${name}`));
}

const textsIn = (language: Language): Map<string, string> =>
  inLanguage(
    language,
    () =>
      new Map([
        ...textsOf(shop(), "shop"),
        ...textsOf(browseWords(), "browse"),
        ...textsOf(store(), "store"),
        ...textsOf(verifyWords(), "verify"),
        ...textsOf(checkWords(), "check"),
        ...textsOf(failureWords(), "failures"),
        ...textsOf(embed[language], "embed"),
        ...STAND_INS.flatMap((page) => textsOf(PAGE_WORDS[page][language], `pages.${page}`)),
      ]),
  );

const texts = new Map(ALL.map((language) => [language, textsIn(language)]));
const of = (language: Language) => texts.get(language) as Map<string, string>;
const pathsWhere = (language: Language, wrong: (text: string, path: string) => boolean): string[] =>
  [...of(language)].filter(([path, text]) => wrong(text, path)).map(([path, text]) => `${path}: ${text}`);

/** Only a name, or the figures and names that it is given. */
const WORDLESS = new Set(["shop.name", "browse.between", "shop.order.collectedText"]);
/** The same word in China and in Japan. */
const SHARED = new Set(["store.delivery.sku", "check.state.ok", "check.state.failed", "check.independent"]);
const HAN = /\p{Script=Han}/u;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Every character that Japanese text of before Unicode could hold (JIS X 0208 and what Windows adds): Chinese forms such as 选 are not among them. */
const JAPANESE = new Set(
  Array.from({ length: 0x7f }, (_, at) => at + 0x81).flatMap((first) =>
    Array.from({ length: 0xbd }, (_, at) => new TextDecoder("shift_jis").decode(Uint8Array.of(first, at + 0x40))),
  ),
);

it("every language has every text, and says something in each", () => {
  for (const language of ALL) {
    expect([...of(language).keys()].sort()).toEqual([...of("en").keys()].sort());
    expect(pathsWhere(language, (text) => text.trim() === "")).toEqual([]);
  }
  expect(of("en").size).toBeGreaterThan(500);
});

it("no text is the same in two languages", () => {
  const copied = (one: Language, other: Language) =>
    pathsWhere(one, (text, path) => !WORDLESS.has(path) && !SHARED.has(path) && of(other).get(path) === text);
  expect([...copied("ja", "en"), ...copied("ja", "zh-CN"), ...copied("zh-CN", "en")]).toEqual([]);
});

it("Japanese is written in Japanese: kana in every sentence, no English left over, no character in a Chinese form", () => {
  expect(pathsWhere("ja", (text, path) => !WORDLESS.has(path) && !KANA.test(text) && !HAN.test(text))).toEqual([]);
  expect(pathsWhere("ja", (text) => text.length > 12 && !KANA.test(text) && HAN.test(text))).toEqual([]);
  expect(pathsWhere("ja", (text) => /[a-z]{2,} [a-z]{2,}/i.test(text))).toEqual([]);
  expect(pathsWhere("ja", (text) => [...text].some((one) => one > "\x7f" && !JAPANESE.has(one)))).toEqual([]);
});

it("Chinese is written without kana, English without either", () => {
  expect(pathsWhere("zh-CN", (text, path) => KANA.test(text) || !(WORDLESS.has(path) || HAN.test(text)))).toEqual([]);
  expect(pathsWhere("en", (text) => KANA.test(text) || HAN.test(text))).toEqual([]);
});

it("a problem without words of ours keeps the server's, and one that asks to wait says how long", () => {
  const failure = (code: string) => ({ kind: "problem", status: 503, code, title: "A title", retryAfterS: 7, body: {} }) as never;
  expect(inLanguage("ja", () => failureText(failure("nobody_knows")))).toBe("A title");
  expect(inLanguage("ja", () => failureText(failure("busy")))).toMatch(/混み合って.*7秒/);
});

it("a name that is not there in Japanese is said in English, and yuan are not taken for yen", () => {
  const said = (language: Language) =>
    inLanguage(language, () => [inLang({ "zh-CN": "虎年", en: "Tiger" }), inLang({ "zh-CN": "虎年", en: "Tiger", ja: "寅年" })]);
  expect(ALL.map(said)).toEqual([
    ["虎年", "虎年"],
    ["Tiger", "Tiger"],
    ["Tiger", "寅年"],
  ]);
  expect(inLanguage("ja", () => [money(149_900, "CNY"), money(1499, "JPY")])).toEqual([expect.stringMatching(/^元/), "￥1,499"]);
  expect(inLanguage("ja", () => listed(["甲", "乙"]))).toBe("甲、乙");
});
