// A witness of one log: remembers the last checkpoint that it cosigned, cosigns only what continues it, copies what it has cosigned.
import { DurableObject } from "cloudflare:workers";
import { signWith } from "../domain/ed25519.ts";
import { cosignatureBytes, cosignatureMessage } from "../domain/log/cosignature.ts";
import { noteOf, signatureLine } from "../domain/log/note.ts";
import { proofText } from "../domain/log/proof.ts";
import { inclusionPath } from "../domain/log/tree.ts";
import { type Judged, judge } from "../domain/log/witnessing.ts";
import { type Complaint, isSigned } from "./complaint.ts";
import { fetchEntries } from "./copy.ts";
import { type KnownLog, type Settings, settingsOf } from "./settings.ts";
import { WitnessStore } from "./store.ts";

export type Cosigning = { verdict: "cosign"; line: string } | Exclude<Judged, { verdict: "cosign" }>;

export type ComplaintNo = "unknown_session" | "not_signed" | "too_many";

const COPY_RETRY_MS = 5_000;
const COPY_RETRY_MS_MAX = 300_000;
/** A session with more is in trouble that a longer list does not make plainer. */
const COMPLAINTS_MAX = 10_000;
const LISTED_MAX = 200;
/** Signature checks of complaints a minute, each some 1 ms. */
const COMPLAINTS_A_MINUTE = 120;

export class LogWitness extends DurableObject<Env> {
  readonly #store: WitnessStore;
  readonly #fetch: typeof fetch;
  #copyTries = 0;
  #minute = { started: 0, checks: 0 };

  constructor(ctx: DurableObjectState, env: Env, fetcher: typeof fetch = (input, init) => fetch(input, init)) {
    super(ctx, env);
    this.#store = new WitnessStore(ctx.storage);
    this.#fetch = fetcher;
  }

  /** Judged and written down in one turn: two requests at once cannot both continue the same checkpoint. */
  add(request: string): Cosigning {
    const settings = settingsOf(this.env);
    const log = this.#log(settings);
    const judged = judge(
      request,
      (origin) => (origin === log.origin ? [log.key] : []),
      () => this.#store.seen(),
    );
    if (judged.verdict !== "cosign") return judged;
    const { size, root, note } = judged.checkpoint;
    // The same checkpoint again gets the same cosignature: a reply that was lost costs no time.
    const last = this.#store.last();
    if (last?.size === size) return { verdict: "cosign", line: last.line };
    const time = Math.floor(Date.now() / 1000);
    const line = signatureLine(settings.key, cosignatureBytes(time, signWith(settings.seed, cosignatureMessage(note.text, time))));
    const own = note.signatures.filter(({ name, id }) => name === log.key.name && id === log.key.id);
    const signed = noteOf(note.text, [...own.map((signature) => signatureLine(signature, signature.bytes)), line]);
    this.#store.cosigned({ size, root, note: signed, line });
    void this.ctx.storage.setAlarm(Date.now());
    return { verdict: "cosign", line };
  }

  /** Copies what was cosigned and not fetched yet, bundle by bundle, up to the last cosigned checkpoint. */
  override async alarm(): Promise<void> {
    const { url, origin } = this.#log(settingsOf(this.env));
    try {
      for (;;) {
        const last = this.#store.last();
        const from = this.#store.copied;
        if (!last || this.#store.verified >= last.size) break;
        if (from < last.size) {
          const entries = await fetchEntries(url, from, last.size, this.#fetch);
          // Another run may have been here while this one was fetching.
          if (this.#store.copied === from) this.#store.copy(entries);
        } else if (!this.#store.verify(last)) throw new Error("the entries are not the ones that were cosigned");
      }
      this.#copyTries = 0;
    } catch (error) {
      console.warn(JSON.stringify({ event: "copy_failed", origin, tries: this.#copyTries, error: String(error) }));
      const waitMs = Math.min(COPY_RETRY_MS_MAX, COPY_RETRY_MS * 2 ** Math.min(this.#copyTries++, 10));
      await this.ctx.storage.setAlarm(Date.now() + waitMs);
    }
  }

  /** Where this witness stands, and how far its copy goes. */
  state(): { size: number; note: string; copied: number } {
    const last = this.#store.last();
    return { size: last?.size ?? 0, note: last?.note ?? "", copied: this.#store.verified };
  }

  /** A copied entry, and the proof that it stands in the log by the first checkpoint that this witness cosigned over it. */
  copyOf(name: string): { bytes: Uint8Array; proof: string } | undefined {
    const entry = this.#store.entry(name);
    const covering = entry && this.#store.covering(entry.at);
    if (!entry || !covering) return undefined;
    const path = inclusionPath(this.#store.nodes, entry.at, covering.size);
    return { bytes: entry.bytes, proof: proofText({ index: entry.at, path, checkpoint: covering.note }) };
  }

  names(): string[] {
    return this.#store.names(LISTED_MAX);
  }

  complain({
    receipt,
    text,
    contact,
  }: Complaint): { ok: true; first: boolean; count: number } | { ok: false; refusal: ComplaintNo } {
    const manifest = this.#store.entry(`${receipt.session}/manifest`);
    if (!manifest) return { ok: false, refusal: "unknown_session" };
    if (!this.#mayCheck() || this.#store.complaintsOf(receipt.session) >= COMPLAINTS_MAX) return { ok: false, refusal: "too_many" };
    if (!isSigned(receipt, manifest.bytes)) return { ok: false, refusal: "not_signed" };
    const received = Math.floor(Date.now() / 1000);
    const first = this.#store.complain(receipt.leaf, receipt.session, JSON.stringify(receipt), text, contact, received);
    return { ok: true, first, count: this.#store.complaintsOf(receipt.session) };
  }

  complaints(): ReturnType<WitnessStore["complaints"]> {
    return this.#store.complaints(LISTED_MAX);
  }

  /** The object is named after the log. */
  #log({ logs }: Settings): KnownLog {
    const log = logs.find(({ origin }) => origin === this.ctx.id.name);
    if (!log) throw new Error("this log is not among the settings any more");
    return log;
  }

  #mayCheck(): boolean {
    const now = Date.now();
    if (now - this.#minute.started > 60_000) this.#minute = { started: now, checks: 0 };
    return this.#minute.checks++ < COMPLAINTS_A_MINUTE;
  }
}
