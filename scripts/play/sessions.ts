// Planning and following a session from a script, through the operator's API.
import type { AllotmentInput, PlanInput, SessionDesk, SessionState } from "../../contracts/sessions.ts";
import { type Client, expect } from "./client.ts";

export const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Witnesses answer in milliseconds; they are given longer than any session here is announced ahead. */
const ANNOUNCE_S = 10;

/**
 * Drafts, allots and announces; returns the manifest hash once enough witnesses have cosigned the manifest. Each session has a stock of its own:
 * scripts hold several at once in the same stores.
 */
export async function announce(
  operator: Client,
  plan: Partial<PlanInput> & Pick<PlanInput, "session">,
  pools: AllotmentInput["pools"],
): Promise<string> {
  expect(await operator.post("/v1/admin/sessions", { stock: plan.session, ...plan }), 201);
  expect(await operator.put(`/v1/admin/sessions/${plan.session}/allotment`, { pools }), 200);
  const reply = await operator.post<{ manifest: string }>(`/v1/admin/sessions/${plan.session}/announce`);
  const { manifest } = expect(reply, 200, 202);
  if (reply.status === 202) await until(operator, plan.session, ["announced", "open"], ANNOUNCE_S);
  return manifest;
}

export async function desk(operator: Client, session: string): Promise<SessionDesk> {
  return expect(await operator.get<SessionDesk>(`/v1/admin/sessions/${session}`), 200);
}

/** Waits until the session is in one of these states; throws after `seconds`. */
export async function until(operator: Client, session: string, states: SessionState[], seconds: number): Promise<SessionDesk> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const view = await desk(operator, session);
    if (states.includes(view.state)) return view;
    if (Date.now() > end) throw new Error(`${session} is still ${view.state} after ${seconds} s, expected ${states.join(" or ")}`);
    await sleep(200);
  }
}

/** Polls until `probe` gives a value; throws after `seconds`. */
export async function eventually<Value>(
  what: string,
  seconds: number,
  probe: () => Promise<Value | undefined | false>,
): Promise<Value> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s`);
    await sleep(100);
  }
}
