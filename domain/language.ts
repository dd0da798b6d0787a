// Which of our languages a reader wants, from what their browser says (RFC 9110, section 12.5.4).
import { type Language, marketOf } from "./market.ts";

/** Spoken language -> ours. */
const OURS: { [subtag: string]: Language } = { zh: "zh-CN", en: "en", ja: "ja" };

/** The best of ours that is accepted; else the language of the reader's market, or English. */
export function languageFor(accepted: string | null, market?: string): Language {
  const ranges = (accepted ?? "").split(",").map((range, at) => {
    const [tag = "", ...parameters] = range
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    const q = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
    return { language: OURS[tag.split("-")[0] ?? ""], weight: q === undefined ? 1 : Number(q) || 0, at };
  });
  const [best] = ranges
    .filter(({ language, weight }) => language !== undefined && weight > 0)
    .sort((one, other) => other.weight - one.weight || one.at - other.at);
  return best?.language ?? (market === undefined ? undefined : marketOf(market)?.language) ?? "en";
}
