// What the public log and its witnesses say of the session. draw1, section 4: nothing counts before k witnesses have seen it in time.
import type { Bytes } from "../bytes.ts";
import type { Settled } from "../draw/forms.ts";
import { sealDeadline } from "../draw/manifest.ts";
import type { Wave } from "../draw/wave.ts";
import { type Cosigned, cosigned, hasQuorum, timely } from "../log/cosignature.ts";
import { KEY_TYPE, type NoteKey, noteText, parseVkey } from "../log/note.ts";
import type { Announced } from "./announced.ts";
import { CHECKPOINT, checkOlder, openCheckpoint, readLog } from "./published-log.ts";
import { must, type Reason, reading } from "./reasons.ts";
import { type Audited, find, read } from "./step.ts";
import { type Covered, readProofs, readStory, type Story, type Told } from "./story.ts";

const KEY = "log/vkey";

export type LogTrust = {
  /** The log's key (C2SP vkey) where the verifier has it from elsewhere. */
  logKey?: string | undefined;
  /** Checkpoints that the verifier has kept, by name. */
  seen?: { name: string; bytes: Bytes }[] | undefined;
};

/** Where the proof ends although everything holds. */
export type Limit =
  | "no-log"
  | "no-witnesses"
  | "no-independent-witness"
  | "log-key-from-site"
  | "local-beacon"
  | "not-sealed"
  | "not-drawn"
  | "tickets-by-rule"
  | "void-not-counted";

export type Logged = {
  /** Undefined without a log: then nobody can tell whether a wave is held back. */
  waves: Wave[] | undefined;
  settled: Settled | undefined;
  /** Places in the log; undefined where there is none, or not this one. */
  manifestAt: number | undefined;
  resultAt: number | undefined;
  /** Who saw the seal in time. */
  witnesses: Cosigned[];
  limits: Limit[];
};

export function* readLogged(announced: Announced, trust: LogTrust): Audited<Logged> {
  const { manifest } = announced;
  const { k, keys } = manifest.witnesses;
  const limits: Limit[] = [];
  if (k === 0) limits.push("no-witnesses");
  else if (keys.every(({ brand }) => brand)) limits.push("no-independent-witness");
  const bytes = yield* find(CHECKPOINT);
  if (!bytes) {
    must(k === 0, "log-missing", CHECKPOINT, `${k} witnesses are needed, and no log is published`);
    const nowhere = { waves: undefined, settled: undefined, manifestAt: undefined, resultAt: undefined };
    return { ...nowhere, witnesses: [], limits: [...limits, "no-log"] };
  }
  if (!trust.logKey) limits.push("log-key-from-site");
  const key = logKey(manifest.origin, trust.logKey ?? (yield* read(KEY)));
  const identity = { origin: manifest.origin, key, witnesses: manifest.witnesses };
  const log = yield* readLog(bytes, identity);
  for (const { name, bytes: kept } of trust.seen ?? [])
    checkOlder(
      log,
      openCheckpoint(name, () => noteText(kept), identity),
      name,
    );
  yield { passed: "entries, tiles and checkpoint of the log agree" };

  const { story, told } = yield* readStory(announced, log);
  const proofs = yield* readProofs(announced, log, story);
  yield { passed: "the session's entries stand in the log, each as it is published" };
  const witnesses = k > 0 ? checkQuorums(announced, proofs) : [];
  if (k > 0) yield { passed: "the witnesses saw the manifest before opening, and the seal before the beacon" };
  const seenSize = k > 0 ? proofs.get("seal")?.size : undefined;
  if (hasVoid(story, told, seenSize ?? story.result?.index ?? log.entries.length)) limits.push("void-not-counted");
  const places = { manifestAt: story.manifest?.index, resultAt: story.result?.index };
  return { waves: told.waves, settled: told.settled, ...places, witnesses, limits };
}

/** The log's key as it is known from elsewhere, or as the site tells it. */
export function logKey(origin: string, told: string | Bytes): NoteKey {
  const key = reading(KEY, () => parseVkey((typeof told === "string" ? told : noteText(told)).trim()), "log-key");
  must(key.type === KEY_TYPE.ed25519 && key.name === origin, "log-key", KEY, `not a key of the log ${origin}`);
  return key;
}

/** Who saw the seal in time; throws where manifest, seal or result was not seen by k witnesses. */
function checkQuorums({ manifest }: Announced, proofs: Map<string, Covered>): Cosigned[] {
  const { witnesses, open, leads } = manifest;
  const moments: [kind: string, before: number, late: Reason][] = [
    ["manifest", open - leads.announceS, "manifest-late"],
    ["seal", sealDeadline(manifest), "seal-late"],
    ["result", Number.POSITIVE_INFINITY, "no-quorum"],
  ];
  let sawSeal: Cosigned[] = [];
  for (const [kind, before, late] of moments) {
    const proof = proofs.get(kind);
    if (!proof) continue;
    const { file, note } = proof;
    const given = reading(file, () => cosigned(note, witnesses), "cosignature");
    must(hasQuorum(given, witnesses), "no-quorum", file, `${given.length} of ${witnesses.k} cosignatures`);
    const early = timely(given, before);
    must(early.length >= witnesses.k, late, file, `${early.length} of ${witnesses.k} cosignatures were given before ${before}`);
    if (kind === "seal") sawSeal = early;
  }
  return sawSeal;
}

/**
 * Whether the log holds a void that does not count; throws where it counts: where it came in time, which is below the size at which the
 * witnesses saw the seal, else before the result. One for want of a seal is refuted by the seal.
 */
function hasVoid({ void: entry, seal }: Story, told: Told, end: number): boolean {
  if (!entry || !told.void) return false;
  const counts = entry.index < end && (told.void.cause === "operator" || !seal);
  must(!counts, "voided", undefined, `entry ${entry.index} of the log: ${told.void.cause}`);
  return true;
}
