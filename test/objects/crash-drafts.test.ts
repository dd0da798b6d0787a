// Crash safety of what changes a draft, and of a bulletin: cut off at each storage call, then repeated, they are done once.
import { describe, expect, it } from "vitest";
import { crashEverywhere } from "./support/crash.ts";
import { auditedLog, provenFiles } from "./support/log.ts";
import { announced, POOLS, planFor, sessionOf } from "./support/session.ts";

const versionsOf = async (id: string) => {
  const outcome = await sessionOf(id).versions();
  return outcome.ok ? outcome.value : [];
};

const object = (id: string) => `session/${id}`;

describe("a draft, cut off anywhere", () => {
  it("drafting makes one session and one version", () =>
    crashEverywhere({
      object,
      arrange: async () => undefined,
      act: (id) => sessionOf(id).plan(planFor(id)),
      check: async (id) => {
        expect(await sessionOf(id).desk()).toMatchObject({ ok: true, value: { state: "draft" } });
        expect((await versionsOf(id)).length).toBe(1);
      },
    }));

  it("another plan takes its place with one version", () =>
    crashEverywhere({
      object,
      arrange: async (id) => {
        await sessionOf(id).plan(planFor(id));
      },
      act: (id) => sessionOf(id).replan(planFor(id, { wavesMax: 1 }), "operator"),
      check: async (id) => {
        expect(await sessionOf(id).desk()).toMatchObject({ ok: true, value: { plan: { wavesMax: 1 } } });
        expect((await versionsOf(id)).map(({ plan }) => plan?.wavesMax)).toEqual([3, 1]);
      },
    }));

  it("an allotment is there whole, and the last version is it", () =>
    crashEverywhere({
      object,
      arrange: async (id) => {
        await sessionOf(id).plan(planFor(id));
      },
      act: (id) => sessionOf(id).allot({ pools: POOLS }),
      check: async (id) => {
        expect(await sessionOf(id).desk()).toMatchObject({ ok: true, value: { pools: 3, units: 4 } });
        expect((await versionsOf(id)).at(-1)?.allotment).toMatchObject({ pools: 3, units: 4 });
      },
    }));

  it("a bulletin stands in the log once, with its file and its proof", () =>
    crashEverywhere({
      object,
      arrange: async (id) => {
        await announced(id);
      },
      act: (id) => sessionOf(id).say({ "zh-CN": "告", en: "Bulletin" }, "operator"),
      check: async (id) => {
        const entries = (await auditedLog()).map((entry) => JSON.parse(new TextDecoder().decode(entry)));
        expect(entries.filter(({ session, type }) => session === id && type === "bulletin").map(({ no }) => no)).toEqual([1]);
        expect(await provenFiles(id)).toEqual(["bulletins/1", "manifest"]);
        const desk = await sessionOf(id).desk();
        expect(desk.ok && desk.value.bulletins).toMatchObject([{ no: 1, by: "operator" }]);
      },
    }));
});
