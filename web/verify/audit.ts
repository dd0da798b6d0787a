// Level 3 in a worker: asks a shop for the published files that the audit wants, and tells the page how far it is.
import { audit } from "../../domain/audit/audit.ts";
import { Broken } from "../../domain/audit/reasons.ts";
import type { Bytes } from "../../domain/bytes.ts";
import type { AuditAsk, AuditEnd, AuditTold } from "./audit-messages.ts";

const TELL_EVERY_MS = 400;
const LIMIT_MS = 60_000;

class Unreachable extends Error {}

export async function auditSession({ origin, session }: AuditAsk, tell: (told: AuditTold) => void): Promise<void> {
  const told: AuditTold = { passed: [], files: 0 };
  let toldAt = 0;
  const report = () => {
    if (performance.now() - toldAt < TELL_EVERY_MS) return;
    toldAt = performance.now();
    tell(told);
  };
  const steps = audit({ session });
  try {
    let step = steps.next();
    while (!step.done) {
      const { value } = step;
      if ("passed" in value) told.passed.push(value.passed);
      if ("doing" in value) told.doing = { what: value.doing, done: value.done, of: value.of };
      report();
      if ("want" in value) {
        const bytes = await fileAt(origin, value.want);
        told.files++;
        step = steps.next(bytes);
      } else step = steps.next();
    }
    tell({ ...told, end: { verdict: "holds", outcome: step.value.outcome } });
  } catch (error) {
    tell({ ...told, end: endOf(error) });
  }
}

function endOf(error: unknown): AuditEnd {
  if (error instanceof Broken) return { verdict: "broken", reason: error.reason, file: error.file, detail: error.detail };
  if (error instanceof Unreachable) return { verdict: "unreachable", file: error.message };
  throw error;
}

/** The bytes, or undefined where there is no such file. */
async function fileAt(origin: string, path: string): Promise<Bytes | undefined> {
  let reply: Response;
  try {
    reply = await fetch(`${origin}/${path}`, {
      signal: AbortSignal.timeout(LIMIT_MS),
      credentials: "omit",
      referrerPolicy: "no-referrer",
    });
  } catch {
    throw new Unreachable(path);
  }
  if (reply.ok) return new Uint8Array(await reply.arrayBuffer());
  // Nothing else than "not there" says that a file is missing.
  if (reply.status === NOT_THERE) return undefined;
  throw new Unreachable(path);
}

const NOT_THERE = 404;
