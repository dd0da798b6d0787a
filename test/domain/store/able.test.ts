// Which stores can take part in a session.
import { describe, expect, it } from "vitest";
import { type Store, whyNot } from "../../../domain/store/able.ts";

const STORE: Store = { store: "north", status: "open", services: ["pickup"], licences: [] };
const licence = (kind: string, until: string) => ({ kind, until });

describe("a store", () => {
  it.each<[string, Partial<Store>, boolean, string | undefined]>([
    ["that is open can", {}, true, undefined],
    ["that is paused cannot", { status: "paused" }, false, "is paused"],
    ["that is planned cannot", { status: "planned" }, false, "is planned"],
    ["that is closed cannot", { status: "closed" }, false, "is closed"],
    ["without pickup cannot", { services: ["tasting"] }, false, "gives nothing out"],
    ["that lists no licence has not said", { licences: [] }, true, undefined],
    [
      "with others' licences only cannot give out alcohol",
      { licences: [licence("food", "2030-01-01")] },
      true,
      "has no licence for alcohol",
    ],
    ["with others' licences only can give out anything else", { licences: [licence("food", "2030-01-01")] }, false, undefined],
    ["that is licensed up to the last day can", { licences: [licence("alcohol", "2027-02-01")] }, true, undefined],
    [
      "that is licensed until the day before cannot",
      { licences: [licence("alcohol", "2027-01-31")] },
      true,
      "its licence for alcohol ends on 2027-01-31, before the last pickup on 2027-02-01",
    ],
    [
      "counts by the licence that lasts longest",
      { licences: [licence("alcohol", "2026-01-01"), licence("alcohol", "2028-01-01")] },
      true,
      undefined,
    ],
  ])("%s", (_, change, alcohol, why) => {
    expect(whyNot({ ...STORE, ...change }, { alcohol, lastDay: "2027-02-01" })).toBe(why);
  });
});
