// What operators do in the review: one proposes, another confirms. Each answer can be lost and asked for again.
import { type Proposal, type ProposalNo, type ProposalView, ROW_PROBLEMS, type RowProblem } from "../../contracts/review.ts";
import { type Bytes, concat, same, u32, utf8 } from "../../domain/bytes.ts";
import {
  appealState,
  mayDecide,
  mayExclude,
  PLACE_STATES,
  type PlaceState,
  reviewRefusal,
  standingOf,
} from "../../domain/draw/exclusion.ts";
import type { Exclusion } from "../../domain/draw/seal.ts";
import { type Outcome, ok, refuse } from "../../domain/outcome.ts";
import type { MoveDesk } from "./desk.ts";
import type { SessionNo } from "./messages.ts";
import { FILE } from "./notices.ts";
import { all, shardStub } from "./reach.ts";
import { decisionsIn, exclusionsIn, keyOf, type Place, type ProposalRow, packExclusions } from "./review-rows.ts";
import { proposalView } from "./review-views.ts";
import type { SessionStore } from "./store.ts";

/** Operators' exclusions of one session: some 100 bytes each in memory, of 128 MB. */
const EXCLUSIONS_MAX = 200_000;
/** Rows that are named when a proposal is refused. */
const PROBLEMS_MAX = 1_000;

const closedFor = ({ store, now }: MoveDesk, kind: ProposalRow["kind"]) => {
  const { tellUntil, decideUntil } = store.reviewTimes();
  return reviewRefusal(store.row().state, now(), kind === "exclusions" ? tellUntil : decideUntil);
};

export async function propose(desk: MoveDesk, proposal: Proposal, by: string): Promise<Outcome<ProposalView, ProposalNo>> {
  const { store, now } = desk;
  if (store.row().state === "draft") return refuse({ code: "not_due" });
  if (!store.fact("prepared")) return refuse({ code: "not_prepared" });
  // Asked before anything is judged: what follows must not be torn apart by the waiting.
  const known = store.review.proposal(proposal.proposal);
  const places = !known && proposal.kind === "exclusions" ? await placesOf(desk, proposal.rows) : [];
  if (!places) return refuse({ code: "busy" });
  const rows = packed(proposal);
  const again = store.review.proposal(proposal.proposal);
  if (again) {
    const isSame = again.kind === proposal.kind && again.by === by && again.note === proposal.note && same(again.rows, rows);
    return isSame ? ok(proposalView(again)) : refuse({ code: "proposal_differs" });
  }
  const closed = closedFor(desk, proposal.kind);
  if (closed) return refuse({ code: closed });
  if (proposal.kind === "exclusions" && store.review.held().size + proposal.rows.length > EXCLUSIONS_MAX)
    return refuse({ code: "too_many_exclusions" });
  const problems =
    proposal.kind === "exclusions" ? exclusionProblems(store, proposal.rows, places) : decisionProblems(store, proposal.rows);
  if (problems.length > 0) return refuse({ code: "rows_refused", rows: problems.slice(0, PROBLEMS_MAX) });
  const { kind, proposal: id, note } = proposal;
  store.transaction(() => store.review.propose({ id, kind, rows, note, by, at: Math.floor(now()) }));
  return ok(proposalView(store.review.proposal(id) as ProposalRow));
}

/** From now on it counts. Confirming again gives the same answer; whoever proposed it cannot confirm it. */
export function confirm(desk: MoveDesk, id: string, by: string): Outcome<ProposalView, SessionNo> {
  const { store, now } = desk;
  const known = store.review.proposal(id);
  if (!known) return refuse("not_found");
  if (known.by === by) return refuse("same_operator");
  if (known.state === "confirmed") return ok(proposalView(known));
  if (known.state === "dropped") return refuse("proposal_closed");
  const closed = closedFor(desk, known.kind);
  if (closed) return refuse(closed);
  const at = Math.floor(now());
  store.transaction(() => {
    store.review.close(id, "confirmed", by, at);
    const decisions = known.kind === "decisions" ? decisionsIn(known.rows) : [];
    for (const { granted, answer, ...place } of decisions) store.review.decide(place, granted, answer, at);
    const places: Place[] = known.kind === "decisions" ? decisions : exclusionsIn(known.rows);
    store.review.tell(new Set([FILE, ...places.map(({ shard }) => shard)]));
  });
  return ok(proposalView(store.review.proposal(id) as ProposalRow));
}

/** Takes an open proposal back: any operator may, because nothing has happened yet. */
export function dropProposal({ store, now }: MoveDesk, id: string, by: string): Outcome<ProposalView, SessionNo> {
  const known = store.review.proposal(id);
  if (!known) return refuse("not_found");
  if (known.state === "confirmed") return refuse("proposal_closed");
  if (known.state === "open") store.transaction(() => store.review.close(id, "dropped", by, Math.floor(now())));
  return ok(proposalView(store.review.proposal(id) as ProposalRow));
}

const byPlace = (a: Place, b: Place): number => a.shard - b.shard || a.index - b.index;

/** The rows as they are kept, in order of place: the same proposal in another order is the same. */
function packed(proposal: Proposal): Bytes {
  if (proposal.kind === "exclusions") return packExclusions([...proposal.rows].sort(byPlace));
  const rows = [...proposal.rows].sort(byPlace).map(({ shard, index, granted, answer }) => ({ shard, index, granted, answer }));
  return utf8(JSON.stringify(rows));
}

/** What the shards say of each row's place, in the order of the rows; undefined where one cannot be asked. */
async function placesOf({ store, ports }: MoveDesk, rows: Place[]): Promise<PlaceState[] | undefined> {
  const manifest = store.manifest();
  const numbered = rows.map(({ shard, index }, at) => ({ shard, index, at })).filter(({ shard }) => shard < manifest.shards);
  const byShard = [...Map.groupBy(numbered, ({ shard }) => shard)];
  const states: PlaceState[] = rows.map(() => "unknown");
  const answers = await all(byShard.length, (number) => {
    const [shard, asked] = byShard[number] as (typeof byShard)[number];
    return shardStub(ports, manifest, shard).places(concat(asked.map(({ index }) => u32(index))));
  }).catch((error: unknown) => {
    console.warn(JSON.stringify({ event: "places_unknown", session: manifest.session, error: String(error) }));
    return undefined;
  });
  if (!answers) return undefined;
  byShard.forEach(([, asked], number) => {
    asked.forEach(({ at }, order) => {
      states[at] = PLACE_STATES[answers[number]?.[order] as number] as PlaceState;
    });
  });
  return states;
}

/** Judges each row, told whether an earlier one names the same place. */
function problemsIn<Row extends Place>(
  rows: Row[],
  judge: (row: Row, at: number, repeated: boolean) => RowProblem["code"] | undefined,
): RowProblem[] {
  const seen = new Set<number>();
  return rows.flatMap((row, at) => {
    const code = judge(row, at, seen.has(keyOf(row)));
    seen.add(keyOf(row));
    return code ? [{ pointer: `/rows/${at}`, code, detail: ROW_PROBLEMS[code] }] : [];
  });
}

const exclusionProblems = (store: SessionStore, rows: Exclusion[], places: PlaceState[]): RowProblem[] =>
  problemsIn(rows, (row, at, repeated) => {
    const standing = standingOf(store.review.held().get(keyOf(row)), store.review.appeal(row));
    return mayExclude(row.reason, places[at] as PlaceState, standing, repeated);
  });

function decisionProblems(store: SessionStore, rows: Place[]): RowProblem[] {
  const open = store.review.proposals().filter(({ kind, state }) => kind === "decisions" && state === "open");
  const proposed = new Set(open.flatMap((proposal) => decisionsIn(proposal.rows).map(keyOf)));
  return problemsIn(rows, (row, _, repeated) =>
    mayDecide(appealState(store.review.appeal(row), proposed.has(keyOf(row))), repeated),
  );
}
