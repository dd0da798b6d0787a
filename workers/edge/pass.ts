// Entry passes and overload tickets at the edge: checked before a shard is called. How a pass is issued: issue-pass.ts.

import { settingsOf } from "../../contracts/settings.ts";
import { type Bytes, unhex } from "../../domain/bytes.ts";
import { owedSecond } from "../../domain/draw/door.ts";
import { pidOf } from "../../domain/draw/entry.ts";
import { type OverloadTicket, type Pass, passBody, passMessage, passText, readPass, splitPass } from "../../domain/draw/pass.ts";
import type { PersonReason } from "../../domain/draw/reasons.ts";
import type { MemberClaims } from "./app-type.ts";
import type { SessionFacts } from "./facts.ts";
import { macIsGood, macOf } from "./hmac.ts";

/** The caller's id in one session. */
export const pidOfCaller = (env: Env, facts: SessionFacts, caller: MemberClaims): Bytes =>
  pidOf(settingsOf(env).PEPPER, unhex(caller.person), facts.M);

/** For somebody who was shed inside the window: admits them until close + grace, without an object having to be asked. Undefined outside of it. */
export async function issueOverloadTicket(facts: SessionFacts, pid: string, nowMs: number): Promise<string | undefined> {
  const s = owedSecond(facts.manifest, nowMs);
  if (s === undefined) return undefined;
  const body = passBody({ v: 1, type: "overload", manifest: facts.id, pid, s });
  return passText(body, await macOf(facts.passKey, passMessage("overload", body)));
}

async function checked<Type extends "pass" | "overload">(text: string, type: Type, facts: SessionFacts, pid: string) {
  const parts = splitPass(text);
  if (!parts || !(await macIsGood(facts.passKey, parts.mac, passMessage(type, parts.body)))) return undefined;
  const pass = readPass(parts.body) as Extract<Pass | OverloadTicket, { type: Type }>;
  return pass.manifest === facts.id && pass.pid === pid ? pass : undefined;
}

/** The pass of this person for this session; undefined for any other text. Its expiry is the door's own rule: close, or close + grace. */
export const goodPass = (text: string, facts: SessionFacts, pid: string): Promise<Pass | undefined> =>
  checked(text, "pass", facts, pid);

export const goodOverloadTicket = (text: string, facts: SessionFacts, pid: string): Promise<OverloadTicket | undefined> =>
  checked(text, "overload", facts, pid);

/** What the pass says against the person, ascending: 6 age, 7 region, 13 cooling down. */
export function personReasons(pass: Pass, facts: SessionFacts, tickets: number): PersonReason[] {
  const reasons: PersonReason[] = [];
  if (facts.rules.age > 0 && !pass.ageOk) reasons.push(6);
  if (pass.market !== facts.manifest.market) reasons.push(7);
  if (tickets === 0) reasons.push(13);
  return reasons;
}
