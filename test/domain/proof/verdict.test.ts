// The verdict's sentences: what they claim at each level, whom they name, and that they never say "fair"; and the life of a receipt.
import { describe, expect, it } from "vitest";
import type { Bytes } from "../../../domain/bytes.ts";
import type { OutcomeCode } from "../../../domain/draw/review.ts";
import { waveBundle } from "../../../domain/draw/wave.ts";
import { checkProof } from "../../../domain/proof/check.ts";
import { lifeOf, readWaves } from "../../../domain/proof/life.ts";
import { verdictText, witnessText } from "../../../domain/proof/verdict.ts";
import type { Facts } from "../../../domain/proof/work.ts";
import { faultsEn, faultsJa, faultsZh } from "../../../web/check/fault-words.ts";
import { provenSession } from "../../support/small-log.ts";
import { PERSON } from "../../support/tamperings.ts";

const session = provenSession();

function factsOf(person: number, from = session): Facts {
  const facts: Facts = {};
  for (const _ of checkProof(() => from.proof(person), from.trust, facts));
  return facts;
}

const won = factsOf(PERSON.won);

describe("the verdict", () => {
  it("claims the own result after level 1 and all winners after level 2, word for word", () => {
    expect(verdictText(won, false, "en")).toBe(
      "Your entry was not removed or changed, and your result follows from public randomness. Whether every entrant is a real person rests on the issuer who vouched for each person.",
    );
    expect(verdictText(won, true, "en")).toContain("and the winners follow from public randomness");
    expect(verdictText(won, false, "zh-CN")).toContain("您的结果由公开随机数得出");
    expect(verdictText(won, true, "zh-CN")).toContain("所有中签者均由公开随机数得出");
    expect(verdictText(won, false, "ja")).toContain("ご自身の結果は公開の乱数から導かれます");
    expect(verdictText(won, true, "ja")).toContain("当選者全員は公開の乱数から導かれます");
  });

  it("of an excluded entry does not claim that it took part", () => {
    const text = verdictText(factsOf(PERSON.excluded), false, "en");
    expect(text).toContain("it was excluded for a stated reason before the random number existed");
    expect(text).not.toContain("winners");
    expect(verdictText(factsOf(PERSON.excluded), true, "ja")).toMatch(
      /^応募は改変されていません。乱数が生まれる前に.*除外された(?!.*当選)/,
    );
  });

  it.each<[string, number[], Parameters<typeof provenSession>[1], string]>([
    ["two independent ones", [5, 4], {}, "2 of 3 witnesses signed, 2 of them independent."],
    ["all three", [5, 4, 3], {}, "3 of 3 witnesses signed, 2 of them independent."],
    ["none", [], { k: 0, drawnBefore: [] }, "No witness: nobody but the organiser says when the list was sealed."],
  ])("says who saw the seal: %s", (_, sealedBefore, log, text) => {
    expect(witnessText(factsOf(PERSON.won, provenSession({}, { ...log, sealedBefore })), "en")).toBe(text);
  });

  it("says in words when no witness is independent", () => {
    const [first] = won.witnesses?.sealed ?? [];
    const brandOnly = { ...won, witnesses: { k: 1, n: 3, sealed: [first as never], drawn: [], independent: 0 } };
    expect(witnessText(brandOnly, "en")).toBe("1 of 3 witnesses signed, none of them independent: the organiser runs them all.");
    expect(witnessText(brandOnly, "zh-CN")).toContain("无一独立");
    expect(witnessText(brandOnly, "ja")).toBe("証人3者のうち1者が署名しました。独立した証人はなく、すべて主催者が運用しています。");
  });

  it("never says fair, nor does any reason", () => {
    const said = [
      ...Object.values(PERSON)
        .map((person) => factsOf(person))
        .flatMap((facts) =>
          (["en", "zh-CN", "ja"] as const).flatMap((lang) => [true, false].map((whole) => verdictText(facts, whole, lang))),
        ),
      ...Object.values(faultsEn),
      ...Object.values(faultsZh),
      ...Object.values(faultsJa),
    ];
    expect(said.filter((text) => /\bfair|公平|公正|フェア/i.test(text))).toEqual([]);
  });
});

describe("the life of a receipt", () => {
  const { M } = session;
  const lh = (person: number) =>
    session.proof(person) && (Uint8Array.from(Buffer.from(factsOf(person).own?.lh as string, "hex")) as Bytes);
  const events = (person: number, waves: Bytes[]) => lifeOf(factsOf(person), readWaves(waves, M)).map(({ event }) => event);
  const first = session.files.get("waves/1") as Bytes;

  it("of a winner who paid", () => {
    expect(events(PERSON.won, [first])).toEqual(["entered", "sealed", "drawn", "awarded"]);
  });

  it("of a winner who did not, and of the one who got the unit", () => {
    const second = waveBundle(M, 2, [{ pool: 7, rank: 2, lh: lh(PERSON.wait) }], [{ pool: 7, rank: 0, cause: 1 }]);
    expect(events(PERSON.won, [first, second])).toEqual(["entered", "sealed", "drawn", "awarded", "lapsed"]);
    expect(events(PERSON.wait, [first, second])).toEqual(["entered", "sealed", "drawn", "awarded"]);
    expect(events(PERSON.wait, [first])).toEqual(["entered", "sealed", "drawn", "not-reached"]);
  });

  it("of one who lost, and of one who was excluded", () => {
    expect(events(PERSON.lost, [first])).toEqual(["entered", "sealed", "drawn"]);
    expect(events(PERSON.excluded, [first])).toEqual(["entered", "excluded", "sealed"]);
  });

  it("of one whom operators excluded says what became of the appeal, unless the sealed files contradict it", () => {
    const told = (person: number, outcome: OutcomeCode) => {
      const { shard, index } = factsOf(person).own as { shard: number; index: number };
      const life = lifeOf(factsOf(person), [], [{ shard, index, reason: 9, outcome }]);
      return life.map((event) => (event.event === "reviewed" ? `reviewed ${event.outcome}` : event.event));
    };
    expect(told(PERSON.excluded, 0)).toEqual(["entered", "reviewed 0", "sealed"]);
    expect(told(PERSON.excluded, 1)).toEqual(["entered", "reviewed 1", "sealed"]);
    expect(told(PERSON.lost, 2)).toEqual(["entered", "reviewed 2", "sealed", "drawn"]);
    expect(told(PERSON.lost, 3)).toEqual(["entered", "reviewed 3", "sealed", "drawn"]);
    expect(told(PERSON.lost, 1)).toEqual(["entered", "sealed", "drawn"]);
    expect(told(PERSON.excluded, 2)).toEqual(["entered", "excluded", "sealed"]);
  });

  it("says when the witnesses saw the seal, and nothing of what a broken proof claims", () => {
    expect(lifeOf(won).find(({ event }) => event === "sealed")).toEqual({ event: "sealed", entries: 8, s: 1_692_806_354 });
    expect(lifeOf({})).toEqual([]);
  });
});
