// The plan of a journey's session: one product, a short window, and times that a slow machine keeps too.
import type { Names } from "../../../contracts/basics.ts";
import type { PlanInput } from "../../../contracts/sessions.ts";
import type { LocalServer } from "../../../scripts/local/server.ts";

/** From the plan to its opening: drafting, allotting, announcing and its witnesses have to fit in. */
const OPENS_S = 6;

type Changes = Partial<PlanInput> & {
  /** How long it is open: what the journey does meanwhile has to fit in, on a busy machine too. */ windowS?: number;
};

export function planSoon({ chain }: LocalServer, session: string, title: Names, { windowS = 30, ...changes }: Changes = {}) {
  const open = Math.floor(Date.now() / 1000) + OPENS_S;
  return {
    session,
    title,
    market: "CN",
    open,
    close: open + windowS,
    graceS: 1,
    leads: { announceS: 0, reviewS: 8, sealLeadS: 3 },
    chain: chain.hash,
    skus: ["feitian-500"],
    payWindowS: 120,
    pickupS: 120,
    ...changes,
  };
}
