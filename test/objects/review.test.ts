// The end of the review, inside workerd: what stands is sealed and logged, whatever was lost on the way.
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { EXCLUSION_REASONS } from "../../domain/draw/reasons.ts";
import type { Review } from "../../domain/draw/review.ts";
import { FINAL } from "../../durable-objects/shard/messages.ts";
import { audited } from "./support/audit.ts";
import { provenFiles } from "./support/log.ts";
import { ANN, agreed, appealOf, BEN, DECIDE_S, decisionsOf, entered, exclusionsOf, type Member } from "./support/review.ts";
import {
  announced,
  CLOSE,
  forget,
  freshId,
  freshWorld,
  runUntil,
  sessionOf,
  shardAt,
  shardOfGuest,
  stateOf,
} from "./support/session.ts";
import { world } from "./support/world.ts";

beforeEach(freshWorld);

const NAMES = ["ada", "bo", "cy", "di", "eve"];
const SEALED = CLOSE + DECIDE_S + 2;
const DRAWN = CLOSE + 60;

const file = async (id: string, name: string): Promise<unknown> => (await env.FILES.get(`draws/${id}/${name}`))?.json();

describe("the seal", () => {
  it("comes when the review is over, not before, and before its deadline", async () => {
    const id = freshId("review");
    await entered(id, NAMES);
    await runUntil(id, CLOSE + DECIDE_S - 1);
    expect(await stateOf(id)).toBe("closed");
    await runUntil(id, SEALED);
    expect(await stateOf(id)).toBe("frozen");
  });

  it("comes when grace is over where the plan has no longer review", async () => {
    const id = freshId("review");
    await announced(id);
    await runUntil(id, CLOSE + 6);
    expect(await stateOf(id)).toBe("frozen");
  });

  it("of a session whose operators excluded nobody says nothing of a review, however long it was", async () => {
    const id = freshId("review");
    const [ada] = (await entered(id, NAMES)) as [Member];
    await shardOfGuest(id, ada).withdraw(ada.pid, 2);
    await runUntil(id, DRAWN);
    expect(await provenFiles(id)).toEqual(["manifest", "result", "seal", "waves/1"]);
    expect([await env.FILES.head(`draws/${id}/review`), await env.FILES.head(`draws/${id}/notices.json`)]).toEqual([null, null]);
  });

  it("takes what stands at the end: a word that was lost on the way, or comes after the last one, changes nothing", async () => {
    const id = freshId("review");
    const [ada, bo] = (await entered(id, NAMES)) as [Member, Member];
    world().fate = (call) => (call === "shard.exclude" ? "done-but-lost" : "ok");
    await agreed(id, exclusionsOf([ada, bo]));
    await appealOf(id, bo);
    world().fate = (call) => (call === "shard.exclude" ? "lost" : "ok");
    await agreed(id, decisionsOf([[bo, true]]));
    await runUntil(id, CLOSE + DECIDE_S - 1);
    world().fate = () => "ok";
    await runUntil(id, SEALED);
    expect(await stateOf(id)).toBe("frozen");
    await shardAt(id, ada.place.shard).exclude(FINAL - 1, new Uint8Array(0));
    await forget(shardAt(id, ada.place.shard) as never);
    expect(await shardAt(id, ada.place.shard).fix()).toMatchObject({
      value: { exclusions: [{ index: ada.place.index, reason: 9 }] },
    });
    await runUntil(id, DRAWN);
    expect((await audited(id)).outcome.counts).toMatchObject({ excluded: 1, review: { told: 2, granted: 1 } });
  });

  it("stands although the session object slept between every two steps", async () => {
    const id = freshId("review");
    const [ada, bo] = (await entered(id, NAMES)) as [Member, Member];
    const steps = [
      () => sessionOf(id).propose(exclusionsOf([ada, bo]), ANN),
      () => sessionOf(id).confirm("proposal-1", BEN),
      () => appealOf(id, bo),
      () => sessionOf(id).propose(decisionsOf([[bo, true]]), ANN),
      () => sessionOf(id).confirm("decision-1", BEN),
    ];
    for (const step of steps) {
      expect(await step()).toMatchObject({ ok: true });
      await forget(sessionOf(id) as never);
    }
    const desk = await sessionOf(id).review();
    expect(desk).toMatchObject({
      value: {
        times: { tellUntil: CLOSE + 6, appealUntil: CLOSE + 12, decideUntil: CLOSE + DECIDE_S },
        proposals: [
          { proposal: "proposal-1", by: ANN, closed: { by: BEN } },
          { proposal: "decision-1", by: ANN, closed: { by: BEN } },
        ],
        excluded: { 9: 1 },
        appeals: [{ reason: 9, text: "It was me, by hand.", decided: { granted: true } }],
      },
    });
    await runUntil(id, DRAWN);
    expect((await audited(id)).outcome.counts).toMatchObject({ excluded: 1 });
  });

  it("has an entry in the log for every reason that there is", async () => {
    const id = freshId("review");
    const reasons = Object.keys(EXCLUSION_REASONS)
      .map(Number)
      .filter((reason) => reason !== 1);
    const members = await entered(
      id,
      reasons.map((reason) => `reason ${reason}`),
    );
    const rows = members.map(({ place: { shard, index } }, number) => ({ shard, index, reason: reasons[number] as number }));
    await agreed(id, { kind: "exclusions", proposal: "proposal-1", note: "All.", rows });
    await runUntil(id, DRAWN);
    expect(((await file(id, "review.json")) as Review).reasons.map(({ reason }) => reason)).toEqual(reasons);
    expect((await audited(id)).outcome.counts.excluded).toBe(reasons.length);
  });
});
