// Planning a year: templates with a rule, what they draft, how units are spread over stores, and what is checked before announcing.
import * as v from "valibot";
import type { Check } from "../domain/plan/checks.ts";
import type { ClaimedSku } from "../domain/plan/claims.ts";
import type { Forecast } from "../domain/plan/forecast.ts";
import type { Quota } from "../domain/plan/quota.ts";
import { type Occurrence, type Rule, whyNot } from "../domain/plan/rule.ts";
import { announceBy } from "../domain/plan/template.ts";
import { isZone } from "../domain/plan/zone.ts";
import { market, names, shortText, skuId, storeId, whole } from "./basics.ts";
import type { ProblemCode } from "./problems.ts";
import { type PlanInput, planInput } from "./sessions.ts";

/** A session of a template is called `{template}-{yyyymmdd}`, and a session's id has at most 64 letters. */
export const templateId = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9][a-z0-9-]{0,54}$/, "lower-case letters, digits and hyphens, at most 55"),
);

export const date = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/, "YYYY-MM-DD"));
const timeOfDay = v.pipe(v.string(), v.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "HH:MM, 00:00 to 23:59"));
const zone = v.pipe(v.string(), v.maxLength(64), v.check(isZone, "the name of a time zone, such as Asia/Shanghai"));

/** A window is 10 seconds to 31 days long, on a wall clock of the template's zone. */
const window = { at: timeOfDay, lengthS: whole(10, 31 * 86400) };
const orLast = v.optional(v.boolean());
const ruleForm = v.variant("kind", [
  v.strictObject({ kind: v.literal("daily"), ...window }),
  v.strictObject({ kind: v.literal("weekly"), weekday: whole(1, 7), ...window }),
  v.strictObject({ kind: v.literal("monthly"), day: whole(1, 31), orLast, ...window }),
  v.strictObject({
    kind: v.literal("festival"),
    calendar: v.picklist(["solar", "lunar"]),
    month: whole(1, 12),
    day: whole(1, 31),
    orLast,
    shift: v.optional(whole(-60, 60)),
    days: v.optional(whole(1, 31)),
    ...window,
  }),
  v.strictObject({ kind: v.literal("once"), date, ...window }),
]);

/** A rule that makes no sense is refused at the place that is wrong, with the reason. */
export const rule = v.pipe(
  ruleForm,
  v.rawCheck(({ dataset, addIssue }) => {
    const wrong = dataset.typed ? whyNot(dataset.value as Rule) : undefined;
    if (wrong) addIssue({ message: wrong.why, path: [at(dataset.value as object, wrong.part)] });
  }),
);

const at = (input: object, key: string) => ({
  type: "object" as const,
  origin: "value" as const,
  input: input as Record<string, unknown>,
  key,
  value: (input as Record<string, unknown>)[key],
});

/** Any occurrence of it: whatever a plan says beyond its id, name and times is the same for each. */
const SOME = { session: "some", title: { "zh-CN": "一", en: "some" }, market: "CN", open: 0, close: 60 };

/** The members of a plan (POST /v1/admin/sessions) that all sessions of a template share. */
const shared = v.pipe(
  v.record(v.string(), v.unknown()),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    for (const key of Object.keys(SOME).filter((name) => name in dataset.value))
      addIssue({ message: "follows from the template", path: [at(dataset.value, key)] });
    const { issues } = v.safeParse(planInput, { ...dataset.value, ...SOME });
    for (const { message, path } of issues ?? []) {
      const [first] = path ?? [];
      addIssue({ message, ...(first ? { path: [at(dataset.value, String(first.key))] } : {}) });
    }
  }),
);

/** How units are spread over stores: by weight (any whole numbers), else equally; over the stores named, else over all of the market. */
export const spreadInput = v.strictObject({
  stores: v.optional(v.pipe(v.array(storeId), v.minLength(1), v.maxLength(20_000))),
  weights: v.optional(v.record(storeId, whole(0, 1_000_000_000))),
});
export type SpreadInput = v.InferOutput<typeof spreadInput>;

/** POST /v1/admin/templates, PUT /v1/admin/templates/{template}. `{date}` in a title becomes the day of the occurrence. */
const templateForm = v.strictObject({
  template: templateId,
  title: names,
  market,
  /** The market's own unless said. */
  timeZone: v.optional(zone),
  rule,
  plan: shared,
  /** Units in each session, of which `spread` gives every store its share; nothing is allotted where it is absent. */
  units: v.optional(v.record(skuId, whole(1, 0xffff_ffff))),
  spread: v.optional(spreadInput, {}),
  /** Sessions that begin within so many days are drafted each night; 0 leaves drafting to operators. */
  draftDays: v.optional(whole(0, 366), 0),
  /** Who announces: an operator, or the night's run, once no check fails. */
  announce: v.optional(v.picklist(["operator", "auto"]), "operator"),
  /** A paused template drafts and announces nothing. */
  paused: v.optional(v.boolean(), false),
});
/** The night's run announces what would be too late in two nights, so it has to find it drafted by then. */
export const AUTO_NIGHTS = 2;

export const templateInput = v.pipe(
  templateForm,
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed || dataset.value.announce !== "auto") return;
    const days = Math.ceil(-announceBy(dataset.value as Shape, 0) / 86_400) + AUTO_NIGHTS;
    if (dataset.value.draftDays >= days) return;
    const message = `what is announced by itself has to be drafted ${days} days ahead`;
    addIssue({ message, path: [at(dataset.value, "draftDays")] });
  }),
);
export type TemplateInput = v.InferOutput<typeof templateInput>;
type Shape = Parameters<typeof announceBy>[0];

export type Version = { version: number; at: number; by: string };
export type TemplateView = TemplateInput & Version;

/** GET /v1/admin/templates/{template}/occurrences?from=&days=: instants are Unix seconds; `announceBy` is the last moment to announce. */
export type OccurrenceView = Occurrence & { session: string; announceBy: number; drafted: boolean };

/** POST /v1/admin/templates/{template}/drafts: the days from..to, both included. */
export const draftsInput = v.strictObject({ from: date, to: date });
/** `next`: the day to go on from, where the range holds more than one call drafts. */
export type DraftsReply = { sessions: Drafted[]; next?: string };
export type Drafted = {
  session: string;
  date: string;
  done: "drafted" | "exists" | "announced" | "refused";
  code?: ProblemCode;
  detail?: string;
};

/** POST /v1/admin/sessions/{session}/allotment/proposal: what each store would get of each SKU, and why. */
export const proposalInput = v.strictObject({
  units: v.pipe(
    v.record(skuId, whole(1, 0xffff_ffff)),
    v.check((units) => Object.keys(units).length > 0, "one SKU at least"),
  ),
  spread: v.optional(spreadInput, {}),
  /** True puts it in place of the allotment; otherwise nothing is changed. */
  apply: v.optional(v.boolean(), false),
});
export type ProposalReply = {
  applied: boolean;
  pools: number;
  units: number;
  skus: { sku: string; units: number; lines: Quota[] }[];
};

/** GET /v1/admin/sessions/{session}/checks: each in words; `code` is the one with which announcing is refused while it fails. */
export type ChecksReply = { session: string; mayAnnounce: boolean; checks: Check[] };

/** POST /v1/admin/sessions/{session}/announce?dry=1: what would be fixed, byte for byte, were it announced now. */
export type DryRun = ChecksReply & { manifest?: object };

/** GET /v1/admin/sessions/{session}/forecast. `costUsd`: US dollars at list price for this session alone, nothing included. */
export type ForecastReply = Forecast & { session: string; costUsd?: number };

/** GET /v1/admin/sessions/{session}/versions: who changed the draft, when, and to what. */
export type DraftVersion = {
  no: number;
  /** Unix seconds. */
  at: number;
  by: string;
  plan?: PlanInput;
  allotment?: { how: "hand" | "csv" | "proportional"; pools: number; units: number; root: string };
};

/** POST /v1/admin/sessions/{session}/bulletins: something that the manifest does not fix, said in public and logged. */
export const bulletinInput = v.strictObject({ text: v.strictObject({ "zh-CN": shortText, en: shortText }) });

/** What a session holds of its stock. */
export type Claims = { session: string; stock: string; open: number; close: number; skus: ClaimedSku[] };
