// Templates at the operator's desk: a year of sessions from one rule.
import { Hono } from "hono";
import * as v from "valibot";
import {
  type DraftsReply,
  date,
  draftsInput,
  type OccurrencesReply,
  type TemplateDesk,
  type TemplateInput,
  type TemplateSaved,
  type TemplatesReply,
  type TemplateView,
  templateInput,
} from "../../contracts/templates.ts";
import { marketOf } from "../../domain/market.ts";
import { dateText, readDate } from "../../domain/plan/civil.ts";
import { zoneOf } from "../../domain/plan/template.ts";
import { dayAt } from "../../domain/plan/zone.ts";
import { addVersion, findTemplate, listTemplates, versionsOf } from "../../records/plans.ts";
import type { CallerApp } from "../edge/app-type.ts";
import { operator } from "../edge/caller.ts";
import { recordsIn } from "../edge/drafts.ts";
import { body } from "../edge/input.ts";
import { ProblemError, problem } from "../edge/problem.ts";
import { draftDays, occurrenceViews } from "../edge/templates.ts";

/** Weights of 2,200 stores and their ids. */
const TEMPLATE_BYTES_MAX = 512_000;
const PREVIEW_DAYS = 366;
const PRIVATE = { "Cache-Control": "no-store" };

async function found(env: Env, template: string): Promise<TemplateView> {
  const view = await findTemplate(recordsIn(env), template);
  if (!view) throw new ProblemError("not_found");
  return view;
}

/** The day of a query or a body; throws a ProblemError for a text that names none. */
function dayIn(text: string, pointer: string): number {
  const day = v.is(date, text) ? readDate(text) : undefined;
  if (day === undefined) throw new ProblemError("invalid_input", { errors: [{ pointer, detail: "there is no such day" }] });
  return day;
}

/** Whether this is what the template says already. */
function says({ version: _, at: __, by: ___, ...known }: TemplateView, input: TemplateInput): boolean {
  return JSON.stringify(known) === JSON.stringify(input);
}

/** Writes a version of a template; throws a ProblemError where somebody else has just written it. */
async function write(env: Env, input: TemplateInput, version: number, by: string): Promise<TemplateSaved> {
  if (!(await addVersion(recordsIn(env), input, { version, at: Math.floor(Date.now() / 1000), by })))
    throw new ProblemError("template_exists");
  return { template: input.template, version };
}

export const adminTemplates = new Hono<CallerApp>()
  .get("/v1/admin/templates", operator, async (c) =>
    c.json({ templates: await listTemplates(recordsIn(c.env)) } satisfies TemplatesReply, 200, PRIVATE),
  )
  .post("/v1/admin/templates", operator, async (c) => {
    const input = await body(c, templateInput, TEMPLATE_BYTES_MAX);
    if (!marketOf(input.market)) return problem("unknown_market");
    const before = await findTemplate(recordsIn(c.env), input.template);
    if (before)
      return says(before, input)
        ? c.json({ template: input.template, version: before.version } satisfies TemplateSaved, 200, PRIVATE)
        : problem("template_exists");
    return c.json(await write(c.env, input, 1, c.var.caller.sub), 201, PRIVATE);
  })
  .get("/v1/admin/templates/:template", operator, async (c) => {
    const view = await found(c.env, c.req.param("template"));
    const versions = await versionsOf(recordsIn(c.env), view.template);
    return c.json({ ...view, versions } satisfies TemplateDesk, 200, PRIVATE);
  })
  .put("/v1/admin/templates/:template", operator, async (c) => {
    const input = await body(c, templateInput, TEMPLATE_BYTES_MAX);
    if (!marketOf(input.market)) return problem("unknown_market");
    const before = await found(c.env, c.req.param("template"));
    if (input.template !== before.template)
      throw new ProblemError("invalid_input", { errors: [{ pointer: "/template", detail: "not the one of the address" }] });
    if (says(before, input))
      return c.json({ template: input.template, version: before.version } satisfies TemplateSaved, 200, PRIVATE);
    return c.json(await write(c.env, input, before.version + 1, c.var.caller.sub), 200, PRIVATE);
  })
  .get("/v1/admin/templates/:template/occurrences", operator, async (c) => {
    const view = await found(c.env, c.req.param("template"));
    const today = dayAt(zoneOf(view), Date.now() / 1000);
    const asked = c.req.query("from");
    const from = asked === undefined ? today : dayIn(asked, "/from");
    const days = Number(c.req.query("days") ?? PREVIEW_DAYS);
    if (!Number.isInteger(days) || days < 1 || days > PREVIEW_DAYS)
      throw new ProblemError("invalid_input", { errors: [{ pointer: "/days", detail: `1 to ${PREVIEW_DAYS}` }] });
    const occurrences = await occurrenceViews(c.env, view, { from, to: from + days - 1 });
    const { template, version } = view;
    const reply: OccurrencesReply = { template, version, from: dateText(from), days, occurrences };
    return c.json(reply, 200, PRIVATE);
  })
  .post("/v1/admin/templates/:template/drafts", operator, async (c) => {
    const input = await body(c, draftsInput);
    const view = await found(c.env, c.req.param("template"));
    const [from, to] = [dayIn(input.from, "/from"), dayIn(input.to, "/to")];
    if (to < from || to - from >= PREVIEW_DAYS)
      throw new ProblemError("invalid_input", { errors: [{ pointer: "/to", detail: `within ${PREVIEW_DAYS} days after from` }] });
    const reply: DraftsReply = await draftDays(c.env, view, { from, to }, c.var.caller.sub);
    return c.json(reply, 200, PRIVATE);
  });
