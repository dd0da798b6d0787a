// An audit asks for files and says how far it is; whoever runs it reads them from a site, a folder or memory. So its order stands in one place.
import type { Bytes } from "../bytes.ts";
import { Broken } from "./reasons.ts";

export type Step =
  /** The bytes of this published file are wanted, or undefined where it is not there. */
  | { want: string }
  /** These files will be wanted next, in this order: whoever fetches may begin. */
  | { soon: string[] }
  | { passed: string }
  /** A sign of life from long work. */
  | { doing: string; done: number; of: number };

export type Audited<Value> = Generator<Step, Value, Bytes | undefined>;

export function* find(path: string): Audited<Bytes | undefined> {
  return yield { want: path };
}

export function* read(path: string): Audited<Bytes> {
  const bytes = yield* find(path);
  if (!bytes) throw new Broken("file-missing", path, "is not published");
  return bytes;
}

/** Runs an audit over files that are at hand. `heard` is told of every step but the reads. */
export function runAudit<Value>(
  audit: Audited<Value>,
  files: (path: string) => Bytes | undefined,
  heard: (step: Step) => void = () => undefined,
): Value {
  let step = audit.next();
  while (!step.done) {
    const { value } = step;
    if ("want" in value) step = audit.next(files(value.want));
    else {
      heard(value);
      step = audit.next();
    }
  }
  return step.value;
}
