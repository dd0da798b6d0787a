// Issues entry passes, before the rush. What needs a look-up about the person is decided here and not at the door.
import type { Counted } from "../../contracts/members.ts";
import type { PassReply } from "../../contracts/reservations.ts";
import { hex, unhex } from "../../domain/bytes.ts";
import { passBody, passMessage, passText } from "../../domain/draw/pass.ts";
import type { MemberClaims } from "./app-type.ts";
import type { SessionFacts } from "./facts.ts";
import { macOf } from "./hmac.ts";
import { pidOfCaller } from "./pass.ts";
import { shardOfMember } from "./reach.ts";

/** Tickets come from the member's own shard where the session's rules count, and are one for everybody elsewhere; the token says the rest. */
export async function issuePass(env: Env, facts: SessionFacts, caller: MemberClaims): Promise<PassReply> {
  const pid = hex(pidOfCaller(env, facts, caller));
  const exp = facts.manifest.close + facts.manifest.graceS;
  const tickets = facts.rules.counting ? await counted(env, facts, caller) : allEqual(facts);
  const body = passBody({ v: 1, type: "pass", manifest: facts.id, market: caller.market, pid, tickets, ageOk: caller.ageOk, exp });
  return { pass: passText(body, await macOf(facts.passKey, passMessage("pass", body))), pid, exp };
}

const allEqual = ({ rules }: SessionFacts): Counted =>
  Object.fromEntries([...new Set(Object.values(rules.families))].map((family) => [family, 1]));

const counted = (env: Env, { manifest }: SessionFacts, caller: MemberClaims): Promise<Counted> => {
  const person = unhex(caller.person);
  return shardOfMember(env, person).count({ person, session: manifest.session });
};
