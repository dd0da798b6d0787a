// The check of one phone proof: honest ones hold, every single edit and every lie of an operator is caught by its step with its reason.
import { describe, expect, it } from "vitest";
import type { Bytes } from "../../../domain/bytes.ts";
import { QUICKNET } from "../../../domain/draw/chains.ts";
import { checkProof } from "../../../domain/proof/check.ts";
import { checkPool } from "../../../domain/proof/pool.ts";
import { type Proof, proofBytes, readProof } from "../../../domain/proof/proof.ts";
import { REASONS, STEPS, type Step } from "../../../domain/proof/reasons.ts";
import type { Facts, Trust } from "../../../domain/proof/work.ts";
import { provenSession } from "../../support/small-log.ts";
import { BYTE_EDITS, EVERYBODY_WAITS, LIES, PERSON, POOL_EDITS, POOL_LIES, PROOF_EDITS } from "../../support/tamperings.ts";

const honest = provenSession();

function checked(open: () => Proof, trust: Trust = honest.trust): { steps: Step[]; facts: Facts } {
  const run = checkProof(open, trust);
  const steps: Step[] = [];
  for (;;) {
    const { done, value } = run.next();
    if (done) return { steps, facts: value };
    steps.push(value);
  }
}

const stepOf = (reason: string) => STEPS.find((step) => (REASONS[step] as readonly string[]).includes(reason));
const caughtAs = (reason: string) => ({ step: stepOf(reason), state: "failed", reason });
const poolFiles = (pool: number) => ({
  table: honest.files.get(`tables/${pool}`) as Bytes,
  result: honest.files.get(`results/${pool}`) as Bytes,
});

const LEVEL1 = STEPS.filter((step) => step !== "list" && step !== "winners");

describe("an honest proof", () => {
  it.each<[string, number, string, number | undefined]>([
    ["the first winner", 0, "won", 0],
    ["the last winner", 6, "won", 1],
    ["the waitlist", 1, "wait", 2],
    ["nobody's luck", 3, "lost", undefined],
    ["enough for everybody", 2, "won", 2],
  ])("holds in every step: %s", (_, person, standing, rank) => {
    const { steps, facts } = checked(() => readProof(proofBytes(honest.proof(person))));
    expect(steps).toEqual(LEVEL1.filter((step) => step !== "exclusion").map((step) => ({ step, state: "ok" })));
    expect([facts.standing, facts.rank]).toEqual([standing, rank]);
    expect(facts.witnesses).toMatchObject({ k: 2, n: 3, independent: 2 });
    const pool = [...checkPool(facts, poolFiles(facts.pool?.pool as number))];
    expect(pool).toEqual([
      { step: "list", state: "ok" },
      { step: "winners", state: "ok" },
    ]);
  });

  it("of an excluded entry holds, says the reason, and has no table, stock or score", () => {
    const { steps, facts } = checked(() => honest.proof(PERSON.excluded));
    const left = LEVEL1.filter((step) => !["table", "stock", "score"].includes(step));
    expect(steps).toEqual(left.map((step) => ({ step, state: "ok" })));
    expect([facts.standing, facts.reason, facts.score]).toEqual(["excluded", 1, undefined]);
  });
});

describe("what cannot be decided is left open and said", () => {
  const open = (trust: Partial<Trust>, session = honest, person: number = PERSON.won) =>
    checked(() => session.proof(person), { ...session.trust, ...trust }).steps.filter(({ state }) => state !== "ok");

  it("a plan that this device has not seen before", () => {
    expect(open({ seen: undefined })).toEqual([{ step: "plan", state: "open", reason: "plan-not-seen" }]);
  });

  it("a log whose key nobody gave", () => {
    expect(open({ logKeys: [] })).toEqual([{ step: "logged", state: "open", reason: "log-key-unknown" }]);
  });

  it("a session without witnesses", () => {
    expect(open({}, provenSession({}, { k: 0, sealedBefore: [], drawnBefore: [] }))).toEqual([
      { step: "witnesses", state: "open", reason: "no-witnesses" },
      { step: "deadline", state: "open", reason: "no-witnesses-deadline" },
    ]);
  });

  it("a beacon that is a local one for trying out", () => {
    expect(open({ chains: [{ ...QUICKNET, local: true }] })).toEqual([{ step: "beacon", state: "open", reason: "local-beacon" }]);
  });

  it("a receipt that was made for other people's eyes", () => {
    const proof = honest.proof(PERSON.won);
    const eid = honest.places[PERSON.won]?.entry.eid as Bytes;
    const { steps, facts } = checked(() => ({ ...proof, own: { ...proof.own, identity: { eid } } }));
    expect(steps.filter(({ state }) => state !== "ok")).toEqual([{ step: "entry", state: "open", reason: "identity-not-shown" }]);
    expect(facts.standing).toBe("won");
  });
});

describe("one edit of a proof is caught with its reason", () => {
  it.each(PROOF_EDITS)("%s: %s", (reason, _, who, edit) => {
    const edited = edit(honest.proof(PERSON[who]));
    expect(checked(() => edited).steps.at(-1)).toEqual(caughtAs(reason));
  });

  it.each(BYTE_EDITS)("%s: %s", (reason, _, edit) => {
    const bytes = edit(proofBytes(honest.proof(PERSON.won)));
    expect(checked(() => readProof(bytes)).steps).toEqual([{ step: "file", state: "failed", reason }]);
  });

  it("wait-left-out: a waitlist that holds everybody, without this one", () => {
    const session = provenSession(EVERYBODY_WAITS);
    const proofs = session.places.map(({ person }) => session.proof(person));
    const proof = proofs.find(({ standing }) => "wait" in standing) as Proof;
    const { wait: _, ...standing } = proof.standing as { wait?: object };
    expect(checked(() => ({ ...proof, standing }) as Proof, session.trust).steps.at(-1)).toEqual(caughtAs("wait-left-out"));
  });
});

describe("an operator who lies from the start is caught with the reason", () => {
  it.each(LIES)("%s: %s", (reason, _, who, lies, log) => {
    const session = provenSession(lies, log);
    expect(checked(() => session.proof(PERSON[who]), session.trust).steps.at(-1)).toEqual(caughtAs(reason));
  });
});

describe("what belongs to another session", () => {
  const other = provenSession({ manifest: (m) => ({ ...m, session: "small-2" }) });

  it("is caught as another plan where the receipt names its own", () => {
    expect(checked(() => other.proof(PERSON.won)).steps.at(-1)).toEqual(caughtAs("plan-changed"));
  });

  it("is caught by the signature where no plan was seen before: a receipt here, everything else from there", () => {
    const { own, group } = honest.proof(PERSON.won);
    const proof = { ...other.proof(PERSON.won), own, group };
    const trust = { ...honest.trust, seen: undefined };
    expect(checked(() => proof, trust).steps.at(-1)?.state).toBe("failed");
    expect(["entry", "receipt"]).toContain(checked(() => proof, trust).steps.at(-1)?.step);
  });

  it("is caught by its header: the list of another session", () => {
    const { facts } = checked(() => honest.proof(PERSON.won));
    const files = { ...poolFiles(7), table: other.files.get("tables/7") as Bytes };
    expect([...checkPool(facts, files)].at(-1)).toEqual(caughtAs("list-form"));
  });
});

describe("one edit of the pool's files is caught with its reason", () => {
  const { facts } = checked(() => honest.proof(PERSON.won));

  it.each(POOL_EDITS)("%s: %s", (reason, _, file, edit) => {
    const files = poolFiles(7);
    const steps = [...checkPool(facts, { ...files, [file]: new Uint8Array(edit(files[file])) })];
    expect(steps.at(-1)).toEqual(caughtAs(reason));
  });

  it.each(POOL_LIES)("%s, although level 1 of who lost holds: %s", (reason, _, lies) => {
    const session = provenSession(lies);
    const level1 = checked(() => session.proof(PERSON.lost), session.trust);
    expect(level1.steps.filter(({ state }) => state !== "ok")).toEqual([]);
    const files = { table: session.files.get("tables/7") as Bytes, result: session.files.get("results/7") as Bytes };
    expect([...checkPool(level1.facts, files)].at(-1)).toEqual(caughtAs(reason));
    // The honest file beside a lie in the log does not help.
    expect([...checkPool(level1.facts, poolFiles(7))].at(-1)).toEqual(caughtAs(reason));
  });

  it("own-rank: who was on the waitlist is told to have lost", () => {
    const proof = honest.proof(PERSON.wait);
    const { wait: _, ...standing } = proof.standing as { wait?: object };
    const level1 = checked(() => ({ ...proof, standing }) as Proof);
    expect(level1.facts.standing).toBe("lost");
    expect([...checkPool(level1.facts, poolFiles(7))].at(-1)).toEqual(caughtAs("own-rank"));
  });

  it("own-rank: a level 1 that said otherwise", () => {
    expect([...checkPool({ ...facts, rank: 1 }, poolFiles(7))].at(-1)).toEqual(caughtAs("own-rank"));
    expect([...checkPool({ ...facts, standing: "lost" }, poolFiles(7))].at(-1)).toEqual(caughtAs("own-rank"));
  });
});

it("every reason has a case above that shows it", () => {
  const shown = [PROOF_EDITS, BYTE_EDITS, LIES, POOL_EDITS, POOL_LIES].flatMap((cases) => cases.map(([reason]) => reason));
  const elsewhere = ["wait-left-out", "own-rank", "text-form", "text-differs"];
  expect(new Set([...shown, ...elsewhere])).toEqual(new Set(Object.values(REASONS).flat()));
});

/** npm run conformance does the same with every byte of a longer proof. */
it("no place of a proof is without weight: one changed bit in any fifth byte, and a step fails", () => {
  const bytes = proofBytes(honest.proof(PERSON.won));
  const held: number[] = [];
  for (let at = 0; at < bytes.length; at += 5) {
    const changed = bytes.with(at, (bytes[at] as number) ^ (1 << (at % 8)));
    if (checked(() => readProof(changed)).steps.at(-1)?.state !== "failed") held.push(at);
  }
  expect(held).toEqual([]);
}, 60_000);
