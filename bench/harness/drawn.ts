// A small session on the shop under measurement, from plan to results, for what is measured after a draw.
import { operatorAt } from "../../scripts/play/people.ts";
import { announce, until } from "../../scripts/play/sessions.ts";
import type { Generator } from "./generator.ts";
import { factsOf, planOf, type Shop } from "./shop.ts";

export type Drawn = { session: string; pools: number };

const PEOPLE = 400;
const STORES = 25;
/** Seconds, on a quiet machine; a busy one gets three times as much at the second try. */
const TIMES = { openS: 3, windowS: 4, graceS: 1, reviewS: 5, sealLeadS: 3 };

/** Takes the reservations and returns; what is returned waits for the draw, which may happen behind other suites. */
export async function drawnSession(shop: Shop, generator: Generator): Promise<() => Promise<Drawn>> {
  const first = await reserved(shop, generator, 1).catch(() => undefined);
  return async () => {
    const session = (await first?.().catch(() => undefined)) ?? (await (await reserved(shop, generator, 3))());
    return session;
  };
}

async function reserved(shop: Shop, generator: Generator, times: number): Promise<() => Promise<Drawn>> {
  const operator = await operatorAt(shop.url);
  const { openS, windowS, graceS, reviewS, sealLeadS } = TIMES;
  const leads = { announceS: 0, reviewS: times * reviewS, sealLeadS };
  const { plan, pools } = planOf(shop.chain, "drawn", { openS: times * openS, windowS: times * windowS, graceS, leads }, STORES);
  await announce(operator, plan, pools);
  const facts = await factsOf(shop, plan.session);
  await generator.ask<"prepare">({ do: "prepare", facts, count: PEOPLE, kind: "good" });
  await until(operator, plan.session, ["open"], 60);
  const path = `/v1/sessions/${plan.session}/reservations`;
  const order = { port: shop.port, path, kind: "good" as const, count: PEOPLE, connections: 32 };
  const { statuses } = await generator.ask<"load">({ do: "load", order });
  if (statuses[201] !== PEOPLE) throw new Error(`the session to be drawn: ${JSON.stringify(statuses)}`);
  return async () => {
    const { state } = await until(operator, plan.session, ["awarding", "voided"], 120);
    if (state === "voided") throw new Error("the session to be drawn was voided: this machine is too busy for its times");
    return { session: plan.session, pools: pools.length };
  };
}
