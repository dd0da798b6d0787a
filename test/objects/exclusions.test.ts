// Exclusions by operators, inside workerd: two of them agree on a batch of places, or nothing happens.
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { audited } from "./support/audit.ts";
import { provenFiles } from "./support/log.ts";
import { ANN, agreed, BEN, DECIDE_S, decisionsOf, entered, exclusionsOf, type Member } from "./support/review.ts";
import { at, CLOSE, freshId, freshWorld, OPEN, planFor, runUntil, sessionOf, shardOfGuest } from "./support/session.ts";
import { world } from "./support/world.ts";

beforeEach(freshWorld);

const NAMES = ["ada", "bo", "cy", "di", "eve"];
const DRAWN = CLOSE + 60;

const file = async (id: string, name: string): Promise<unknown> => (await env.FILES.get(`draws/${id}/${name}`))?.json();
/** What a member's shard says of exclusions. */
const heardBy = async (id: string, member: Member) => {
  const heard = await shardOfGuest(id, member).excludedOf(member.pid);
  return heard.ok ? heard.value : heard.refusal;
};
const noticeOf = async (id: string, { place }: Member) => {
  const notices = await sessionOf(id).notices([place]);
  return notices.ok ? notices.value[0] : notices.refusal;
};

describe("an exclusion", () => {
  it("counts once another operator has confirmed it: out of the tables, in the list, in the log before the seal", async () => {
    const id = freshId("review");
    const [ada, bo] = (await entered(id, NAMES)) as [Member, Member];
    expect(await sessionOf(id).propose(exclusionsOf([ada]), ANN)).toMatchObject({
      ok: true,
      value: { state: "open", rows: 1, by: ANN },
    });
    expect(await sessionOf(id).confirm("proposal-1", ANN)).toEqual({ ok: false, refusal: "same_operator" });
    expect(await noticeOf(id, ada)).toBeUndefined();
    expect(await sessionOf(id).confirm("proposal-1", BEN)).toMatchObject({
      ok: true,
      value: { state: "confirmed", closed: { by: BEN, at: OPEN } },
    });
    expect(await sessionOf(id).confirm("proposal-1", BEN)).toMatchObject({ ok: true, value: { state: "confirmed" } });
    expect(await sessionOf(id).propose(exclusionsOf([bo], 4, "proposal-2"), ANN)).toMatchObject({ ok: true });
    await runUntil(id, DRAWN);
    const { outcome, sealed } = await audited(id);
    expect(outcome.counts).toMatchObject({
      entries: 5,
      excluded: 1,
      reasons: { 9: 1 },
      review: { told: 1, refused: 0, granted: 0, undecided: 0 },
    });
    expect(sealed.exclusions).toEqual([{ shard: ada.place.shard, index: ada.place.index, reason: 9 }]);
    expect(await provenFiles(id)).toEqual(["manifest", "result", "review", "seal", "waves/1"]);
    expect(await file(id, "review.json")).toMatchObject({
      type: "review",
      told: 1,
      reasons: [{ reason: 9, excluded: 1, reinstated: 0 }],
    });
  });

  it("of many places over eight shards is one proposal, and the log and the books agree on it", async () => {
    const id = freshId("review");
    const members = await entered(
      id,
      Array.from({ length: 40 }, (_, number) => `many ${number}`),
      { shards: 8 },
    );
    await agreed(id, exclusionsOf(members.slice(0, 33), 10));
    await runUntil(id, DRAWN, 8);
    expect((await audited(id)).outcome.counts).toMatchObject({
      entries: 40,
      excluded: 33,
      reasons: { 10: 33 },
      histogram: { 1: 7 },
    });
  });

  it("is refused row by row, and then none is written", async () => {
    const id = freshId("review");
    const [ada, bo, cy, di, eve] = (await entered(id, NAMES)) as [Member, Member, Member, Member, Member];
    await shardOfGuest(id, bo).withdraw(bo.pid, 2);
    await agreed(id, exclusionsOf([cy]));
    await sessionOf(id).propose(exclusionsOf([di], 9, "proposal-2"), BEN);
    const row = ({ place: { shard, index } }: Member, reason: number) => ({ shard, index, reason });
    const rows = [
      row(ada, 9),
      row(ada, 8),
      row(eve, 0),
      row(eve, 1),
      row(eve, 34),
      { shard: 1, index: 4_000_000_000, reason: 9 },
      { shard: 2, index: 0, reason: 9 },
      row(bo, 9),
      row(cy, 9),
      row(di, 9),
    ];
    const refused = await sessionOf(id).propose({ kind: "exclusions", proposal: "proposal-3", note: "x", rows }, ANN);
    expect(refused).toMatchObject({
      ok: false,
      refusal: {
        code: "rows_refused",
        rows: [
          { pointer: "/rows/1", code: "place_twice" },
          { pointer: "/rows/2", code: "unknown_reason" },
          { pointer: "/rows/3", code: "members_reason" },
          { pointer: "/rows/4", code: "unknown_reason" },
          { pointer: "/rows/5", code: "unknown_place" },
          { pointer: "/rows/6", code: "unknown_place" },
          { pointer: "/rows/7", code: "withdrawn_place" },
          { pointer: "/rows/8", code: "excluded_already" },
          { pointer: "/rows/9", code: "proposed_already" },
        ],
      },
    });
    expect(await sessionOf(id).confirm("proposal-3", BEN)).toEqual({ ok: false, refusal: "not_found" });
  });

  it("is the same when it is proposed again in another order, and another one under the same id is refused", async () => {
    const id = freshId("review");
    const [ada, bo] = (await entered(id, NAMES)) as [Member, Member];
    const first = await sessionOf(id).propose(exclusionsOf([ada, bo]), ANN);
    at(OPEN + 5);
    expect(await sessionOf(id).propose(exclusionsOf([bo, ada]), ANN)).toEqual(first);
    for (const [proposal, by] of [
      [exclusionsOf([ada]), ANN],
      [exclusionsOf([ada, bo], 8), ANN],
      [{ ...exclusionsOf([ada, bo]), note: "Another." }, ANN],
      [exclusionsOf([ada, bo]), BEN],
      [{ ...decisionsOf([]), proposal: "proposal-1" }, ANN],
    ] as const) {
      expect(await sessionOf(id).propose(proposal, by)).toEqual({ ok: false, refusal: { code: "proposal_differs" } });
    }
  });

  it("is answered with busy where a shard cannot be asked, and nothing is written", async () => {
    const id = freshId("review");
    const [ada] = (await entered(id, NAMES)) as [Member];
    world().fate = (call) => (call === "shard.places" ? "lost" : "ok");
    expect(await sessionOf(id).propose(exclusionsOf([ada]), ANN)).toEqual({ ok: false, refusal: { code: "busy" } });
    world().fate = () => "ok";
    expect(await sessionOf(id).review()).toMatchObject({ value: { proposals: [] } });
    expect(await sessionOf(id).propose(exclusionsOf([ada]), ANN)).toMatchObject({ ok: true });
  });

  it("that is dropped frees its places and cannot be confirmed; a confirmed one cannot be dropped", async () => {
    const id = freshId("review");
    const [ada] = (await entered(id, NAMES)) as [Member];
    await sessionOf(id).propose(exclusionsOf([ada]), ANN);
    for (let times = 0; times < 2; times++) {
      expect(await sessionOf(id).drop("proposal-1", BEN)).toMatchObject({
        ok: true,
        value: { state: "dropped", closed: { by: BEN } },
      });
    }
    expect(await sessionOf(id).confirm("proposal-1", BEN)).toEqual({ ok: false, refusal: "proposal_closed" });
    await agreed(id, exclusionsOf([ada], 8, "proposal-2"));
    expect(await sessionOf(id).drop("proposal-2", BEN)).toEqual({ ok: false, refusal: "proposal_closed" });
  });

  it("keeps the member's own word: who withdraws afterwards is out for reason 1, and no matter of the review", async () => {
    const id = freshId("review");
    const [ada] = (await entered(id, NAMES)) as [Member];
    await agreed(id, exclusionsOf([ada]));
    await shardOfGuest(id, ada).withdraw(ada.pid, 2);
    expect(await heardBy(id, ada)).toEqual([]);
    await runUntil(id, DRAWN);
    const { counts } = (await audited(id)).outcome;
    expect(counts).toMatchObject({ excluded: 1, reasons: { 1: 1 } });
    expect(counts.review).toBeUndefined();
  });

  it("is confirmed in the first third of the review alone", async () => {
    const id = freshId("review");
    const [ada, bo] = (await entered(id, NAMES)) as [Member, Member];
    at(CLOSE + DECIDE_S / 3 - 0.001);
    await agreed(id, exclusionsOf([ada]));
    await sessionOf(id).propose(exclusionsOf([bo], 9, "proposal-2"), ANN);
    at(CLOSE + DECIDE_S / 3);
    expect(await sessionOf(id).confirm("proposal-2", BEN)).toEqual({ ok: false, refusal: "review_over" });
    expect(await sessionOf(id).propose(exclusionsOf([bo], 9, "proposal-3"), ANN)).toEqual({
      ok: false,
      refusal: { code: "review_over" },
    });
  });

  it("has no place in a draft, before the shards have their plan, and in a session that is voided", async () => {
    const id = freshId("review");
    await sessionOf(id).plan(planFor(id));
    const proposal = { kind: "exclusions" as const, proposal: "proposal-1", note: "x", rows: [{ shard: 0, index: 0, reason: 9 }] };
    expect(await sessionOf(id).propose(proposal, ANN)).toEqual({ ok: false, refusal: { code: "not_due" } });
    const other = freshId("review");
    const [ada] = (await entered(other, NAMES)) as [Member];
    await sessionOf(other).voidSession("Bottles broke.");
    expect(await sessionOf(other).propose(exclusionsOf([ada]), ANN)).toEqual({ ok: false, refusal: { code: "voided" } });
  });
});
