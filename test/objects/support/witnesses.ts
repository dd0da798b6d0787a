// Witnesses for object tests: the real rule and real signatures, and faults that tests switch on.
import { hex, utf8 } from "../../../domain/bytes.ts";
import { publicKeyOf, signWith } from "../../../domain/ed25519.ts";
import { sha256 } from "../../../domain/hash.ts";
import { logKeyOf } from "../../../domain/log/checkpoint.ts";
import { cosignatureBytes, cosignatureMessage } from "../../../domain/log/cosignature.ts";
import { KEY_TYPE, type NoteKey, noteKey, signatureLine, vkeyOf } from "../../../domain/log/note.ts";
import { judge, NOTHING_SEEN, type Seen, SIZE_TYPE, WITNESS_STATUS } from "../../../domain/log/witnessing.ts";
import { world } from "./world.ts";

/** The log of the object tests: its origin stands in wrangler.toml, its key in vitest.config.ts. */
export const LOG_KEY = logKeyOf("fairpour.example/sessions", new Uint8Array(32).fill(0x44));

export type Answer = (honest: () => Response) => Response | Promise<Response | undefined> | undefined;

export class TestWitness {
  readonly key: NoteKey;
  readonly #seed: Uint8Array<ArrayBuffer>;
  #seen: Seen = NOTHING_SEEN;
  /** What it does with a request; honest unless a test says otherwise. */
  mood: Answer = (honest) => honest();
  /** Seconds that its clock differs. */
  clockS = 0;
  asked = 0;

  constructor(name: string) {
    this.#seed = sha256(utf8(`witness ${name}`));
    this.key = noteKey(name, KEY_TYPE.cosignature, publicKeyOf(this.#seed));
  }

  get size(): number {
    return this.#seen.size;
  }

  get root(): string {
    return hex(this.#seen.root);
  }

  async answer(request: string): Promise<Response | undefined> {
    this.asked++;
    return this.mood(() => this.honest(request));
  }

  honest(request: string): Response {
    const judged = judge(
      request,
      (origin) => (origin === LOG_KEY.name ? [LOG_KEY] : []),
      () => this.#seen,
    );
    const status = WITNESS_STATUS[judged.verdict];
    if (judged.verdict === "conflict") return new Response(`${judged.size}\n`, { status, headers: { "Content-Type": SIZE_TYPE } });
    if (judged.verdict !== "cosign") return new Response(judged.verdict, { status });
    const { size, root, note } = judged.checkpoint;
    this.#seen = { size, root };
    return new Response(this.line(note.text));
  }

  line(text: string, time = Math.floor(world().nowMs / 1000) + this.clockS): string {
    return signatureLine(this.key, cosignatureBytes(time, signWith(this.#seed, cosignatureMessage(text, time))));
  }
}

/** Puts witnesses into the world, and k of them into the settings. The first is the brand's own. */
export function withWitnesses(k: number, names = ["w1.test", "w2.test", "w3.test"]): TestWitness[] {
  const witnesses = names.map((name) => new TestWitness(name));
  world().settings = {
    WITNESSES: {
      k,
      list: witnesses.map(({ key }, at) => ({
        key: vkeyOf(key),
        by: `Witness ${at + 1}`,
        url: `http://${key.name}`,
        brand: at === 0,
      })),
    },
  };
  world().witness = async (host, body) => witnesses.find(({ key }) => key.name === host)?.answer(body);
  return witnesses;
}
