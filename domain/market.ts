// What a market decides: currency, language, age for alcohol, time zones, and where its objects live. The only place that knows.
import type { Currency } from "./currency.ts";

export type Language = "zh-CN" | "en" | "ja";

/** Cloudflare's location hints for Durable Objects. */
export type Placement = "wnam" | "enam" | "sam" | "weur" | "eeur" | "apac" | "oc" | "afr" | "me";

export type Market = {
  /** ISO 4217: every price of the market is in it. */
  currency: Currency;
  /** For whoever has not said which; of the languages that the pages speak, the one that is read most. */
  language: Language;
  /** Years; null where alcohol may not be sold. Where regions, drinks or religions differ, the strictest that a shop for spirits has to keep. */
  alcoholAge: number | null;
  /** IANA names; the first is the one in which sessions are planned. */
  timeZones: readonly [string, ...string[]];
  /** The region nearest to its buyers: a wish, not a promise (docs/where-it-runs.md). */
  placement: Placement;
};

/**
 * By ISO 3166-1 alpha-2. Ages are for buying spirits in a shop: the national laws named beside them, elsewhere IARD, Minimum Legal Age Limits
 * (iard.org/policy-tables/minimum-legal-age-limits). A market's own lawyers have the last word.
 */
export const MARKETS: { readonly [code: string]: Market } = {
  // Law on the Protection of Minors (2020), article 59.
  CN: { currency: "CNY", language: "zh-CN", alcoholAge: 18, placement: "apac", timeZones: ["Asia/Shanghai"] },
  // Dutiable Commodities (Liquor) Regulations, part 5 (2018).
  HK: { currency: "HKD", language: "zh-CN", alcoholAge: 18, placement: "apac", timeZones: ["Asia/Hong_Kong"] },
  // Law 6/2023.
  MO: { currency: "MOP", language: "zh-CN", alcoholAge: 18, placement: "apac", timeZones: ["Asia/Macau"] },
  TW: { currency: "TWD", language: "zh-CN", alcoholAge: 18, placement: "apac", timeZones: ["Asia/Taipei"] },
  // 20, although one is of age at 18 since 2022.
  JP: { currency: "JPY", language: "ja", alcoholAge: 20, placement: "apac", timeZones: ["Asia/Tokyo"] },
  // Youth Protection Act: from the year in which one becomes 19.
  KR: { currency: "KRW", language: "en", alcoholAge: 19, placement: "apac", timeZones: ["Asia/Seoul"] },
  SG: { currency: "SGD", language: "en", alcoholAge: 18, placement: "apac", timeZones: ["Asia/Singapore"] },
  // Food (Amendment) Regulations: 21 since 2017.
  MY: { currency: "MYR", language: "en", alcoholAge: 21, placement: "apac", timeZones: ["Asia/Kuala_Lumpur"] },
  TH: { currency: "THB", language: "en", alcoholAge: 20, placement: "apac", timeZones: ["Asia/Bangkok"] },
  // Law 44/2019.
  VN: { currency: "VND", language: "en", alcoholAge: 18, placement: "apac", timeZones: ["Asia/Ho_Chi_Minh"] },
  PH: { currency: "PHP", language: "en", alcoholAge: 18, placement: "apac", timeZones: ["Asia/Manila"] },
  ID: {
    currency: "IDR",
    language: "en",
    alcoholAge: 21,
    placement: "apac",
    timeZones: ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"],
  },
  // 18 to 25 by state, and none in some.
  IN: { currency: "INR", language: "en", alcoholAge: 25, placement: "apac", timeZones: ["Asia/Kolkata"] },
  AU: {
    currency: "AUD",
    language: "en",
    alcoholAge: 18,
    placement: "oc",
    timeZones: [
      "Australia/Sydney",
      "Australia/Melbourne",
      "Australia/Brisbane",
      "Australia/Adelaide",
      "Australia/Darwin",
      "Australia/Perth",
      "Australia/Hobart",
    ],
  },
  NZ: { currency: "NZD", language: "en", alcoholAge: 18, placement: "oc", timeZones: ["Pacific/Auckland", "Pacific/Chatham"] },
  // National Minimum Drinking Age Act (1984).
  US: {
    currency: "USD",
    language: "en",
    alcoholAge: 21,
    placement: "enam",
    timeZones: [
      "America/New_York",
      "America/Chicago",
      "America/Denver",
      "America/Phoenix",
      "America/Los_Angeles",
      "America/Anchorage",
      "Pacific/Honolulu",
    ],
  },
  // 18 in Alberta, Manitoba and Quebec, 19 elsewhere.
  CA: {
    currency: "CAD",
    language: "en",
    alcoholAge: 19,
    placement: "enam",
    timeZones: [
      "America/Toronto",
      "America/St_Johns",
      "America/Halifax",
      "America/Winnipeg",
      "America/Regina",
      "America/Edmonton",
      "America/Vancouver",
    ],
  },
  MX: {
    currency: "MXN",
    language: "en",
    alcoholAge: 18,
    placement: "wnam",
    timeZones: ["America/Mexico_City", "America/Cancun", "America/Hermosillo", "America/Tijuana"],
  },
  BR: {
    currency: "BRL",
    language: "en",
    alcoholAge: 18,
    placement: "sam",
    timeZones: ["America/Sao_Paulo", "America/Manaus", "America/Fortaleza", "America/Rio_Branco"],
  },
  AR: { currency: "ARS", language: "en", alcoholAge: 18, placement: "sam", timeZones: ["America/Argentina/Buenos_Aires"] },
  CL: {
    currency: "CLP",
    language: "en",
    alcoholAge: 18,
    placement: "sam",
    timeZones: ["America/Santiago", "America/Punta_Arenas"],
  },
  GB: { currency: "GBP", language: "en", alcoholAge: 18, placement: "weur", timeZones: ["Europe/London"] },
  IE: { currency: "EUR", language: "en", alcoholAge: 18, placement: "weur", timeZones: ["Europe/Dublin"] },
  FR: { currency: "EUR", language: "en", alcoholAge: 18, placement: "weur", timeZones: ["Europe/Paris"] },
  // Jugendschutzgesetz, section 9: 16 for beer and wine, 18 for spirits; much the same in AT, BE, CH.
  DE: { currency: "EUR", language: "en", alcoholAge: 18, placement: "weur", timeZones: ["Europe/Berlin"] },
  AT: { currency: "EUR", language: "en", alcoholAge: 18, placement: "weur", timeZones: ["Europe/Vienna"] },
  BE: { currency: "EUR", language: "en", alcoholAge: 18, placement: "weur", timeZones: ["Europe/Brussels"] },
  CH: { currency: "CHF", language: "en", alcoholAge: 18, placement: "weur", timeZones: ["Europe/Zurich"] },
  NL: { currency: "EUR", language: "en", alcoholAge: 18, placement: "weur", timeZones: ["Europe/Amsterdam"] },
  ES: { currency: "EUR", language: "en", alcoholAge: 18, placement: "weur", timeZones: ["Europe/Madrid", "Atlantic/Canary"] },
  PT: { currency: "EUR", language: "en", alcoholAge: 18, placement: "weur", timeZones: ["Europe/Lisbon", "Atlantic/Azores"] },
  IT: { currency: "EUR", language: "en", alcoholAge: 18, placement: "weur", timeZones: ["Europe/Rome"] },
  DK: { currency: "DKK", language: "en", alcoholAge: 18, placement: "weur", timeZones: ["Europe/Copenhagen"] },
  // The state's shops: 20 in SE, for spirits also in FI and NO.
  SE: { currency: "SEK", language: "en", alcoholAge: 20, placement: "weur", timeZones: ["Europe/Stockholm"] },
  NO: { currency: "NOK", language: "en", alcoholAge: 20, placement: "weur", timeZones: ["Europe/Oslo"] },
  FI: { currency: "EUR", language: "en", alcoholAge: 20, placement: "eeur", timeZones: ["Europe/Helsinki"] },
  IS: { currency: "ISK", language: "en", alcoholAge: 20, placement: "weur", timeZones: ["Atlantic/Reykjavik"] },
  LT: { currency: "EUR", language: "en", alcoholAge: 20, placement: "eeur", timeZones: ["Europe/Vilnius"] },
  PL: { currency: "PLN", language: "en", alcoholAge: 18, placement: "eeur", timeZones: ["Europe/Warsaw"] },
  CZ: { currency: "CZK", language: "en", alcoholAge: 18, placement: "eeur", timeZones: ["Europe/Prague"] },
  ZA: { currency: "ZAR", language: "en", alcoholAge: 18, placement: "afr", timeZones: ["Africa/Johannesburg"] },
  NG: { currency: "NGN", language: "en", alcoholAge: 18, placement: "afr", timeZones: ["Africa/Lagos"] },
  KE: { currency: "KES", language: "en", alcoholAge: 18, placement: "afr", timeZones: ["Africa/Nairobi"] },
  // 21 in Dubai and Abu Dhabi; nothing is sold in Sharjah.
  AE: { currency: "AED", language: "en", alcoholAge: 21, placement: "me", timeZones: ["Asia/Dubai"] },
  SA: { currency: "SAR", language: "en", alcoholAge: null, placement: "me", timeZones: ["Asia/Riyadh"] },
  IL: { currency: "ILS", language: "en", alcoholAge: 18, placement: "me", timeZones: ["Asia/Jerusalem"] },
};

/** Where nobody says which: the market of the first brand and its seed pack. */
export const HOME_MARKET = "CN";

export const marketOf = (code: string): Market | undefined => (Object.hasOwn(MARKETS, code) ? MARKETS[code] : undefined);

/** A draft from before its market had to be known gets the strictest age that any market has. */
const AGE_MAX = 25;

/** Minimum age of goods in a market; 0 where there is none. */
export const ageFor = (code: string, alcohol: boolean): number => (alcohol ? (marketOf(code)?.alcoholAge ?? AGE_MAX) : 0);

export type MarketRefusal = "unknown_market" | "alcohol_forbidden" | "wrong_currency";

/** Whether these goods can be offered in a market. Refusals in the order checked. */
export function mayOffer(
  code: string,
  skus: readonly { alcohol: boolean; price: { currency: string } }[],
): MarketRefusal | undefined {
  const rules = marketOf(code);
  if (!rules) return "unknown_market";
  if (rules.alcoholAge === null && skus.some(({ alcohol }) => alcohol)) return "alcohol_forbidden";
  return skus.every(({ price }) => price.currency === rules.currency) ? undefined : "wrong_currency";
}
