// What is checked before a session is announced, each by its name. A draft that fails one is not announced; a warning is the operator's to judge.
import type { SaleNo } from "../catalog/sale.ts";
import { mayAnnounce, type PlanTimes, peakOf, SHARD_PER_S_MAX, shardsFor } from "../draw/plan.ts";
import { type Language, marketOf } from "../market.ts";
import { beyondUnits, type ClaimedSku, type Overlap } from "./claims.ts";
import type { Forecast } from "./forecast.ts";

export type CheckCode =
  | "invalid_times"
  | "too_late_to_announce"
  | "unknown_chain"
  | "unknown_sku"
  | "price_changed"
  | "unknown_store"
  | "store_closed"
  | SaleNo
  | "not_allotted"
  | "exceeds_units"
  | "stock_overlap"
  | "too_few_shards";

export type Check = { check: string; state: "ok" | "warn" | "fail"; detail: string; code?: CheckCode };

type Price = { currency: string; amountMinor: number };

export type CheckedPlan = PlanTimes & {
  market: string;
  skus: string[];
  units?: { [sku: string]: number } | undefined;
  shards: number;
  expected?: { reservations: number; peakPerS?: number | undefined } | undefined;
  rules: string;
};

/** What is known of the draft and of the world when it is checked. Instants in Unix seconds. */
export type CheckFacts = {
  now: number;
  plan: CheckedPlan;
  chain?: { name: string; local?: boolean | undefined } | undefined;
  /** When the round of the beacon comes that draws. */
  drawAt?: number | undefined;
  /** Witnesses that are needed, and how many of all there are the brand does not run itself. */
  witnesses: { needed: number; independent: number };
  allotted: ClaimedSku[];
  overlaps: Overlap[];
  /** Of the stores allotted to: those that do not exist in the market, and those that cannot hand over, with the reason. */
  unknownStores: string[];
  closedStores: { store: string; why: string }[];
  /** Each SKU's price when the draft was made, and now; `now` is absent where it is no longer for sale there. */
  prices: { sku: string; planned: Price; now?: Price | undefined }[];
  age: number;
  /** Why the products may not be sold in this way, and which. */
  notAllowed: { code: SaleNo; skus: string[] } | undefined;
  forecast: Forecast;
};

const ok = (check: string, detail: string): Check => ({ check, state: "ok", detail });
const warn = (check: string, detail: string): Check => ({ check, state: "warn", detail });
const fail = (check: string, code: CheckCode, detail: string): Check => ({ check, state: "fail", code, detail });

/** The first few of a list that may be long. */
function some(list: string[]): string {
  const shown = [...new Set(list)].slice(0, 3).join(", ");
  return new Set(list).size > 3 ? `${shown} and ${new Set(list).size - 3} more` : shown;
}

const count = (number: number): string => Math.round(number).toLocaleString("en");
const money = ({ currency, amountMinor }: Price): string => `${currency} ${amountMinor} (minor units)`;
const hours = (seconds: number): string =>
  seconds < 7200
    ? `${Math.round(seconds / 60)} minutes`
    : seconds < 2 * 86_400
      ? `${Math.round(seconds / 3600)} hours`
      : `${Math.round(seconds / 86_400)} days`;

/** An hour's warning is little for people who have to plan their day. */
const NOTICE_S = 3600;

function times({ plan, now, allotted }: CheckFacts): Check {
  // What units there are is another check's.
  const refusal = mayAnnounce(plan, Math.max(1, allotted.length), now);
  const { announceS } = plan.leads;
  if (refusal === "invalid_times")
    return fail("times", "invalid_times", "Close must lie after open, and the review must be longer than the grace.");
  if (refusal) return fail("times", "too_late_to_announce", `It had to be announced ${hours(announceS)} before it opens.`);
  return plan.open - now < NOTICE_S
    ? warn("times", `It opens in ${hours(plan.open - now)}.`)
    : ok("times", `It opens in ${hours(plan.open - now)}, for ${hours(plan.close - plan.open)}.`);
}

function beacon({ chain, drawAt, plan }: CheckFacts): Check {
  if (!chain || drawAt === undefined)
    return fail("beacon", "unknown_chain", "This installation does not know the beacon of the plan.");
  const after = hours(drawAt - plan.close);
  return chain.local
    ? warn("beacon", `A beacon for trying out; its round comes ${after} after close. Nobody need believe such a draw.`)
    : ok("beacon", `${chain.name}; its round comes ${after} after close.`);
}

const witnesses = ({ witnesses: { needed, independent } }: CheckFacts): Check =>
  needed === 0
    ? warn("witnesses", "No witness is needed: only this shop vouches for the times in its log.")
    : independent === 0
      ? warn("witnesses", `${needed} must cosign; the brand runs all of them.`)
      : ok("witnesses", `${needed} must cosign; ${independent} of those named are independent.`);

function prices({ prices: list, plan }: CheckFacts): Check {
  const gone = list.filter(({ now }) => !now).map(({ sku }) => sku);
  if (gone.length > 0) return fail("price", "unknown_sku", `No price in ${plan.market}, or not in the catalogue: ${some(gone)}.`);
  const changed = list.filter(
    ({ planned, now }) => now && (planned.currency !== now.currency || planned.amountMinor !== now.amountMinor),
  );
  const [first] = changed;
  if (first?.now)
    return fail(
      "price",
      "price_changed",
      `The catalogue has other prices than the draft: ${first.sku} is ${money(first.now)}, drafted at ${money(first.planned)}. Draft the plan again.`,
    );
  const currencies = [...new Set(list.map(({ planned }) => planned.currency))];
  return currencies.length > 1
    ? warn("price", `Prices are in ${currencies.join(" and ")}.`)
    : ok("price", `Every product has its price in ${currencies[0] ?? "no currency"}.`);
}

function stock({ allotted, plan }: CheckFacts): Check {
  const units = allotted.reduce((sum, one) => sum + one.units, 0);
  if (units === 0) return fail("stock", "not_allotted", "No pool has units.");
  const [over] = beyondUnits(allotted, plan.units);
  if (over)
    return fail("stock", "exceeds_units", `${over.sku}: ${over.units} units allotted of ${plan.units?.[over.sku] ?? 0} planned.`);
  const none = plan.skus.filter((sku) => !allotted.some((one) => one.sku === sku));
  if (none.length > 0) return warn("stock", `Nobody can win ${some(none)}: no units are allotted.`);
  const short = allotted.filter((one) => plan.units && one.units < (plan.units[one.sku] ?? 0));
  return short.length > 0
    ? warn("stock", `Fewer units are allotted than planned: ${some(short.map(({ sku }) => sku))}.`)
    : ok("stock", `${count(units)} units.`);
}

function overlap({ overlaps }: CheckFacts): Check {
  const [first] = overlaps;
  if (!first) return ok("overlap", "No other session takes the same product from the same stock at the same time.");
  return fail(
    "overlap",
    "stock_overlap",
    `${first.session} is open at the same time with ${first.sku} at ${some(first.stores)}${overlaps.length > 1 ? `; ${overlaps.length - 1} more like it` : ""}.`,
  );
}

function stores({ unknownStores, closedStores, allotted, plan }: CheckFacts): Check {
  if (unknownStores.length > 0)
    return fail("stores", "unknown_store", `Not a store of the market ${plan.market}: ${some(unknownStores)}.`);
  const [first] = closedStores;
  if (first)
    return fail(
      "stores",
      "store_closed",
      `${first.store}: ${first.why}${closedStores.length > 1 ? `; ${closedStores.length - 1} more stores cannot take part` : ""}.`,
    );
  return ok("stores", `${count(new Set(allotted.flatMap((one) => one.stores)).size)} stores.`);
}

const NOT_ALLOWED: { [No in SaleNo]: string } = {
  not_released: "Not released when the session becomes public",
  date_passed: "Over before the last unit may be handed over",
  cold_delivery: "Cold goods cannot be delivered",
  cold_waits: "Cold goods would wait too long at the store",
  adult_hand_over: "Nobody asks for the age at the door",
  over_limit: "A person could win more than the product's limit",
};

const mix = ({ notAllowed }: CheckFacts): Check =>
  notAllowed
    ? fail("mix", notAllowed.code, `${NOT_ALLOWED[notAllowed.code]}: ${some(notAllowed.skus)}.`)
    : ok("mix", "Each product may be sold in this way.");

const age = ({ age: years, plan }: CheckFacts): Check =>
  ok("age", years > 0 ? `From ${years} years in ${plan.market}.` : `No minimum age for these goods in ${plan.market}.`);

/** The script by which a text shows that it is in a language. */
const SCRIPT: { [Name in Language]: [script: RegExp, name: string] } = {
  "zh-CN": [/\p{Script=Han}/u, "Chinese"],
  ja: [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, "Japanese"],
  en: [/\p{Script=Latin}/u, "English, or a language in its letters"],
};

function text({ plan }: CheckFacts): Check {
  const [script, language] = SCRIPT[marketOf(plan.market)?.language ?? "en"];
  return script.test(plan.rules)
    ? ok("text", `The rules are in ${language}.`)
    : warn("text", `The rules are not in ${language}: people in ${plan.market} will read them before they enter.`);
}

function shards({ plan: { shards: planned, expected } }: CheckFacts): Check {
  if (!expected) return warn("shards", `Nothing is expected, so nobody knows whether ${planned} shards are enough.`);
  const peak = peakOf(expected);
  const each = peak / planned;
  const wanted = shardsFor(expected);
  if (each > SHARD_PER_S_MAX)
    return fail(
      "shards",
      "too_few_shards",
      `${count(peak)} reservations a second are ${count(each)} for each of ${planned} shards: ${wanted} are wanted.`,
    );
  return planned < wanted
    ? warn("shards", `${planned} shards; ${wanted} are wanted for ${count(expected.reservations)} reservations.`)
    : ok("shards", `${planned} shards for ${count(peak)} reservations in the busiest second.`);
}

function forecast({ forecast: { basis, past, odds, reservations } }: CheckFacts): Check {
  if (basis === "none" || reservations === undefined)
    return warn("forecast", "No forecast: nothing is expected and no session like it is over.");
  const from = basis === "past" ? `the last ${past.length} sessions of the template` : "what the plan expects";
  if (odds === undefined) return warn("forecast", `No reservation is to be expected, by ${from}.`);
  const chance = odds >= 1 ? "everybody wins" : `one reservation in ${count(1 / odds)} wins`;
  return odds >= 1 ? warn("forecast", `By ${from}, ${chance}.`) : ok("forecast", `By ${from}, ${chance}.`);
}

const ALL = [times, beacon, witnesses, prices, mix, age, text, stores, stock, overlap, shards, forecast];

export const checksOf = (facts: CheckFacts): Check[] => ALL.map((check) => check(facts));

export const failing = (checks: Check[]): (Check & { code: CheckCode })[] =>
  checks.filter((check): check is Check & { code: CheckCode } => check.state === "fail");
