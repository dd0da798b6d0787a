// A session and its witnesses: what waits for them, what goes on without them, and what their signatures decide.
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { SessionDesk } from "../../contracts/sessions.ts";
import { reserveAt } from "../../contracts/shard.ts";
import { recordsOf } from "../../records/database.ts";
import { liveSessions } from "../../records/sessions.ts";
import { auditedLog, provenFiles } from "./support/log.ts";
import {
  announced,
  at,
  CLOSE,
  freshId,
  freshWorld,
  guest,
  listed,
  OPEN,
  POOLS,
  planFor,
  request,
  runUntil,
  sessionOf,
  shardOfGuest,
  stateOf,
} from "./support/session.ts";
import { type TestWitness, withWitnesses } from "./support/witnesses.ts";
import { START_MS, world } from "./support/world.ts";

/** The test plan: 30 s of review, then 10 s to the beacon's round. */
const DEADLINE = CLOSE + 30;
const NOW = START_MS / 1000;

let witnesses: [TestWitness, TestWitness, TestWitness];

beforeEach(() => {
  freshWorld();
  const tag = freshId("w");
  witnesses = withWitnesses(2, [`${tag}-1.test`, `${tag}-2.test`, `${tag}-3.test`]) as typeof witnesses;
});

const down = (...list: TestWitness[]) => {
  for (const witness of list) witness.mood = () => undefined;
};
const up = (...list: TestWitness[]) => {
  for (const witness of list) witness.mood = (honest) => honest();
};

async function deskOf(id: string): Promise<SessionDesk> {
  const outcome = await sessionOf(id).desk();
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.value;
}

async function planned(id: string): Promise<void> {
  await sessionOf(id).plan(planFor(id));
  await sessionOf(id).allot({ pools: POOLS });
}

async function entered(id: string, names = ["ada", "bo", "cy"]): Promise<void> {
  const M = await announced(id);
  at(OPEN);
  for (const name of names) {
    const person = guest(name, M);
    expect(await reserveAt(shardOfGuest(id, person), request(person, 2))).toMatchObject({ ok: true });
  }
}

const records = () => recordsOf(env.DB, "fairpour");
const publicWaiting = async (id: string) => (await listed(id))?.waiting;
const exists = async (id: string, name: string) => (await env.FILES.head(`draws/${id}/${name}`)) !== null;
const signed = (desk: Pick<SessionDesk, "waiting">) => desk.waiting?.witnesses.filter((witness) => witness.signed).length;

describe("a session with a quorum", () => {
  it("shows manifest, seal, result, every wave and its settlement in the log, each with a proof of its own", async () => {
    const id = freshId();
    await entered(id);
    await runUntil(id, CLOSE + 1000);
    expect(await stateOf(id)).toBe("settled");
    expect((await deskOf(id)).waves.length).toBeGreaterThan(1);
    const waves = (await deskOf(id)).waves.map(({ no }) => `waves/${no}`);
    expect(await provenFiles(id)).toEqual(["manifest", "result", "seal", "settled", ...waves]);
    expect((await auditedLog()).length).toBeGreaterThanOrEqual(4 + waves.length);
    expect(await publicWaiting(id)).toBeUndefined();
  });

  it("goes on with one witness down, from beginning to end", async () => {
    const id = freshId();
    down(witnesses[0]);
    await entered(id);
    await runUntil(id, CLOSE + 1000);
    expect(await stateOf(id)).toBe("settled");
    expect(await provenFiles(id)).toContain("settled");
  });

  it("names its witnesses in the manifest as the settings did when it was announced", async () => {
    const id = freshId();
    await announced(id);
    const file = await (await env.FILES.get(`draws/${id}/manifest.json`))?.json<{ witnesses: object }>();
    expect(file?.witnesses).toMatchObject({ k: 2, keys: [{ by: "Witness 1", brand: true }, { brand: false }, { brand: false }] });
    expect(JSON.stringify(file), "where they are asked is not said").not.toContain("http://");
  });
});

describe("announcing", () => {
  it("waits for the quorum: the manifest is fixed, nothing is public, and the desk says who has signed", async () => {
    const id = freshId();
    down(witnesses[0], witnesses[1]);
    await planned(id);
    const outcome = await sessionOf(id).announce();
    expect(outcome).toMatchObject({
      ok: true,
      value: {
        state: "draft",
        waiting: {
          entry: "manifest",
          needed: 2,
          witnesses: [
            { by: "Witness 1", brand: true, signed: false },
            { by: "Witness 2", signed: false },
            { by: "Witness 3", brand: false, signed: true },
          ],
        },
      },
    });
    expect(await deskOf(id)).toMatchObject({ state: "draft", waiting: { entry: "manifest" } });
    expect(await exists(id, "manifest.json")).toBe(false);
    expect(await listed(id)).toBeUndefined();
    expect(await sessionOf(id).allot({ pools: POOLS })).toEqual({ ok: false, refusal: "not_draft" });

    up(witnesses[0]);
    await runUntil(id, NOW + 5);
    expect(await stateOf(id)).toBe("announced");
    expect(await provenFiles(id)).toEqual(["manifest"]);
    const again = await sessionOf(id).announce();
    expect(again.ok && outcome.ok && again.value.manifest).toBe(outcome.ok && outcome.value.manifest);
  });

  it("that has no quorum before open less the lead has failed for ever, and says so", async () => {
    const id = freshId();
    down(witnesses[0], witnesses[1]);
    await planned(id);
    await sessionOf(id).announce();
    await runUntil(id, OPEN + 3);
    up(witnesses[0], witnesses[1]);
    expect(await sessionOf(id).announce()).toEqual({ ok: false, refusal: "announced_too_late" });
    await runUntil(id, CLOSE + 1000);
    expect(await deskOf(id)).toMatchObject({ state: "draft", late: true });
    expect(await exists(id, "manifest.json")).toBe(false);
    expect(await sessionOf(id).voidSession("No.")).toEqual({ ok: false, refusal: "not_found" });
  });

  it("counts a cosignature by the witness's clock, not by ours", async () => {
    const id = freshId();
    for (const witness of witnesses) witness.clockS = 60;
    await planned(id);
    expect(await sessionOf(id).announce()).toMatchObject({ ok: true, value: { state: "draft" } });
    await runUntil(id, OPEN + 3);
    expect(await sessionOf(id).announce()).toEqual({ ok: false, refusal: "announced_too_late" });
  });

  it("waits while the log cannot be reached or refuses to sign, and nothing is lost", async () => {
    const id = freshId();
    await planned(id);
    world().fate = (call) => (call === "log.add" ? "lost" : "ok");
    expect(await sessionOf(id).announce()).toMatchObject({ ok: true, value: { state: "draft" } });
    world().fate = (call) => (call === "log.add" ? "done-but-lost" : "ok");
    await runUntil(id, NOW + 3);
    expect(await stateOf(id)).toBe("draft");
    world().fate = () => "ok";
    await runUntil(id, NOW + 6);
    expect(await stateOf(id)).toBe("announced");
  });
});

describe("sealing", () => {
  it("waits for the quorum and says so to everybody; a session whose witnesses come back in time is frozen", async () => {
    const id = freshId();
    await entered(id);
    down(witnesses[1], witnesses[2]);
    await runUntil(id, CLOSE + 15);
    const desk = await deskOf(id);
    expect(desk).toMatchObject({ state: "closed", waiting: { entry: "seal", needed: 2 } });
    expect(signed(desk)).toBe(1);
    expect(await publicWaiting(id)).toEqual(desk.waiting);
    expect(await (await env.FILES.get(`draws/${id}/waiting.json`))?.json()).toEqual(desk.waiting);
    expect(await exists(id, "seal.json")).toBe(false);
    up(witnesses[2]);
    await runUntil(id, CLOSE + 20);
    expect(await stateOf(id)).toBe("frozen");
    expect(await publicWaiting(id)).toBeUndefined();
    expect(await exists(id, "waiting.json")).toBe(false);
    expect(await provenFiles(id)).toEqual(["manifest", "seal"]);
    await runUntil(id, CLOSE + 60);
    expect(await stateOf(id)).toBe("awarding");
  });

  it("without a quorum before the deadline voids the session; the void goes into the log when the witnesses are back", async () => {
    const id = freshId();
    await entered(id);
    down(witnesses[1], witnesses[2]);
    await runUntil(id, DEADLINE + 3);
    expect(await deskOf(id)).toMatchObject({ state: "voided", waiting: { entry: "void" } });
    expect(await publicWaiting(id)).toMatchObject({ entry: "void" });
    expect(await liveSessions(records()), "the sweep goes on looking after it").toContain(id);
    up(witnesses[1], witnesses[2]);
    await runUntil(id, DEADLINE + 120);
    expect(await provenFiles(id)).toEqual(["manifest", "void"]);
    expect(await publicWaiting(id)).toBeUndefined();
    expect(await liveSessions(records())).not.toContain(id);
    expect(await (await env.FILES.get(`draws/${id}/void.json`))?.json()).toMatchObject({ cause: "no-seal", rollTo: "" });
    for (const name of ["seal.json", "result.json"]) expect(await exists(id, name), name).toBe(false);
  });

  it("is not saved by cosignatures that came after the deadline", async () => {
    const id = freshId();
    await entered(id);
    witnesses[1].clockS = 60;
    witnesses[2].clockS = 60;
    await runUntil(id, DEADLINE + 5);
    expect(await stateOf(id)).toBe("voided");
  });

  it("stands where the quorum was there in time, even if we hear of it only after the deadline", async () => {
    const id = freshId();
    await entered(id);
    world().fate = (call) => (call === "log.add" ? "done-but-lost" : "ok");
    await runUntil(id, DEADLINE + 5);
    expect(await stateOf(id), "nobody else can say that it came too late").toBe("closed");
    world().fate = () => "ok";
    await runUntil(id, DEADLINE + 8);
    expect(await stateOf(id)).toBe("frozen");
    await runUntil(id, CLOSE + 60);
    expect(await stateOf(id)).toBe("awarding");
  });
});

describe("after the seal", () => {
  it("the draw and the waves wait for no witness, and their proofs follow when there are some", async () => {
    const id = freshId();
    await entered(id);
    await runUntil(id, CLOSE + 10);
    expect(await stateOf(id)).toBe("frozen");
    down(...witnesses);
    await runUntil(id, CLOSE + 60);
    expect(await deskOf(id)).toMatchObject({ state: "awarding", waiting: { entry: "result" } });
    expect(await exists(id, "result.json")).toBe(true);
    expect(await exists(id, "result.tlog-proof")).toBe(false);
    up(...witnesses);
    await runUntil(id, CLOSE + 1000);
    expect(await provenFiles(id)).toEqual(expect.arrayContaining(["result", "waves/1", "settled"]));
  });

  it("the draw waits for the log itself: there is no result that is not in it", async () => {
    const id = freshId();
    await entered(id);
    await runUntil(id, CLOSE + 10);
    world().fate = (call) => (call === "log.add" ? "lost" : "ok");
    await runUntil(id, CLOSE + 60);
    expect(await stateOf(id)).toBe("frozen");
    expect(await exists(id, "result.json")).toBe(false);
    world().fate = () => "ok";
    await runUntil(id, CLOSE + 70);
    expect(await stateOf(id)).toBe("awarding");
  });
});

describe("an operator's void", () => {
  it("with its quorum counts at once, in the log and in public", async () => {
    const id = freshId();
    await entered(id);
    expect(await sessionOf(id).voidSession("Bottles broke.")).toEqual({ ok: true, value: { state: "voided" } });
    await runUntil(id, OPEN + 5);
    expect(await provenFiles(id)).toEqual(["manifest", "void"]);
    expect(await (await env.FILES.get(`draws/${id}/void.json`))?.json()).toMatchObject({
      cause: "operator",
      text: "Bottles broke.",
    });
  });

  it("without one changes nothing until it has it", async () => {
    const id = freshId();
    await entered(id);
    down(witnesses[0], witnesses[1]);
    expect(await sessionOf(id).voidSession("Bottles broke.")).toEqual({ ok: true, value: { state: "open" } });
    expect(await deskOf(id)).toMatchObject({ state: "open", waiting: { entry: "void" } });
    up(witnesses[0]);
    await runUntil(id, OPEN + 10);
    expect(await stateOf(id)).toBe("voided");
  });

  it("that had none before the deadline does not count: the session stands and is drawn", async () => {
    const id = freshId();
    await entered(id);
    await runUntil(id, CLOSE + 10);
    down(witnesses[0], witnesses[1]);
    await sessionOf(id).voidSession("Bottles broke.");
    await runUntil(id, DEADLINE + 2);
    up(witnesses[0], witnesses[1]);
    await runUntil(id, CLOSE + 60);
    const desk = await deskOf(id);
    expect(desk.state).toBe("awarding");
    expect(desk.voided).toBeUndefined();
    expect(desk.waiting).toBeUndefined();
    expect(await sessionOf(id).voidSession("Again.")).toEqual({ ok: false, refusal: "too_late_to_void" });
  });

  it("that nobody has heard the end of holds the draw: a timely one counts even then", async () => {
    const id = freshId();
    await entered(id);
    await runUntil(id, CLOSE + 10);
    world().fate = (call) => (call === "log.add" ? "done-but-lost" : "ok");
    await sessionOf(id).voidSession("Bottles broke.");
    await runUntil(id, CLOSE + 100);
    expect(await stateOf(id)).toBe("frozen");
    world().fate = () => "ok";
    await runUntil(id, CLOSE + 105);
    expect(await stateOf(id)).toBe("voided");
    expect(await exists(id, "result.json")).toBe(false);
  });

  it("that missed its quorum does not stand in the way of one for want of a seal", async () => {
    const id = freshId();
    await entered(id);
    down(witnesses[0], witnesses[1]);
    await sessionOf(id).voidSession("Bottles broke.");
    await runUntil(id, DEADLINE + 5);
    up(witnesses[0], witnesses[1]);
    await runUntil(id, DEADLINE + 120);
    expect(await deskOf(id)).toMatchObject({ state: "voided" });
    expect(await (await env.FILES.get(`draws/${id}/void.json`))?.json()).toMatchObject({ cause: "no-seal" });
    expect(await provenFiles(id)).toEqual(["manifest", "void"]);
  });
});
