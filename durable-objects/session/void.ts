// Voids: an operator's counts once enough witnesses have cosigned it before the deadline; one for want of a seal is no choice.
import { type Bytes, hex } from "../../domain/bytes.ts";
import { manifestHash, objectBytes } from "../../domain/draw/manifest.ts";
import { publicKey } from "../files.ts";
import { type MoveDesk, put } from "./desk.ts";
import { logged, voidRow } from "./log.ts";
import { all, shardStub } from "./reach.ts";

function voidBytes({ store, now }: MoveDesk, cause: "operator" | "no-seal", text: string, rollTo = ""): Bytes {
  const manifest = hex(manifestHash(store.fact("manifest") as Bytes));
  const { session } = store.manifest();
  return objectBytes({ v: 1, type: "void", session, manifest, s: Math.floor(now()), cause, text, rollTo });
}

/** An operator's void, put down to go into the log. The first one asked for is the one. `rollTo` names the session that takes its place. */
export function askForVoid(desk: MoveDesk, text: string, rollTo: string): void {
  const { store } = desk;
  const row = voidRow("operator");
  if (store.log.row(row)) return;
  store.transaction(() => store.log.queue(row, voidBytes(desk, "operator", text, rollTo), store.timetable().deadline));
}

/** Records that there is no seal with its quorum, and that there never will be. */
export function voidForNoSeal(desk: MoveDesk): void {
  const { store } = desk;
  const bytes = voidBytes(desk, "no-seal", "The entries could not be sealed before the deadline.");
  store.transaction(() => {
    store.fix("void", bytes);
    store.log.queue(voidRow("no-seal"), bytes);
    store.moveTo("voided");
    desk.changed();
  });
}

/** Voided -> told: the void is in the log and public, and no shard admits anybody. */
export async function tellVoid(desk: MoveDesk): Promise<void> {
  const { store, ports } = desk;
  const manifest = store.manifest();
  await all(manifest.shards, async (shard) => {
    const outcome = await shardStub(ports, manifest, shard).voidSession();
    // A shard that was never prepared admits nobody anyway.
    return outcome.ok || outcome.refusal === "not_prepared" ? { ok: true as const, value: true } : outcome;
  });
  const bytes = store.fact("void") as Bytes;
  const { cause } = store.object<{ cause: "operator" | "no-seal" }>("void") as { cause: "operator" | "no-seal" };
  await logged(desk, voidRow(cause), bytes);
  await put(ports, publicKey(manifest.session, "void.json"), bytes);
  store.transaction(() => store.fix("void-told", "1"));
}
