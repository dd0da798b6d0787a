// Bulletins: what can still be said about an announced session. The manifest stays what it is; a bulletin stands in the log beside it, for ever.
import type { Bulletin } from "../../contracts/sessions.ts";
import { type Bytes, hex } from "../../domain/bytes.ts";
import { manifestHash, objectBytes } from "../../domain/draw/manifest.ts";
import { type Outcome, ok, refuse } from "../../domain/outcome.ts";
import type { MoveDesk } from "./desk.ts";
import type { SessionNo } from "./messages.ts";
import type { SessionStore } from "./store.ts";

/** Each is read by everybody who opens the session. */
const BULLETINS_MAX = 20;

function bulletinBytes(store: SessionStore, { no, s, text }: Bulletin): Bytes {
  const manifest = hex(manifestHash(store.fact("manifest") as Bytes));
  return objectBytes({ v: 1, type: "bulletin", session: store.manifest().session, manifest, no, s, text });
}

/**
 * Says something, once, before the session opens: the last bulletin again changes nothing. The log is offered it as everything else, and it is
 * published once the log has it (durable-objects/session/log.ts).
 */
export function say(desk: MoveDesk, text: Bulletin["text"], by: string): Outcome<{ bulletin: Bulletin }, SessionNo> {
  const { store, now } = desk;
  const said = store.bulletins.list();
  const last = said.at(-1);
  if (last && JSON.stringify(last.text) === JSON.stringify(text)) return ok({ bulletin: last });
  if (store.row().state !== "announced" || now() >= store.manifest().open) return refuse("too_late_to_amend");
  if (said.length >= BULLETINS_MAX) return refuse("too_many_bulletins");
  const bulletin: Bulletin = { no: said.length + 1, s: Math.floor(now()), text };
  store.transaction(() => {
    store.bulletins.add(bulletin, by);
    store.log.queue(`bulletins/${bulletin.no}`, bulletinBytes(store, bulletin));
    store.touch();
    desk.changed();
  });
  return ok({ bulletin });
}
