// Sessions as this page has read them from published files. Each file is read once: none of them ever changes. What was announced stays on the
// device beside the receipt, so that a phone that opens its result asks for the result only.
import type { PublishedSession } from "../../contracts/session-view.ts";
import type { OffersReply, Rules, Waiting } from "../../contracts/sessions.ts";
import { hex, utf8 } from "../../domain/bytes.ts";
import { type Manifest, manifestHash, parseObject } from "../../domain/draw/manifest.ts";
import type { Wave } from "../../domain/draw/wave.ts";
import { sha256 } from "../../domain/hash.ts";
import { type Outcome, ok, refuse } from "../../domain/outcome.ts";
import { call, type Failure, send } from "../shared/api.ts";
import { readKept, writeKept } from "../shared/storage.ts";
import { filesDue, type Hope } from "./due.ts";
import { drawFile } from "./result.ts";

/** The exact texts of manifest and rules. */
type Announced = { manifest: string; rules: string };

const key = (session: string): string => `announced/${session}`;
const known = new Map<string, { session: PublishedSession; text: Announced; offers: boolean }>();

/** As far as it was read. */
export const published = (session: string): PublishedSession | undefined => known.get(session)?.session;

/** For a session in which this device has a reservation. */
export const keepAnnounced = (session: string): boolean => writeKept(key(session), known.get(session)?.text);

/** Reads what was fixed when the session was announced, and how many units there are of what for whoever has to choose. */
export async function readAnnounced(session: string, withOffers: boolean): Promise<Outcome<PublishedSession, Failure>> {
  try {
    if (!known.has(session)) {
      const before = readKept<Announced>(key(session));
      const text = before ? ok(before) : await fetchAnnounced(session);
      if (!text.ok) return text;
      known.set(session, { session: sessionOf(text.value), text: text.value, offers: false });
    }
    const read = known.get(session) as NonNullable<ReturnType<typeof known.get>>;
    if (withOffers && !read.offers) {
      const reply = await call<OffersReply>(`/v1/sessions/${session}/offers`, { open: true });
      if (!reply.ok) return reply;
      read.session.offers = reply.value.offers;
      read.offers = true;
    }
    return ok(read.session);
  } catch {
    // Not of the published form, cut on the way, or damaged on the device: the next look asks again.
    if (!known.has(session)) writeKept(key(session), undefined);
    return refuse({ kind: "network", offline: false });
  }
}

async function fetchAnnounced(session: string): Promise<Outcome<Announced, Failure>> {
  const manifest = await send(drawFile(session, "manifest.json"));
  if (!manifest.ok) return manifest;
  const rules = await send(`/rules/${parseObject<Manifest>(manifest.value.bytes).rulesHash}`);
  return rules.ok ? ok({ manifest: manifest.value.text, rules: rules.value.text }) : rules;
}

/** Throws a RangeError unless the rules are the ones that the manifest names. */
function sessionOf({ manifest, rules }: Announced): PublishedSession {
  const bytes = utf8(manifest);
  const fixed = parseObject<Manifest>(bytes);
  if (hex(sha256(utf8(rules))) !== fixed.rulesHash) throw new RangeError("these are not the announced rules");
  const none = { offers: [], pools: [], sealed: false, drawn: false, waves: [], settled: false };
  return { manifest: fixed, id: hex(manifestHash(bytes)), rules: JSON.parse(rules) as Rules, ...none };
}

/** Looks for the file that comes next. One that is not there yet is no failure; another problem is told. */
export async function readFurther(session: PublishedSession, hope: Hope, nowS: number): Promise<Failure | undefined> {
  // This file comes and goes.
  session.waiting = undefined;
  for (const name of filesDue(session, hope, nowS)) {
    const file = await call<object>(drawFile(session.manifest.session, name));
    if (file.ok) {
      note(session, name, file.value);
      return undefined;
    }
    if (file.refusal.kind !== "problem" || file.refusal.status !== 404) return file.refusal;
  }
  return undefined;
}

function note(session: PublishedSession, name: string, file: object): void {
  if (name === "seal.json") session.sealed = true;
  else if (name === "result.json") session.drawn = true;
  else if (name === "settled.json") session.settled = true;
  else if (name === "void.json") session.voided = file as NonNullable<PublishedSession["voided"]>;
  else if (name === "waiting.json") session.waiting = file as Waiting;
  else session.waves = [...session.waves, file as Wave];
}
