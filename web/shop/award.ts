// After the draw: finds each own result, looks for later waves, and says yes or no to a unit.
import { signal } from "@preact/signals";
import type { AwardInput, AwardReply } from "../../contracts/reservations.ts";
import type { SessionView } from "../../contracts/sessions.ts";
import { hex, unhex } from "../../domain/bytes.ts";
import type { Receipt } from "../../domain/draw/receipt.ts";
import { readWaveBundle } from "../../domain/draw/wave.ts";
import { account } from "../shared/account.ts";
import { call, type Failure, isProblem, send } from "../shared/api.ts";
import { now } from "../shared/clock.ts";
import { RUSH_S } from "./due.ts";
import { type Kept, kept, patch, receiptOf } from "./kept.ts";
import { loadOrder } from "./orders.ts";
import { placeOf } from "./reserve.ts";
import { drawFile, findResult } from "./result.ts";

/** Why an answer was not taken, by "session sku". */
export const answerFailed = signal<{ [place: string]: Failure }>({});

/** Why the result could not be read, by "session sku"; 404 before publication is not a failure. */
export const lookFailed = signal<{ [place: string]: Failure }>({});

const without = <Value>(map: { [key: string]: Value }, key: string, value?: Value): { [key: string]: Value } => {
  const { [key]: _, ...others } = map;
  return value === undefined ? others : { ...others, [key]: value };
};

/** When this page reads what only few need: after the rush, and not with all the others. */
const LATER_S = RUSH_S * (1 + Math.random());

/** One look at the published files for every receipt of this session. */
export async function follow(view: SessionView): Promise<void> {
  for (const entry of kept.value) {
    const receipt = receiptOf(entry);
    if (entry.session !== view.session || !receipt || entry.withdrawn) continue;
    if (!entry.found) await look(entry, receipt, false);
    else if (!entry.found.checked && now.value >= view.drawAt + LATER_S) await look(entry, receipt, true);
    else if (entry.found.standing === "wait" && !entry.award) await lookAtWaves(view, entry, receipt);
  }
}

async function look(entry: Kept, receipt: Receipt, later: boolean): Promise<void> {
  try {
    // Whoever was told of an exclusion reads the sealed list at once: few do.
    const outcome = await findResult(receipt, later || entry.notice !== undefined);
    if (outcome.ok) patch(entry, { found: outcome.value });
    const hidden = outcome.ok || (outcome.refusal.kind === "problem" && outcome.refusal.status === 404);
    lookFailed.value = without(lookFailed.value, placeOf(entry), hidden ? undefined : outcome.refusal);
  } catch {
    // A file that cannot be read is not of the published form, or was cut on the way: the next look asks again.
    lookFailed.value = without(lookFailed.value, placeOf(entry), { kind: "network", offline: false });
  }
}

/** The wave's public file says whose turn came; only then, or where it cannot be read, is the server asked. */
async function lookAtWaves(view: SessionView, entry: Kept, receipt: Receipt): Promise<void> {
  const fresh = view.waves.filter(({ no, awards }) => no > Math.max(1, entry.waveSeen ?? 1) && awards > 0);
  for (const { no } of fresh) {
    const listed = await isListed(receipt, no);
    if (listed === false) {
      patch(entry, { waveSeen: no });
    } else if (account.value) {
      const failure = await answer(entry, "accept");
      if (!failure || isProblem(failure, "not_awarded", "award_lapsed")) patch(entry, { waveSeen: no });
      if (isProblem(failure, "award_lapsed")) patch(entry, { award: "lapsed" });
      return;
    }
  }
}

async function isListed(receipt: Receipt, no: number): Promise<boolean | undefined> {
  const file = await send(drawFile(receipt.session, `waves/${no}`), { tries: 2 });
  if (!file.ok) return undefined;
  try {
    return readWaveBundle(file.value.bytes, unhex(receipt.manifest), no).awards.some(({ lh }) => hex(lh) === receipt.leaf);
  } catch {
    return undefined;
  }
}

export async function answer(entry: Kept, choice: AwardInput["choice"]): Promise<Failure | undefined> {
  const receipt = receiptOf(entry);
  if (!receipt) return undefined;
  const { shard, index, tickets, s, nonce } = receipt;
  const json: AwardInput = { choice, pool: receipt.pools[0], shard, index, tickets, s, nonce };
  const outcome = await call<AwardReply>(`/v1/sessions/${entry.session}/awards`, { json });
  if (!outcome.ok) {
    if (isProblem(outcome.refusal, "award_lapsed")) patch(entry, { award: "lapsed" });
    answerFailed.value = without(answerFailed.value, placeOf(entry), outcome.refusal);
    return outcome.refusal;
  }
  const { award, order } = outcome.value;
  answerFailed.value = without(answerFailed.value, placeOf(entry));
  patch(entry, { award: award === "declined" ? "declined" : "accepted", ...(order ? { order } : {}) });
  if (order) await loadOrder(order);
  return undefined;
}
