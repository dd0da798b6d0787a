// From a template to the plans of its sessions.
import { PRESETS } from "../draw/manifest.ts";
import { marketOf } from "../market.ts";
import type { Occurrence, Rule } from "./rule.ts";

/** A feast is announced a week ahead, anything else a day, unless the template says its own lead times. */
const FEAST_LEADS = { announceS: 7 * 86_400, reviewS: PRESETS.daily.reviewS, sealLeadS: PRESETS.daily.sealLeadS };

/** The zone whose wall clock the rule means: the market's first unless the template says another. */
export const zoneOf = ({ timeZone, market }: { timeZone?: string | undefined; market: string }): string =>
  timeZone ?? marketOf(market)?.timeZones[0] ?? "UTC";

export const sessionIdOf = (template: string, date: string): string => `${template}-${date.replaceAll("-", "")}`;

type Template = {
  template: string;
  title: { "zh-CN": string; en: string };
  market: string;
  rule: Rule;
  plan: { [member: string]: unknown };
  units?: { [sku: string]: number } | undefined;
};

/** The plan of one occurrence, as an operator would send it. */
export function planOf({ template, title, market, rule, plan, units }: Template, { date, open, close }: Occurrence): object {
  const dated = Object.fromEntries(Object.entries(title).map(([lang, text]) => [lang, text.replaceAll("{date}", date)]));
  return {
    ...(rule.kind === "festival" ? { leads: FEAST_LEADS } : {}),
    ...(units ? { units } : {}),
    ...plan,
    session: sessionIdOf(template, date),
    title: dated,
    market,
    open,
    close,
  };
}

/** The last moment to announce, in Unix seconds: draw1, section 4, wants all cosignatures before it. */
export function announceBy({ rule, plan }: Pick<Template, "rule" | "plan">, open: number): number {
  const leads = plan.leads as { announceS: number } | undefined;
  return open - (leads ?? (rule.kind === "festival" ? FEAST_LEADS : PRESETS.daily)).announceS;
}
