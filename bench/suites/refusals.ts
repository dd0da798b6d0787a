// P13: what a request costs that is refused before an object is called, beside the plain route that it could have been.
import type { Suite } from "../harness/report.ts";
import { measure, type Rung } from "../harness/rounds.ts";
import { rungsOf } from "./rungs.ts";
import { noteOthers, rateRow, type Setting } from "./setting.ts";

const CONNECTIONS = 64;

export async function refusals({ shop, generator, rounds, secondsEach, warm, conditions }: Setting): Promise<Suite> {
  const { hono, bare, full } = rungsOf(shop.facts.session);
  const refused = (name: string, kind: Exclude<Rung["kind"], undefined>, status: number): Rung => ({
    name,
    kind,
    status,
    path: full.path,
  });
  const unsigned = refused("401 unsigned", "unsigned", 401);
  const expired = refused("401 expired", "expired", 401);
  const oversized = refused("413 oversized", "oversized", 413);
  const malformed = refused("400 malformed", "malformed", 400);
  const honoOversized: Rung = { ...hono, name: "Hono route, oversized body unread", kind: "oversized" };
  const rungs: Rung[] = [hono, unsigned, expired, oversized, honoOversized, malformed, bare];
  const results = await measure(shop, generator, { rungs, rounds, secondsEach, warm, connections: CONNECTIONS });
  // Cost is server CPU per request: above 1 the refusal is the dearer one.
  const against = (rung: Rung, anchor: Rung, aimed = true) => ({
    name: `P13: cost of ${rung.name} / ${anchor.name}`,
    value: results.ratioPerCpu(anchor.name, rung.name),
    unit: "x",
    ...(aimed ? { aim: { atMost: 1.1 } } : {}),
    more: { "on the wall": results.ratio(anchor.name, rung.name).median },
  });
  return {
    name: "refusals",
    rounds,
    rows: [
      against(unsigned, hono),
      against(expired, hono),
      against(oversized, honoOversized),
      against(oversized, hono, false),
      against(malformed, bare),
      ...rungs.map((rung) => rateRow(results, rung)),
    ],
    notes: [
      noteOthers(results),
      "The oversized request brings all its bytes, and the socket has to take them whoever answers: its first anchor gets the same bytes.",
    ],
    conditions: { ...conditions, connections: CONNECTIONS },
  };
}
