// Which of our languages a reader wants, from what their browser says (RFC 9110, section 12.5.4).
import { type Language, marketOf } from "./market.ts";

/** Spoken language -> ours. */
const OURS: ReadonlyMap<string, Language> = new Map([
  ["zh", "zh-CN"],
  ["en", "en"],
  ["ja", "ja"],
]);

/** Ours for a language tag such as "en-GB"; undefined where we do not speak it. */
export const oursOf = (tag: string): Language | undefined => OURS.get(tag.toLowerCase().split("-")[0] ?? "");

/** As Intl names it. "¥" alone means yen to a Japanese reader, so yuan get a sign of their own there; elsewhere the short one says enough. */
export const currencySign = (language: Language): "symbol" | "narrowSymbol" => (language === "ja" ? "symbol" : "narrowSymbol");

/** The best of ours that is accepted; else the language of the reader's market, or English. */
export function languageFor(accepted: string | null, market?: string): Language {
  const ranges = (accepted ?? "").split(",").map((range, at) => {
    const [tag = "", ...parameters] = range
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    const q = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
    return { language: oursOf(tag), weight: q === undefined ? 1 : Number(q) || 0, at };
  });
  const [best] = ranges
    .filter(({ language, weight }) => language !== undefined && weight > 0)
    .sort((one, other) => other.weight - one.weight || one.at - other.at);
  return best?.language ?? (market === undefined ? undefined : marketOf(market)?.language) ?? "en";
}
