// The brand's session log: gives entries their places for ever, signs how far it goes, and shows nothing that its witnesses could not see.
import { DurableObject } from "cloudflare:workers";
import { type Settings, settingsOf, witnessesOf } from "../contracts/settings.ts";
import { same, utf8 } from "../domain/bytes.ts";
import { signWith } from "../domain/ed25519.ts";
import { checkpointText, isSignedBy, logKeyOf } from "../domain/log/checkpoint.ts";
import { type Cosigned, cosigned, hasQuorum, timely, type Witnesses } from "../domain/log/cosignature.ts";
import { noteOf, parseNote, parseVkey, signatureLine, signatureOf } from "../domain/log/note.ts";
import { pageBytes, readPage } from "../domain/log/page.ts";
import { parseProof, proofText } from "../domain/log/proof.ts";
import { consistencyPath, inclusionPath } from "../domain/log/tree.ts";
import { type Outcome, ok, refuse } from "../domain/outcome.ts";
import { lastHead, publishedEntries, putCheckpoint, putHead, putPage, putTiles } from "./log/files.ts";
import type { LogNo, LogRequest, Standing } from "./log/messages.ts";
import { LogStore } from "./log/store.ts";
import { askWitnesses } from "./log/witnesses.ts";
import { type Ports, portsOf } from "./ports.ts";

/** Notes of 1 kB each. */
const SIGNERS_MAX = 200;

export class SessionLog extends DurableObject<Env> {
  readonly #ports: Ports;
  readonly #store: LogStore;
  /** Rounds run one at a time; whoever appended after one began waits for the next. */
  #round: Promise<boolean> | undefined;
  #next: Promise<boolean> | undefined;
  /** Who cosigned which note. A check costs a millisecond per signature, and sessions ask about the same notes again and again. */
  readonly #signers = new Map<string, Cosigned[]>();
  /** What /log/checkpoint says, as far as this instance knows. */
  #published = "";

  constructor(ctx: DurableObjectState, env: Env, ports: Ports = portsOf(ctx, env)) {
    super(ctx, env);
    this.#ports = ports;
    this.#store = new LogStore(ports.storage);
  }

  /**
   * Appends what is not there yet, publishes, asks the witnesses, and says where each entry stands. To be called again until the proof has
   * its quorum: the same entries have the same places for ever.
   */
  async add({ entries, witnesses }: LogRequest): Promise<Outcome<Standing[], LogNo>> {
    const appended = this.#store.append(entries.map(({ bytes }) => bytes));
    if (!appended.ok) return appended;
    if (!(await this.#publish())) return refuse("log_stopped");
    return ok(appended.value.map((index, at) => this.#standing(index, witnesses, entries[at]?.before)));
  }

  /**
   * Appends the hash of the verify page that is served, where it is another than the last one, and publishes entry and proof. True once the
   * witnesses of the settings have seen it; to be called again until then.
   */
  async page(sha256: string): Promise<Outcome<boolean, LogNo>> {
    const last = this.#store.lastPage();
    const bytes = last && readPage(last.bytes).sha256 === sha256 ? last.bytes : pageBytes(sha256, this.#second());
    const witnesses = witnessesOf(settingsOf(this.#ports.env));
    const outcome = await this.add({ entries: [{ bytes }], witnesses });
    if (!outcome.ok) return outcome;
    const { proof } = outcome.value[0] as Standing;
    if (!hasQuorum(this.#cosigned(parseProof(proof).checkpoint, witnesses), witnesses)) return ok(false);
    await putPage(this.#ports.env.FILES, bytes, proof);
    return ok(true);
  }

  #second(): number {
    return Math.floor(this.#ports.nowMs() / 1000);
  }

  /** The places of entries by their names (session/type); null for what is not in the log now. A place is for ever. */
  placesOf(names: string[]): (number | null)[] {
    return names.map((name) => this.#store.placeOf(name) ?? null);
  }

  /** Sessions whose result stands behind this place. */
  resultsAfter(at: number): string[] {
    return this.#store.resultsAfter(at);
  }

  /**
   * Takes the entries back from the published files, where its own storage has none: after a move to another installation. They are the log's
   * own, because they give the root that the last head was signed for. Restoring again changes nothing.
   */
  async restore(): Promise<Outcome<{ size: number }, "log_not_restored">> {
    const { FILES } = this.#ports.env;
    const head = await lastHead(FILES);
    if (!head || head.size === this.#store.size) return ok({ size: this.#store.size });
    if (this.#store.size > 0) return refuse("log_not_restored");
    const settings = settingsOf(this.#ports.env);
    const isOurs = head.origin === settings.LOG_ORIGIN && isSignedBy(head, logKeyOf(settings.LOG_ORIGIN, settings.LOG_KEY));
    const entries = isOurs ? await publishedEntries(FILES, head.size) : undefined;
    if (!entries || !this.#store.refill(entries, head.root)) return refuse("log_not_restored");
    return ok({ size: head.size });
  }

  #standing(index: number, witnesses: Witnesses, before = Number.POSITIVE_INFINITY): Standing {
    let best: { size: number; note: string; signed: number } | undefined;
    for (const checkpoint of this.#store.covering(index)) {
      const list = this.#cosigned(checkpoint.note, witnesses);
      const signed = timely(list, before).length;
      if (!best || signed > best.signed) best = { ...checkpoint, signed };
      if (hasQuorum(list, witnesses, before)) break;
    }
    const { size, note } = best as { size: number; note: string };
    return { index, proof: proofText({ index, path: inclusionPath(this.#store.nodes, index, size), checkpoint: note }) };
  }

  #publish(): Promise<boolean> {
    if (this.#round) {
      this.#next ??= this.#round
        .catch(() => undefined)
        .then(() => {
          this.#next = undefined;
          return this.#publish();
        });
      return this.#next;
    }
    this.#round = this.#runRound().finally(() => {
      this.#round = undefined;
    });
    return this.#round;
  }

  /**
   * One round: tiles, then the signed head, then the witnesses, then the checkpoint for everybody. Cut off anywhere it is run again, and
   * nothing that was shown to anybody is ever followed by something that contradicts it. False where the log must not sign.
   */
  async #runRound(): Promise<boolean> {
    const { FILES } = this.#ports.env;
    const settings = settingsOf(this.#ports.env);
    const size = this.#store.size;
    const head = await lastHead(FILES);
    const problem = this.#contradiction(head, settings);
    if (problem) {
      console.error(JSON.stringify({ event: "log_stopped", problem, size, head: head?.size }));
      return false;
    }
    let signed = head?.text ?? "";
    if (head?.size !== size) {
      await putTiles(FILES, this.#store, head?.size ?? 0, size);
      signed = this.#sign(size, settings);
      await putHead(FILES, signed);
    }
    const note = await this.#cosign(size, signed, settings);
    const witnesses = witnessesOf(settings);
    if (note !== this.#published && hasQuorum(this.#cosigned(note, witnesses), witnesses)) {
      await putCheckpoint(FILES, note);
      this.#published = note;
    }
    return true;
  }

  #cosigned(note: string, witnesses: Witnesses): Cosigned[] {
    const key = JSON.stringify([witnesses.keys, note]);
    const list = this.#signers.get(key) ?? cosigned(parseNote(note), witnesses);
    if (this.#signers.size >= SIGNERS_MAX) this.#signers.clear();
    this.#signers.set(key, list);
    return list;
  }

  /** Why the last head that was signed is not one that this log could have signed: its storage was put back, or its key was changed. */
  #contradiction(head: Awaited<ReturnType<typeof lastHead>>, settings: Settings): string | undefined {
    if (!head) return undefined;
    if (head.origin !== settings.LOG_ORIGIN) return "the last head has another origin: LOG_ORIGIN can never change";
    if (!isSignedBy(head, logKeyOf(settings.LOG_ORIGIN, settings.LOG_KEY)))
      return "the last head was signed with another key: LOG_KEY can never change";
    if (head.size > this.#store.size) return "the log has fewer entries than it has signed: its storage was put back";
    return same(this.#store.root(head.size), head.root) ? undefined : "the log has other entries than it has signed";
  }

  #sign(size: number, { LOG_ORIGIN: origin, LOG_KEY: seed }: Settings): string {
    const text = checkpointText({ origin, size, root: this.#store.root(size) });
    return noteOf(text, [signatureLine(logKeyOf(origin, seed), signWith(seed, utf8(text)))]);
  }

  /** The checkpoint with all cosignatures that it has, after asking whoever has not given one yet. */
  async #cosign(size: number, signed: string, settings: Settings): Promise<string> {
    const { list, k } = settings.WITNESSES;
    let note = this.#store.checkpoint(size, signed);
    const missing = list.filter(({ key }) => signatureOf(parseNote(note), parseVkey(key)) === undefined);
    if (missing.length === 0) return note;
    const question = { size, signed, pathFrom: (old: number) => consistencyPath(this.#store.nodes, old, size) };
    const standOf = (key: string) => this.#store.standOf(key);
    const enough = k - (list.length - missing.length);
    const answers = await askWitnesses(missing, question, standOf, enough, this.#ports.fetch);
    if (answers.length === 0) return note;
    note += answers.map(({ line }) => line).join("");
    this.#store.cosigned(
      size,
      note,
      answers.map(({ key }) => key),
    );
    return note;
  }
}
