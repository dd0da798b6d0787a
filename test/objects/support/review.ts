// Operators and excluded members of a session under test.
import type { Proposal } from "../../../contracts/review.ts";
import { reserveAt } from "../../../contracts/shard.ts";
import { announced, at, type Guest, guest, OPEN, request, sessionOf, shardOfGuest } from "./session.ts";

export const ANN = "operator-ann";
export const BEN = "operator-ben";

/** A third of it to tell, a third to appeal, a third to decide; the seal's deadline comes 12 s after it. */
export const DECIDE_S = 18;

export type Member = Guest & { place: { pool: number; shard: number; index: number } };

/** An open session with these people in pool 2, which has two units. */
export async function entered(id: string, names: string[], changes: Parameters<typeof announced>[1] = {}): Promise<Member[]> {
  const M = await announced(id, { decideS: DECIDE_S, ...changes });
  at(OPEN);
  const members: Member[] = [];
  for (const name of names) {
    const person = guest(name, M);
    const outcome = await reserveAt(shardOfGuest(id, person, changes.shards), request(person, 2));
    if (!outcome.ok) throw new Error(outcome.refusal.code);
    const { shard, index } = JSON.parse(outcome.value.receipt) as { shard: number; index: number };
    members.push({ ...person, place: { pool: 2, shard, index } });
  }
  return members;
}

export const exclusionsOf = (members: Member[], reason = 9, proposal = "proposal-1"): Proposal & { kind: "exclusions" } => ({
  kind: "exclusions",
  proposal,
  note: "Seen at night.",
  rows: members.map(({ place: { shard, index } }) => ({ shard, index, reason })),
});

export const decisionsOf = (decided: [Member, granted: boolean][], proposal = "decision-1"): Proposal & { kind: "decisions" } => ({
  kind: "decisions",
  proposal,
  note: "Read twice.",
  rows: decided.map(([{ place }, granted]) => ({
    shard: place.shard,
    index: place.index,
    granted,
    answer: granted ? "Sorry." : "No.",
  })),
});

/** Proposed by one operator, confirmed by the other. Throws on a refusal. */
export async function agreed(id: string, proposal: Proposal): Promise<void> {
  const proposed = await sessionOf(id).propose(proposal, ANN);
  if (!proposed.ok) throw new Error(JSON.stringify(proposed.refusal));
  const confirmed = await sessionOf(id).confirm(proposal.proposal, BEN);
  if (!confirmed.ok) throw new Error(confirmed.refusal);
}

export const appealOf = (id: string, { place }: Member, text = "It was me, by hand.") => sessionOf(id).appeal(place, text);
