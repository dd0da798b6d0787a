// A session and the log: offers what has to go in, waits for the quorum that the manifest names, and lets take effect what has it.
import type { Waiting } from "../../contracts/sessions.ts";
import { settingsOf } from "../../contracts/settings.ts";
import { type Bytes, utf8 } from "../../domain/bytes.ts";
import { parseCheckpoint } from "../../domain/log/checkpoint.ts";
import { cosigned, hasQuorum, timely } from "../../domain/log/cosignature.ts";
import { parseProof } from "../../domain/log/proof.ts";
import { logName, objectAt } from "../../domain/objects.ts";
import { publicKey, WAITING_FILE } from "../files.ts";
import type { Standing } from "../log/messages.ts";
import type { Ports } from "../ports.ts";
import { type MoveDesk, put } from "./desk.ts";
import type { LogRow } from "./log-rows.ts";
import { NotDone } from "./reach.ts";
import type { SessionStore } from "./store.ts";

function logStub({ env }: Ports) {
  const { BRAND, JURISDICTION: jurisdiction } = settingsOf(env);
  return objectAt(env.LOG, logName(BRAND), { jurisdiction });
}

const OPERATOR_VOID = "void/operator";

/** The row of a void by its cause. */
export const voidRow = (cause: "operator" | "no-seal"): string => (cause === "operator" ? OPERATOR_VOID : "void/no-seal");

const fileName = (row: string): string => (row.startsWith("void/") ? "void" : row);

/** Offers every entry that is undecided; what the log says is written down, and what it says to enough witnesses takes effect. */
export async function offer(desk: MoveDesk): Promise<void> {
  const { store, ports, now } = desk;
  // Of a voided session nothing but the void is of interest.
  const isVoided = store.row().state === "voided";
  const rows = store.log.undecided().filter(({ name }) => !isVoided || name.startsWith("void/"));
  if (rows.length > 0) {
    const asked = now();
    const entries = rows.map(({ bytes, before }) => (before === null ? { bytes } : { bytes, before }));
    const outcome = await logStub(ports).add({ witnesses: store.manifest().witnesses, entries });
    if (!outcome.ok) throw new NotDone(outcome.refusal);
    const waited = JSON.stringify(waitingOf(store));
    store.transaction(() => {
      rows.forEach(({ name }, at) => {
        stand(desk, name, outcome.value[at] as Standing, asked);
      });
      if (store.row().state !== "draft" && JSON.stringify(waitingOf(store)) !== waited) {
        store.touch();
        desk.changed();
      }
    });
    await showWaiting(store, ports, waited !== undefined);
  }
  for (const { name, proof, bytes } of store.log.unpublished()) {
    // Every other entry is published by the move that made it.
    if (name.startsWith("bulletins/")) await put(ports, publicKey(store.manifest().session, `${name}.json`), bytes);
    await put(ports, publicKey(store.manifest().session, `${fileName(name)}.tlog-proof`), utf8(proof as string));
    store.transaction(() => store.log.published(name));
  }
}

/** What everybody waits for, in a file of its own that comes and goes: the view of a session is made from files alone. */
async function showWaiting(store: SessionStore, ports: Ports, isThere: boolean): Promise<void> {
  const waiting = store.row().state === "draft" ? undefined : waitingOf(store);
  const key = publicKey(store.manifest().session, WAITING_FILE);
  if (waiting) await put(ports, key, utf8(JSON.stringify(waiting)));
  else if (isThere) await ports.env.FILES.delete(key);
}

/** Inside a transaction. `asked` is when the log was asked: only a look that began after the deadline can say that nothing came in time. */
function stand(desk: MoveDesk, name: string, { index, proof }: Standing, asked: number): void {
  const { store } = desk;
  const row = store.log.row(name) as LogRow;
  // Another call was faster.
  if (row.proof !== null || row.late) return;
  const { witnesses } = store.manifest();
  const before = row.before ?? Number.POSITIVE_INFINITY;
  const list = cosigned(parseCheckpoint(parseProof(proof).checkpoint).note, witnesses);
  const keys = new Set(timely(list, before).map(({ key }) => key));
  const signed = witnesses.keys.flatMap(({ key }, at) => (keys.has(key) ? [at] : []));
  const isMet = hasQuorum(list, witnesses, before);
  store.log.stand({ ...row, at: index, signed, proof: isMet ? proof : null, late: !isMet && asked >= before });
  if (!isMet) return;
  if (name === "manifest") store.moveTo("announced");
  else if (name === OPERATOR_VOID) {
    store.fix("void", row.bytes);
    store.moveTo("voided");
  } else return;
  desk.changed();
}

/** Puts an entry into the log: it has its place when this returns. Its quorum may still come later. */
export async function logged(desk: MoveDesk, name: string, bytes: Bytes): Promise<void> {
  const { log } = desk.store;
  if (!log.row(name)) desk.store.transaction(() => log.queue(name, bytes));
  if (log.row(name)?.at === null) await offer(desk);
}

/** The first entry that has its place and not yet its quorum: what everybody is waiting for. */
export function waitingOf(store: SessionStore): Waiting | undefined {
  const row = store.log.undecided().find(({ at }) => at !== null);
  if (!row) return undefined;
  const { k, keys } = store.manifest().witnesses;
  const witnesses = keys.map(({ by, brand }, at) => ({ by, brand, signed: row.signed.includes(at) }));
  return { entry: fileName(row.name), needed: k, witnesses };
}
