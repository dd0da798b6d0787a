// What an excluded member is told, and appeals, inside workerd: one for each place, decided by two operators, and nobody waits.
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { SHARDS_KEPT_S } from "../../contracts/sessions.ts";
import { audited } from "./support/audit.ts";
import { ANN, agreed, appealOf, BEN, DECIDE_S, decisionsOf, entered, exclusionsOf, type Member } from "./support/review.ts";
import { at, CLOSE, forget, freshId, freshWorld, OPEN, runUntil, sessionOf, shardOfGuest } from "./support/session.ts";
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

describe("a member who is excluded", () => {
  it("hears of it from their own shard as soon as it is confirmed, and nobody else does", async () => {
    const id = freshId("review");
    const [ada, bo] = (await entered(id, NAMES)) as [Member, Member];
    await sessionOf(id).propose(exclusionsOf([ada]), ANN);
    expect([await heardBy(id, ada), await file(id, "notices.json")]).toEqual([[], undefined]);
    await sessionOf(id).confirm("proposal-1", BEN);
    expect([await heardBy(id, ada), await heardBy(id, bo)]).toEqual([[ada.place], []]);
    expect(await file(id, "notices.json")).toEqual({ at: OPEN * 1000, shards: [ada.place.shard] });
    expect(await noticeOf(id, ada)).toEqual({
      ...ada.place,
      reason: 9,
      at: OPEN,
      standing: "excluded",
      appealUntil: CLOSE + 12,
      decideUntil: CLOSE + DECIDE_S,
    });
  });

  it("hears of it later where the shard cannot be reached, and the others do at once", async () => {
    const id = freshId("review");
    const members = await entered(id, NAMES);
    const [ada] = members as [Member];
    const other = members.find(({ place }) => place.shard !== ada.place.shard) as Member;
    let calls = 0;
    world().fate = (call) => (call === "shard.exclude" && ++calls === 1 ? "lost" : "ok");
    await agreed(id, exclusionsOf([ada, other]));
    expect([(await heardBy(id, ada)).length, (await heardBy(id, other)).length].sort()).toEqual([0, 1]);
    await runUntil(id, OPEN + 5);
    expect([await heardBy(id, ada), await heardBy(id, other)]).toEqual([[ada.place], [other.place]]);
  });

  it("still hears of it after their shard has slept", async () => {
    const id = freshId("review");
    const [ada] = (await entered(id, NAMES)) as [Member];
    await agreed(id, exclusionsOf([ada]));
    await forget(shardOfGuest(id, ada) as never);
    expect(await heardBy(id, ada)).toEqual([ada.place]);
  });

  it("appeals once: the same words are the same appeal, other words are refused", async () => {
    const id = freshId("review");
    const [ada, bo] = (await entered(id, NAMES)) as [Member, Member];
    expect(await appealOf(id, ada)).toEqual({ ok: false, refusal: "not_excluded" });
    await sessionOf(id).propose(exclusionsOf([ada]), ANN);
    expect(await appealOf(id, ada)).toEqual({ ok: false, refusal: "not_excluded" });
    await sessionOf(id).confirm("proposal-1", BEN);
    at(OPEN + 7);
    const notice = { standing: "excluded", appeal: { at: OPEN + 7, text: "It was me, by hand." } };
    expect(await appealOf(id, ada)).toMatchObject({ ok: true, value: { repeated: false, notice } });
    at(CLOSE + 20);
    expect(await appealOf(id, ada)).toMatchObject({ ok: true, value: { repeated: true, notice: { appeal: notice.appeal } } });
    expect(await appealOf(id, ada, "Something else.")).toEqual({ ok: false, refusal: "appealed_already" });
    expect(await appealOf(id, bo)).toEqual({ ok: false, refusal: "not_excluded" });
  });

  it("appeals until two thirds of the review are over, whenever they were told", async () => {
    const id = freshId("review");
    const [ada, bo] = (await entered(id, NAMES)) as [Member, Member];
    await agreed(id, exclusionsOf([ada, bo]));
    at(CLOSE + 12 - 0.001);
    expect(await appealOf(id, ada)).toMatchObject({ ok: true });
    at(CLOSE + 12);
    expect(await appealOf(id, bo)).toEqual({ ok: false, refusal: "review_over" });
  });
});

describe("an appeal", () => {
  it("is decided by two operators: granted ones draw, refused ones do not, and nobody waits for what is not decided", async () => {
    const id = freshId("review");
    const [ada, bo, cy, di] = (await entered(id, NAMES)) as [Member, Member, Member, Member];
    await agreed(id, exclusionsOf([ada, bo, cy, di]));
    for (const member of [ada, bo, cy]) await appealOf(id, member);
    const decision = decisionsOf([
      [ada, true],
      [bo, false],
    ]);
    await sessionOf(id).propose(decision, BEN);
    expect(await sessionOf(id).confirm("decision-1", BEN)).toEqual({ ok: false, refusal: "same_operator" });
    expect(await noticeOf(id, ada)).toMatchObject({ standing: "excluded" });
    expect(await sessionOf(id).confirm("decision-1", ANN)).toMatchObject({ ok: true });
    expect(await noticeOf(id, ada)).toMatchObject({
      standing: "reinstated",
      appeal: { decided: { granted: true, answer: "Sorry." } },
    });
    expect(await noticeOf(id, bo)).toMatchObject({ standing: "excluded", appeal: { decided: { granted: false, answer: "No." } } });
    at(CLOSE + DECIDE_S - 0.001);
    expect(await noticeOf(id, cy)).toMatchObject({ standing: "excluded" });
    await runUntil(id, DRAWN);
    expect(await noticeOf(id, cy)).toMatchObject({ standing: "reinstated" });
    expect((await noticeOf(id, cy)) as object).not.toHaveProperty("appeal.decided");
    const { outcome, sealed } = await audited(id);
    expect(outcome.counts).toMatchObject({ excluded: 2, review: { told: 4, refused: 1, granted: 1, undecided: 1 } });
    expect(sealed.exclusions.map(({ shard, index }) => `${shard}/${index}`).sort()).toEqual(
      [bo, di].map(({ place: { shard, index } }) => `${shard}/${index}`).sort(),
    );
  });

  it.each<[string, (members: Member[]) => [Member, boolean][], string[]]>([
    ["that nobody made", ([, , cy]) => [[cy as Member, true]], ["not_appealed"]],
    ["of somebody who is not excluded", ([, , , di]) => [[di as Member, true]], ["not_appealed"]],
    ["that is decided", ([ada]) => [[ada as Member, false]], ["decided_already"]],
    ["whose decision is proposed", ([, bo]) => [[bo as Member, false]], ["proposed_already"]],
  ])("%s cannot be decided", async (_, rows, codes) => {
    const id = freshId("review");
    const members = await entered(id, NAMES);
    const [ada, bo, cy] = members as [Member, Member, Member];
    await agreed(id, exclusionsOf([ada, bo, cy]));
    for (const member of [ada, bo]) await appealOf(id, member);
    await agreed(id, decisionsOf([[ada, true]]));
    await sessionOf(id).propose(decisionsOf([[bo, true]], "decision-2"), ANN);
    const refused = await sessionOf(id).propose(decisionsOf(rows(members), "decision-3"), ANN);
    expect(refused).toMatchObject({ refusal: { code: "rows_refused", rows: codes.map((code) => ({ pointer: "/rows/0", code })) } });
  });

  it("that was granted protects the place: it is not excluded again", async () => {
    const id = freshId("review");
    const [ada] = (await entered(id, NAMES)) as [Member];
    await agreed(id, exclusionsOf([ada]));
    await appealOf(id, ada);
    await agreed(id, decisionsOf([[ada, true]]));
    expect(await sessionOf(id).propose(exclusionsOf([ada], 8, "proposal-2"), ANN)).toMatchObject({
      refusal: { rows: [{ code: "appeal_granted" }] },
    });
  });

  it("is decided until the end of the review alone", async () => {
    const id = freshId("review");
    const [ada, bo] = (await entered(id, NAMES)) as [Member, Member];
    await agreed(id, exclusionsOf([ada, bo]));
    for (const member of [ada, bo]) await appealOf(id, member);
    at(CLOSE + DECIDE_S - 0.001);
    await agreed(id, decisionsOf([[ada, false]]));
    at(CLOSE + DECIDE_S);
    expect(await sessionOf(id).propose(decisionsOf([[bo, false]], "decision-2"), ANN)).toEqual({
      ok: false,
      refusal: { code: "review_over" },
    });
  });

  it("loses its words when the shards are deleted; what became of it stays", async () => {
    const id = freshId("review");
    const [ada] = (await entered(id, NAMES)) as [Member];
    await agreed(id, exclusionsOf([ada]));
    await appealOf(id, ada);
    await agreed(id, decisionsOf([[ada, false]]));
    await runUntil(id, CLOSE + 1000 + SHARDS_KEPT_S + 86_400);
    expect(await sessionOf(id).desk()).toMatchObject({ value: { state: "settled", shards: { deleted: 2 } } });
    expect(await sessionOf(id).review()).toMatchObject({
      value: { appeals: [{ text: "", decided: { granted: false, answer: "" } }] },
    });
  });
});
