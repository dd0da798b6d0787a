// The moves of a session by name. Each can be cut off anywhere and run again: what is fixed stays fixed, the rest is made again from it.
import type { Move } from "../../domain/draw/life.ts";
import type { MoveDesk } from "./desk.ts";
import { draw } from "./draw.ts";
import { freeze } from "./freeze.ts";
import { prepare, warm } from "./prepare.ts";
import { retire } from "./retire.ts";
import { tellVoid, voidForNoSeal } from "./void.ts";
import { award, settle } from "./waves.ts";

/** Runs one due move. False when it has to wait for something outside; throws when a part of it failed: both are tried again. */
export async function runMove(move: Move, desk: MoveDesk, tries: number): Promise<boolean> {
  switch (move) {
    case "prepare":
      await prepare(desk);
      return true;
    case "warm":
      await warm(desk);
      return true;
    case "open":
      step(desk, "open");
      return true;
    case "close":
      step(desk, "closed");
      return true;
    case "freeze":
      return freeze(desk);
    case "void-no-seal":
      voidForNoSeal(desk);
      return true;
    case "tell-void":
      await tellVoid(desk);
      return true;
    case "draw":
      return draw(desk, tries);
    case "award":
      await award(desk);
      return true;
    case "settle":
      await settle(desk);
      return true;
    case "retire":
      return retire(desk);
  }
}

function step({ store, changed }: MoveDesk, state: "open" | "closed"): void {
  store.transaction(() => {
    store.moveTo(state);
    changed();
  });
}
