// How many tickets a person holds: cap, a win that begins anew, what does not count, cooling down, and the order of the log (draw1, section 6).
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Asking, type PastResult, ticketsOf } from "../../../domain/draw/tickets.ts";

const DAY = 86_400;
const OPEN = 1_000 * DAY;

/** One session a day until the day before the one that is asked for, in the order of the log: W won, L lost, - did not take part or was excluded. */
const history = (days: string): PastResult[] =>
  [...days].flatMap((day, n) =>
    day === "-" ? [] : [{ session: `d${n}`, at: 10 * n, drawAt: OPEN - DAY * (days.length - n), won: day === "W" }],
  );

const asking = (changes: Partial<Asking> = {}): Asking => ({
  ticketsMax: 8,
  open: OPEN,
  manifestAt: 100_000,
  coolDownS: 0,
  lossesCountS: 365 * DAY,
  ...changes,
});

describe("tickets", () => {
  it.each<[what: string, days: string, changes: Partial<Asking>, tickets: number]>([
    ["who was never there has one", "", {}, 1],
    ["a loss gives one more", "L", {}, 2],
    ["so does each further one", "LLL", {}, 4],
    ["a day without taking part changes nothing", "L--L-", {}, 3],
    ["eight is the most", "LLLLLLLLLLLL", {}, 8],
    ["or what the manifest allows", "LLLLL", { ticketsMax: 3 }, 3],
    ["where every entry weighs the same it is one", "LLLLL", { ticketsMax: 1 }, 1],
    ["a win begins anew", "LLLW", {}, 1],
    ["and counts what came after it", "LLLWL", {}, 2],
    ["only the last win matters", "WLLWLL", {}, 3],
    ["who won within the cool-down holds none", "LW", { coolDownS: 30 * DAY }, 0],
    ["whatever was lost since", "WLLL", { coolDownS: 30 * DAY }, 0],
    ["a cool-down that ends at the opening is over", "W------", { coolDownS: 7 * DAY }, 1],
    ["a second before it is not", "W------", { coolDownS: 7 * DAY + 1 }, 0],
    ["a loss of a year ago counts", `L${"-".repeat(364)}`, {}, 2],
    ["an older one does not", `L${"-".repeat(365)}`, {}, 1],
    ["an older win still ends what came before it", `LW${"-".repeat(365)}L`, {}, 2],
    ["a result behind the manifest is not counted", "LLL", { manifestAt: 20 }, 3],
    ["nor is a win behind it", "LLW", { manifestAt: 20, coolDownS: 30 * DAY }, 3],
    ["nor anything where the manifest came first", "LLL", { manifestAt: 0 }, 1],
  ])("%s", (_, days, changes, tickets) => {
    expect(ticketsOf(history(days), asking(changes)).tickets).toBe(tickets);
  });

  it("rest on the newest losses, which are named newest first", () => {
    expect(ticketsOf(history("WLLLL"), asking({ ticketsMax: 3 })).losses.map(({ session }) => session)).toEqual(["d4", "d3"]);
  });

  it("name the last win", () => {
    expect(ticketsOf(history("WLWL"), asking()).win?.session).toBe("d2");
  });

  it("go by the order of the log, not by that in which the results are told", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("W", "L", "-"), { maxLength: 12 }).chain((days) => {
          const results = history(days.join(""));
          return fc.tuple(fc.constant(results), fc.shuffledSubarray(results, { minLength: results.length }));
        }),
        ([told, shuffled]) => {
          expect(ticketsOf(shuffled, asking())).toEqual(ticketsOf(told, asking()));
        },
      ),
    );
  });

  it("are one more than the losses after the last win, said slowly", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("W", "L", "-"), { maxLength: 20 }), (days) => {
        const since = days.join("").replaceAll("-", "").split("W").at(-1) as string;
        expect(ticketsOf(history(days.join("")), asking()).tickets).toBe(Math.min(8, 1 + since.length));
      }),
    );
  });
});
