// Runs an audit over a source: hands it the files that it asks for, and fetches a few ahead, so that a large session never lies in memory.

import type { Audited, Step } from "../../domain/audit/step.ts";
import type { Bytes } from "../../domain/bytes.ts";
import type { Source } from "./sources.ts";

const AHEAD = 8;

export async function runFrom<Value>(
  audit: Audited<Value>,
  source: Source,
  heard: (step: Exclude<Step, { want: string }>) => void,
): Promise<Value> {
  const underWay = new Map<string, Promise<Bytes | undefined>>();
  let soon: string[] = [];
  const fetchAhead = () => {
    while (underWay.size < AHEAD && soon.length > 0) {
      const path = soon.shift() as string;
      const fetched = source(path);
      // Whoever wants it sees the error; an audit that ends before has no use for it.
      fetched.catch(() => undefined);
      underWay.set(path, fetched);
    }
  };
  let step = audit.next();
  while (!step.done) {
    const { value } = step;
    if ("want" in value) {
      const bytes = await (underWay.get(value.want) ?? source(value.want));
      underWay.delete(value.want);
      fetchAhead();
      step = audit.next(bytes);
      continue;
    }
    if ("soon" in value) {
      soon = [...value.soon];
      fetchAhead();
    }
    heard(value);
    step = audit.next();
  }
  return step.value;
}
