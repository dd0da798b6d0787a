// The check in English: each step in plain words, what was done wrong where one fails, and what the saved file then proves.
import type { OpenReason, Reason, StepName } from "../../domain/proof/reasons.ts";
import type { Facts, Standing } from "../../domain/proof/work.ts";
import { count, short, when } from "../shared/format.ts";
import { faultsEn } from "./fault-words.ts";
import { reasonsEn } from "./reason-words.ts";

const at = (unixS: number | undefined): string => (unixS === undefined ? "?" : when(unixS, 0, true));
const n = (value: number | undefined): string => (value === undefined ? "?" : count(value));
const some = (value: number | undefined, one: string, more = `${one}s`): string => `${n(value)} ${value === 1 ? one : more}`;
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
      `Entered ${at(f.own?.s)}, inside the window, with ${n(f.own?.tickets)} of at most ${some(f.manifest?.ticketsMax, "draw ticket")}.`,
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
    ok: (f) => `The seal covers ${some(f.seal?.entries, "entry", "entries")}. At your place stands yours, unchanged.`,
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
    ok: (f) => `Your entry is in the sealed list of ${some(f.seal?.excluded, "exclusion")}.`,
    proves: "The entry is missing from the draw without standing in the sealed list of exclusions. Receipt and seal prove it.",
  },
  table: {
    title: "You are in the list of your store",
    ok: (f) => `The sealed list for this product and store has ${some(f.table?.n, "row")}. One of them is yours.`,
    proves: "The shop signed for this entry and drew from a list without it. Receipt and seal together prove it.",
  },
  stock: {
    title: "The stock is the announced one",
    ok: (f) =>
      `${some(f.pool?.stock, "unit")} and ${some(f.pool?.wait, "waitlist place")}, fixed before the opening; ${some(f.winners, "winner")}.`,
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
    ok: (f) => `The sealed list, whole and in order: ${some(f.table?.n, "row")}, fingerprint ${hash(f.table?.root)}.`,
    proves: RESEND,
  },
  winners: {
    title: "All winners follow",
    ok: (f) => `Drawn here again: the same ${some(f.winners, "winner")}, the same ${n(f.waits)} on the waitlist, the same cut-off.`,
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

const STANDING: { [Name in Standing]: string } = {
  won: "won",
  wait: "on the waitlist",
  lost: "not won",
  excluded: "excluded",
};

/** Where a file may simply have been damaged on its way, whatever its step proves otherwise. */
const provesOf: { [Name in Reason]?: string } = { "result-list-form": RESEND, "result-list-differs": RESEND };

export const en = {
  steps,
  provesOf,
  open,
  failed: faultsEn,
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
    outcome: {
      0: "Nobody appealed.",
      1: "The appeal was refused.",
      2: "The appeal was granted: in the draw again.",
      3: "The appeal was not decided in time: in the draw again.",
    } as { [outcome: number]: string },
    sealed: (entries: number, s?: number) =>
      `Sealed with ${some(entries, "entry", "entries")}${s === undefined ? "" : `, seen by witnesses ${at(s)}`}.`,
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
