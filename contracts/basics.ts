// Shapes that many contracts share: ids, hex, instants, names in the languages of the shop.
import * as v from "valibot";

export const hex32 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, "64 lower-case hex digits"));
export const base64url = (max: number) => v.pipe(v.string(), v.maxLength(max), v.regex(/^[A-Za-z0-9_-]+$/, "base64url"));

/** Session ids as draw1 allows them. */
export const sessionId = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "lower-case letters, digits and hyphens, at most 64"),
);
export const skuId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, "letters, digits, . _ -, at most 64"));
export const storeId = skuId;

/** Ids that an operator chooses and that stand in addresses: products, tiers, scenes. */
export const slug = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "lower-case letters, digits and hyphens, at most 64"));

/** `{session}~{pool}~{26 base32 digits}`: says which award object holds it, and cannot be guessed. */
export const orderId = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,63}~[0-9]{1,10}~[0-9a-z]{26}$/, "an order id"));

export const market = v.pipe(v.string(), v.regex(/^[A-Z]{2}$/, "ISO 3166-1 alpha-2"));
export const timeZone = v.pipe(
  v.string(),
  v.maxLength(64),
  v.check((name) => isTimeZone(name), "an IANA time zone"),
);
export const currency = v.pipe(v.string(), v.regex(/^[A-Z]{3}$/, "ISO 4217"));
export const u32 = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff_ffff));
/** Whole seconds since 1970. */
export const unixSeconds = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(253402300799));
export const whole = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
export const seconds = whole;

/** The platform knows the names; asking it is the only way to find out. */
function isTimeZone(name: string): boolean {
  try {
    return /^[A-Z]/.test(name) && new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

export const text = (max: number) =>
  v.pipe(
    v.string(),
    v.minLength(1),
    v.maxLength(max),
    v.check((value) => value.isWellFormed() && value === value.normalize("NFC"), "NFC text"),
  );
export const shortText = text(200);
export const longText = text(20_000);
/** Text in the languages that every reader finds, and in those that some do. */
const inLanguages = <Text extends v.GenericSchema<string, string>>(one: Text) =>
  v.strictObject({ "zh-CN": one, en: one, ja: v.exactOptional(one) });
export const names = inLanguages(shortText);
export const longNames = inLanguages(text(2_000));
export type Names = v.InferOutput<typeof names>;

/** `limit=` of a list that is read page by page: 1 to `max`, which has three digits; 100 unless said. */
export const pageLimit = (max: number) =>
  v.optional(v.pipe(v.string(), v.regex(/^[1-9][0-9]{0,2}$/, `1 to ${max}`), v.toNumber(), v.maxValue(max)), "100");

/** Integer minor units: 149900 CNY is 1,499.00 yuan. */
export const money = v.strictObject({
  currency,
  amountMinor: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER)),
});
export type Money = v.InferOutput<typeof money>;
