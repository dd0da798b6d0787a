// The own tickets, counted on this device: from the receipts that it keeps and from published files, by the rule that the shop has to follow.
import type { Rules } from "../../contracts/sessions.ts";
import { beaconTime } from "../../domain/draw/manifest.ts";
import { type Pass, readPass, splitPass } from "../../domain/draw/pass.ts";
import { type Counting, type Held, type PastResult, ticketsOf } from "../../domain/draw/tickets.ts";
import { parseProof } from "../../domain/log/proof.ts";
import { type Outcome, ok } from "../../domain/outcome.ts";
import { account } from "../shared/account.ts";
import type { Failure } from "../shared/api.ts";
import { keptFile } from "../shared/files.ts";
import { type Kept, kept, receiptOf } from "./kept.ts";
import { readAnnounced } from "./published.ts";
import { passFor } from "./reserve.ts";
import { drawFile, findResult } from "./result.ts";

export type Chances = Held<PastResult> & {
  skus: string[];
  ticketsMax: number;
  /** While cooling down: sessions that open from then on are open again. */
  coolsUntil?: number;
  /** What the shop's entry pass says; unknown without signing in. */
  byShop: number | undefined;
};

/** One per product family of the session. Refused where a file that is published cannot be read now. */
export async function countChances(session: string): Promise<Outcome<Chances[], Failure>> {
  const announced = await readAnnounced(session, false);
  if (!announced.ok) return announced;
  const { manifest, rules } = announced.value;
  const manifestAt = await placeInLog(session, "manifest");
  if (!manifestAt.ok) return manifestAt;
  const results = await ownResults(session);
  if (!results.ok) return results;
  const pass = await passText(session);
  const asking = {
    ...(rules.counting as Counting),
    ticketsMax: manifest.ticketsMax,
    open: manifest.open,
    manifestAt: manifestAt.value ?? Number.POSITIVE_INFINITY,
  };
  return ok(
    familiesOf(rules).map(([family, skus]) => {
      const held = ticketsOf(
        results.value.filter((result) => result.family === family),
        asking,
      );
      const { ticketsMax, coolDownS } = asking;
      const cools = held.tickets === 0 && held.win ? { coolsUntil: held.win.drawAt + coolDownS } : {};
      return { ...held, skus, ticketsMax, ...cools, byShop: pass?.tickets[family] };
    }),
  );
}

const familiesOf = ({ families }: Rules): [family: string, skus: string[]][] =>
  [...new Set(Object.values(families))].map((family) => [family, Object.keys(families).filter((sku) => families[sku] === family)]);

type FamilyResult = PastResult & { family: string };

/** What this device knows of other sessions: several reservations in a family and session are one result. */
async function ownResults(session: string): Promise<Outcome<FamilyResult[], Failure>> {
  const results = new Map<string, FamilyResult>();
  for (const entry of kept.value) {
    if (entry.session === session || entry.withdrawn) continue;
    const result = await resultOf(entry);
    if (!result.ok) return result;
    if (!result.value) continue;
    const key = `${entry.session} ${result.value.family}`;
    results.set(key, { ...result.value, won: result.value.won || (results.get(key)?.won ?? false) });
  }
  return ok([...results.values()]);
}

/** Undefined where it does not count: not in the log, excluded, or a session whose rules do not count. */
async function resultOf(entry: Kept): Promise<Outcome<FamilyResult | undefined, Failure>> {
  const receipt = receiptOf(entry);
  if (!receipt) return ok(undefined);
  const announced = await readAnnounced(entry.session, false);
  if (!announced.ok) return announced;
  const { manifest, rules } = announced.value;
  const family = rules.families[entry.sku];
  if (!rules.counting || family === undefined) return ok(undefined);
  const at = await placeInLog(entry.session, "result");
  if (!at.ok) return at;
  if (at.value === undefined) return ok(undefined);
  const found = entry.found?.checked ? ok(entry.found) : await findResult(receipt, true);
  if (!found.ok) return found;
  const { standing } = found.value;
  if (standing === "excluded" || standing === "contradiction") return ok(undefined);
  return ok({ session: entry.session, family, at: at.value, drawAt: beaconTime(manifest), won: standing === "won" });
}

/** Undefined while nothing of that kind is published. */
async function placeInLog(session: string, kind: "manifest" | "result"): Promise<Outcome<number | undefined, Failure>> {
  const file = await keptFile(drawFile(session, `${kind}.tlog-proof`));
  if (file.ok) return ok(parseProof(new TextDecoder().decode(file.value)).index);
  return file.refusal.kind === "problem" && file.refusal.status === 404 ? ok(undefined) : file;
}

/** The tickets that the shop has put into this person's entry pass. */
async function passText(session: string): Promise<Pass | undefined> {
  if (!account.value) return undefined;
  const pass = await passFor(session);
  const parts = pass.ok ? splitPass(pass.value) : undefined;
  return parts && (readPass(parts.body) as Pass);
}
