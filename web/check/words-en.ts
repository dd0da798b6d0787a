// The check in English: each step in plain words, what was done wrong where one fails, and what the saved file then proves.
import type { OpenReason, Reason, StepName } from "../../domain/proof/reasons.ts";
import type { Facts, Standing } from "../../domain/proof/work.ts";
import { count, short, when } from "../shared/format.ts";
import { reasonsEn } from "./reason-words.ts";

const at = (unixS: number | undefined): string => (unixS === undefined ? "?" : when(unixS, 0, true));
const n = (value: number | undefined): string => (value === undefined ? "?" : count(value));
const hash = (value: string | undefined): string => (value === undefined ? "?" : short(value));
const names = (list: { by: string; brand: boolean }[]): string =>
  list.map(({ by, brand }) => `${by}${brand ? " (run by the brand)" : ""}`).join(", ");

export type StepWords = {
  title: string;
  /** What holds, in the file's own numbers. */
  ok: (facts: Facts) => string;
  /** Where it fails: what the saved file proves to others. */
  proves: string;
};

const RESEND = "By itself it proves nothing: the file may have been damaged on its way. Get it again from the shop's page.";
const PUBLIC =
  "Everybody with the published files finds the same. Save this file: it names the row, and the log and the witnesses hold the shop to what it published.";

const steps: { [Name in StepName]: StepWords } = {
  file: { title: "The proof is whole", ok: () => "Nothing is missing and nothing was added.", proves: RESEND },
  plan: {
    title: "The plan is the one you saw",
    ok: (f) => `Your receipt named plan ${hash(f.M)} before the draw; this is that plan, to the letter.`,
    proves: "Your receipt, signed by the shop, names another plan than this file. The two together prove that there are two plans.",
  },
  round: {
    title: "The random number was named in advance",
    ok: (f) =>
      `Round ${n(f.round)} of ${f.chain?.name}, due ${at(f.beaconAt)}: it follows from the closing time and nobody could pick it.`,
    proves: PUBLIC,
  },
  entry: {
    title: "This is your entry",
    ok: (f) =>
      `Entered ${at(f.own?.s)}, inside the window, with ${n(f.own?.tickets)} of at most ${n(f.manifest?.ticketsMax)} tickets.`,
    proves: "The file is about another entry than the receipt, or the shop took an entry that its own plan forbids.",
  },
  receipt: {
    title: "The shop signed for it",
    ok: (f) => `Place ${n(f.own?.index)} in shard ${n(f.own?.shard)}, signed with the session's key at ${at(f.group?.s)}.`,
    proves:
      "Nothing against the shop: this receipt does not carry its signature. If it came from the shop's page, keep it and ask.",
  },
  place: {
    title: "Your place is in the sealed list",
    ok: (f) => `The seal covers ${n(f.seal?.entries)} entries. At your place stands yours, unchanged.`,
    proves:
      "The shop signed that this place is yours, and sealed a list that says otherwise. Receipt and seal together prove that an entry was taken out or swapped.",
  },
  logged: {
    title: "Seal and result are in the public log",
    ok: (f) => `Entries ${n(f.sealIndex)} and ${n(f.resultIndex)} of ${f.manifest?.origin}, signed by the log.`,
    proves:
      "Whoever compares it with the public log sees another seal or result than the one shown to you: two versions of one draw.",
  },
  witnesses: {
    title: "Witnesses saw the same log",
    ok: (f) => `${n(f.witnesses?.sealed.length)} of ${n(f.witnesses?.n)} signed the seal: ${names(f.witnesses?.sealed ?? [])}.`,
    proves: "Without enough witnesses the plan itself says that this seal or result does not count.",
  },
  deadline: {
    title: "The seal is older than the random number",
    ok: (f) =>
      `Seen by the witnesses at ${(f.witnesses?.sealed ?? []).map(({ time }) => at(time)).join(", ")}. The limit was ${at(f.deadline)}, the random number came at ${at(f.beaconAt)}.`,
    proves: "The witnesses' own times stand in this file: they saw the seal too late for it to count.",
  },
  exclusion: {
    title: "Excluded before the draw, with a reason",
    ok: (f) => `Your entry is in the sealed list of ${n(f.seal?.excluded)} exclusions.`,
    proves: "The entry is missing from the draw without standing in the sealed list of exclusions. Receipt and seal prove it.",
  },
  table: {
    title: "You are in the list of your store",
    ok: (f) => `The sealed list for this product and store has ${n(f.table?.n)} rows. One of them is yours.`,
    proves: "The shop signed for this entry and drew from a list without it. Receipt and seal together prove it.",
  },
  stock: {
    title: "The stock is the announced one",
    ok: (f) =>
      `${n(f.pool?.stock)} units and ${n(f.pool?.wait)} waitlist places, fixed before the opening; ${n(f.winners)} winners.`,
    proves: `The plan fixed the stock before anybody entered, and the result contradicts it. ${PUBLIC}`,
  },
  beacon: {
    title: "The random number is genuine",
    ok: (f) => `It carries the signature of ${f.chain?.name}, which no shop can make.`,
    proves: "Anybody can ask the beacon for this round and sees that the shop used another number.",
  },
  seed: {
    title: "The draw's number follows from seal and random number",
    ok: (f) => `${hash(f.seed)}, computed here again.`,
    proves: PUBLIC,
  },
  score: {
    title: "Your score and the cut-off",
    ok: (f) => scored(f),
    proves:
      "Your score and the cut-off stand in this file, and they say something else than the published result. Anybody can compute it again.",
  },
  list: {
    title: "The whole list of your store",
    ok: (f) => `All ${n(f.table?.n)} rows are here, in order, with the sealed fingerprint ${hash(f.table?.root)}.`,
    proves: RESEND,
  },
  winners: {
    title: "All winners follow",
    ok: (f) => `Drawn here again: the same ${n(f.winners)} winners, the same ${n(f.waits)} on the waitlist, the same cut-off.`,
    proves: PUBLIC,
  },
};

function scored({ standing, score, cutoff, rank = 0, winners = 0, waits = 0 }: Facts): string {
  const both = `Your score ${hash(score)}, cut-off ${hash(cutoff)}`;
  if (standing === "won") return `${both}: at or below it, so you won. Rank ${n(rank + 1)} of ${n(winners)}.`;
  if (standing === "wait") return `${both}: above it, so not won. Place ${n(rank - winners + 1)} of ${n(waits)} on the waitlist.`;
  return `${both}: above it, so not won.`;
}

/** What is left open, and what to do about it. */
const open: { [Name in OpenReason]: (facts: Facts) => string } = {
  "plan-not-seen": (f) =>
    `This page has not seen the plan before. Compare its fingerprint with a receipt of the session or with what a witness keeps: ${f.M}`,
  "identity-not-shown": () =>
    "The receipt was made for showing: it keeps its owner's numbers private, so whose shard it belongs to is not checked.",
  "log-key-unknown": (f) => `The key of ${f.manifest?.origin} is not known here, so the log's own signature is not checked.`,
  "no-witnesses": () => "This session has no witnesses: only the shop itself says that everybody sees the same log.",
  "no-witnesses-deadline": () => "Without witnesses nobody but the shop says when the list was sealed.",
  "local-beacon": (f) =>
    `The signature is that of ${f.chain?.name}, a LOCAL beacon for trying out. Whoever runs it can choose its numbers.`,
};

/** What was done wrong, by reason. */
const failed: { [Name in Reason]: string } = {
  "not-a-proof": "This is not a proof of a draw.",
  "too-long": "This is longer than any proof can be.",
  truncated: "The file ends in the middle.",
  "unknown-part": "The file holds a part that no proof has.",
  "part-order": "The parts are not in their order, or one is there twice.",
  "missing-part": "A part is missing.",
  "surplus-part": "Parts stand together that exclude each other.",
  "part-form": "A part does not have its form.",
  "text-form": "The text is not a proof of a log entry.",
  "text-differs": "What stands around the proof is not what stands inside it.",
  "plan-form": "The plan does not have the form that this check knows.",
  "plan-changed": "The plan was changed: it is not the one that your receipt names.",
  "beacon-unknown": "The random number comes from a source that this page does not know.",
  "beacon-differs": "The plan describes the beacon with a start or a pace that are not its own.",
  "round-formula": "The round was picked: it is not the one that follows from the closing time.",
  fallback: "The plan allows another source if the random number is late.",
  "wrong-shard": "The entry stands in a shard that is not this person's.",
  "tickets-out-of-range": "The entry has more tickets than the plan allows.",
  "outside-window": "The entry was made outside of the announced window.",
  "group-range": "The signature covers other places than this one.",
  "receipt-signature": "The shop's signature does not fit: entry, person or place are not what it signed for.",
  "seal-form": "The seal does not have the form that this check knows.",
  "seal-foreign": "The seal belongs to another session or another plan.",
  "not-in-shard": "The sealed shard ends before your place: entries were taken out.",
  "shard-not-sealed": "Another entry is sealed at your place, or none.",
  "checkpoint-form": "The log's checkpoint cannot be read.",
  "other-log": "The checkpoint belongs to another log than the plan names.",
  "log-signature": "The log did not sign this checkpoint.",
  "seal-not-logged": "This seal is not the one in the public log.",
  "result-form": "The result does not have the form that this check knows.",
  "result-foreign": "The result belongs to another seal, session or plan.",
  "result-before-seal": "The result was in the log before the seal.",
  "result-not-logged": "This result is not the one in the public log.",
  "witness-keys": "The plan names witnesses whose keys are no good, or one of them twice.",
  cosignature: "A witness's signature is not genuine.",
  "foreign-signature": "Somebody signed whom the plan does not name as a witness.",
  "no-quorum": "Fewer witnesses signed than the plan asks for.",
  "seal-late": "The list was sealed too late: the random number may have been known.",
  "unknown-exclusion": "The entry was excluded for a reason that is in no published table.",
  "not-excluded": "The entry is said to be excluded, but the sealed list of exclusions does not have it so.",
  "not-in-table": "The list of your store ends before the row that is said to be yours.",
  "table-not-sealed": "The list of your store was changed: yours is not in the sealed one.",
  "pool-not-announced": "Stock, waitlist or store are not what the plan announced.",
  "other-pool": "The result shown is that of another product or store.",
  "stock-changed": "The draw used another stock than announced.",
  "count-changed": "The draw used another number of entries than the sealed list has.",
  "winners-count": "There are fewer or more winners than units.",
  "waits-count": "The waitlist is not as long as announced.",
  "cutoff-rule": "The cut-off leaves people out although there was enough for everybody.",
  "result-row": "The result of your store is not the published one.",
  "round-changed": "The draw used another round than the plan names.",
  "beacon-signature": "The random number is not the beacon's, or is spelled in a second way.",
  "seed-changed": "The draw used another number than seal and random number give.",
  "winner-left-out": "Your score wins, but you are not among the winners.",
  "winner-put-in": "The score does not win, but stands among the winners.",
  "win-row": "The winners' list has somebody else, or another score, at this rank.",
  "wait-row": "The waitlist has somebody else, or another score, at this place.",
  "wait-left-out": "Everybody who did not win is on the waitlist, but you are not.",
  "cutoff-not-last": "The cut-off is not the score of the last winner.",
  "list-form": "The list of your store is not whole or not in order.",
  "list-count": "The list of your store has more or fewer rows than sealed.",
  "list-not-sealed": "The list of your store is not the sealed one.",
  "result-list-form": "The published result of your store is not whole.",
  "cutoff-changed": "The published cut-off is not the one that the draw gives.",
  "winners-changed": "The published winners are not the ones that the draw gives.",
  "waits-changed": "The published waitlist is not the one that the draw gives.",
  "own-rank": "Your own place in the whole draw is another one than your proof says.",
};

const STANDING: { [Name in Standing]: string } = {
  won: "won",
  wait: "on the waitlist",
  lost: "not won",
  excluded: "excluded",
};

export const en = {
  steps,
  open,
  failed,
  proof: "Proof",
  proves: "What the saved file proves",
  running: "Checking on this device…",
  step: (done: number) => `${done} steps checked`,
  state: { ok: "holds", open: "left open", failed: "does not hold", working: "being checked" },
  all: (steps: number) => `All ${steps} steps hold`,
  someOpen: (steps: number, left: number) => `${steps} steps hold, ${left} left open`,
  broken: "One step does not hold",
  verdict: "Checked on this device",
  openTitle: "Left open",
  witnessList: "Witnesses",
  byBrand: "run by the brand",
  independent: "independent",
  seenAt: (time: number) => `saw the seal ${at(time)}`,
  localTrial: "This draw used a local beacon for trying out: it proves nothing to others.",
  poolMissing: "The whole list could not be downloaded, so only your own result is checked. Try again when the network is better.",
  levels: { own: "Your own result", pool: "All winners of your store" },
  life: {
    title: "What became of this receipt",
    entered: (s: number, shard: number, index: number) => `Entered ${at(s)}: shard ${shard}, no. ${index}.`,
    withdrawn: "Withdrawn by its owner before the close.",
    excluded: (reason: string) => `Excluded before the draw: ${reason}.`,
    sealed: (entries: number, s?: number) =>
      `Sealed with ${count(entries)} entries${s === undefined ? "" : `, seen by witnesses ${at(s)}`}.`,
    drawn: (s: number, standing: Standing, place: string) => `Drawn ${at(s)}: ${STANDING[standing]}${place}.`,
    rank: (rank: number, of: number) => `, rank ${count(rank)} of ${count(of)}`,
    wait: (place: number, of: number) => `, place ${count(place)} of ${count(of)}`,
    awarded: (wave: number) => `A unit was awarded in wave ${wave}.`,
    lapsed: (wave: number, cause: string) => `The unit lapsed in wave ${wave}: ${cause}.`,
    notReached: (waves: number) => `The units did not reach this place in ${waves} ${waves === 1 ? "wave" : "waves"} so far.`,
    cause: { 1: "not paid", 2: "given back", 3: "not collected", 4: "failed at hand-over" } as { [cause: number]: string },
  },
  reasons: reasonsEn,
};

export type CheckWords = typeof en;
