// Crash safety of the review: every step of exclusions and appeals is cut off at each of its storage calls, before and after it.
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { crashEverywhere } from "./support/crash.ts";
import { provenFiles } from "./support/log.ts";
import { ANN, agreed, appealOf, BEN, DECIDE_S, decisionsOf, entered, exclusionsOf, type Member } from "./support/review.ts";
import { at, CLOSE, OPEN, runUntil, sessionOf, shardAt, shardOfGuest } from "./support/session.ts";

describe("a reservation shard survives a crash at every storage call of", () => {
  it("exclude", () =>
    crashEverywhere({
      object: (id) => `shard/${id}`,
      arrange: async (id) => (await entered(id, ["ada"], { shards: 1 }))[0] as Member,
      act: (id) => shardAt(id, 0).exclude(1, Uint8Array.of(0, 0, 0, 0, 9, 1)),
      check: async (id, { pid, place }) => {
        expect(await shardAt(id, 0).excludedOf(pid)).toEqual({ ok: true, value: [place] });
        at(CLOSE + 5);
        expect(await shardAt(id, 0).fix()).toMatchObject({ value: { exclusions: [{ shard: 0, index: 0, reason: 9 }] } });
        expect(await shardAt(id, 0).rows(1, 3)).toEqual({ ok: true, value: new Uint8Array(0) });
      },
    }));
});

describe("a session survives a crash at every storage call of", () => {
  const object = (id: string) => `session/${id}`;

  it("propose and confirm exclusions", () =>
    crashEverywhere({
      object,
      arrange: (id) => entered(id, ["ada", "bo", "cy"]),
      act: async (id, members) => {
        await sessionOf(id).propose(exclusionsOf(members), ANN);
        await sessionOf(id).confirm("proposal-1", BEN);
      },
      check: async (id, members) => {
        // What the alarm, or the sweep, brings to those who have not heard.
        await sessionOf(id).sweep();
        await runUntil(id, OPEN + 5);
        for (const { pid, place, ...member } of members)
          expect(await shardOfGuest(id, { pid, ...member }).excludedOf(pid)).toEqual({ ok: true, value: [place] });
        expect(await sessionOf(id).review()).toMatchObject({ value: { proposals: [{ state: "confirmed" }], excluded: { 9: 3 } } });
      },
    }));

  it("appeal and decide", () =>
    crashEverywhere({
      object,
      arrange: async (id) => {
        const [ada] = await entered(id, ["ada"]);
        await agreed(id, exclusionsOf([ada as Member]));
        return ada as Member;
      },
      act: async (id, ada) => {
        await appealOf(id, ada);
        await sessionOf(id).propose(decisionsOf([[ada, true]]), ANN);
        await sessionOf(id).confirm("decision-1", BEN);
      },
      check: async (id, { place }) => {
        expect(await sessionOf(id).notices([place])).toMatchObject({
          value: [{ standing: "reinstated", appeal: { decided: { granted: true } } }],
        });
      },
    }));

  it("freeze, after exclusions and appeals", () =>
    crashEverywhere({
      object,
      arrange: async (id) => {
        const [ada, bo, cy] = (await entered(id, ["ada", "bo", "cy", "di"])) as [Member, Member, Member];
        await agreed(id, exclusionsOf([ada, bo, cy]));
        for (const member of [ada, bo]) await appealOf(id, member);
        await agreed(id, decisionsOf([[ada, false]]));
        await runUntil(id, CLOSE + 1);
      },
      act: async (id) => {
        await sessionOf(id).sweep();
        await runUntil(id, CLOSE + DECIDE_S + 3);
      },
      check: async (id) => {
        expect(await sessionOf(id).desk()).toMatchObject({ value: { state: "frozen", counts: { entries: 4, excluded: 2 } } });
        expect(await provenFiles(id)).toEqual(["manifest", "review", "seal"]);
        const review = await (await env.FILES.get(`draws/${id}/review.json`))?.json();
        expect(review).toMatchObject({ told: 3, refused: 1, granted: 0, undecided: 1, reasons: [{ excluded: 2, reinstated: 1 }] });
      },
    }));
});
