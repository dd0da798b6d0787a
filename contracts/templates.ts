// Templates: a year of sessions from one rule, and what becomes of each day.
import * as v from "valibot";
import { type Rule, whyNot } from "../domain/plan/rule.ts";
import { announceBy } from "../domain/plan/template.ts";
import { isZone } from "../domain/plan/zone.ts";
import { market, names, sessionId, skuId, u32, unixSeconds, whole } from "./basics.ts";
import { spreadInput } from "./planning.ts";
import type { ProblemCode } from "./problems.ts";
import { planInput } from "./sessions.ts";

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

/** A member that may be left out stays out: what is kept is what was said, not what is meant where nothing is. */
const said = <Schema extends v.GenericSchema>({ wrapped }: { wrapped: Schema }) => v.exactOptional(wrapped);
const { entries } = planInput.pipe[0];

/** The members of a plan (POST /v1/admin/sessions) that all sessions of a template share, as they were said. Durations in seconds. */
export const sharedPlan = v.strictObject({
  chain: entries.chain,
  skus: entries.skus,
  graceS: said(entries.graceS),
  leads: said(entries.leads),
  decideS: said(entries.decideS),
  shards: said(entries.shards),
  expected: said(entries.expected),
  admitPerS: said(entries.admitPerS),
  units: said(entries.units),
  stock: said(entries.stock),
  feePoints: said(entries.feePoints),
  ticketsMax: said(entries.ticketsMax),
  coolDownS: said(entries.coolDownS),
  payWindowS: said(entries.payWindowS),
  pickupS: said(entries.pickupS),
  wavesMax: said(entries.wavesMax),
  shardsKeptS: said(entries.shardsKeptS),
  rules: said(entries.rules),
} satisfies { [member in Exclude<keyof typeof entries, keyof typeof SOME>]: v.GenericSchema });
type SharedPlan = v.InferOutput<typeof sharedPlan>;

/** Each fault of such a plan at its place, and in the words that a plan of its own would get. */
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
  v.transform((plan) => plan as SharedPlan),
);

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

const version = v.object({
  version: u32,
  /** When it was written. Unix seconds. */
  at: unixSeconds,
  /** The operator who wrote it. */
  by: v.string(),
});
export type Version = v.InferOutput<typeof version>;

const { spread, draftDays, announce, paused } = templateForm.entries;
/** A template as it is kept: what was sent, with what is meant where nothing was said, and who wrote this version when. */
export const templateView = v.object({
  ...templateForm.entries,
  plan: sharedPlan,
  spread: spread.wrapped,
  draftDays: draftDays.wrapped,
  announce: announce.wrapped,
  paused: paused.wrapped,
  ...version.entries,
});
export type TemplateView = v.InferOutput<typeof templateView>;

/** GET /v1/admin/templates: of each the version that counts. */
export const templatesReply = v.object({ templates: v.array(templateView) });
export type TemplatesReply = v.InferOutput<typeof templatesReply>;

/** POST /v1/admin/templates, PUT /v1/admin/templates/{template}: the version that counts from now on. */
export const templateSaved = v.object({ template: templateId, version: u32 });
export type TemplateSaved = v.InferOutput<typeof templateSaved>;

/** GET /v1/admin/templates/{template}: with all its versions, the first one first. */
export const templateDesk = v.object({ ...templateView.entries, versions: v.array(version) });
export type TemplateDesk = v.InferOutput<typeof templateDesk>;

/** One session of a template. Instants are Unix seconds. */
const occurrence = v.object({
  /** The day on which it opens, in the template's zone. */
  date,
  open: unixSeconds,
  close: unixSeconds,
  /** How often the wall clock shows the opening on that day: clocks that go forward leave an hour out, those that go back repeat one. */
  shown: v.picklist(["once", "never", "twice"]),
  session: sessionId,
  /** The last moment to announce it. */
  announceBy: v.pipe(v.number(), v.integer()),
  drafted: v.boolean(),
});
export type OccurrenceView = v.InferOutput<typeof occurrence>;

/** GET /v1/admin/templates/{template}/occurrences?from=&days=: those of so many days from a day on. */
export const occurrencesReply = v.object({
  template: templateId,
  version: u32,
  from: date,
  days: u32,
  occurrences: v.array(occurrence),
});
export type OccurrencesReply = v.InferOutput<typeof occurrencesReply>;

/** POST /v1/admin/templates/{template}/drafts: the days from..to, both included. */
export const draftsInput = v.strictObject({ from: date, to: date });

const drafted = v.object({
  session: sessionId,
  date,
  /** `exists`: it was drafted before, or was announced since, and was left alone. */
  done: v.picklist(["drafted", "exists", "refused"]),
  /** The problem's code, where it was refused. */
  code: v.exactOptional(v.string()),
  /** What the problem says of it. */
  detail: v.exactOptional(v.string()),
});
export type Drafted = Omit<v.InferOutput<typeof drafted>, "code"> & { code?: ProblemCode };

/** `next`: the day to go on from, where the range holds more than one call drafts. */
export const draftsReply = v.object({ sessions: v.array(drafted), next: v.exactOptional(date) });
export type DraftsReply = Omit<v.InferOutput<typeof draftsReply>, "sessions"> & { sessions: Drafted[] };
