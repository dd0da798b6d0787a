// What travels between the verify page and its worker when a whole session is checked.
import type { Outcome } from "../../domain/audit/audit.ts";

export type AuditAsk = { origin: string; session: string };

export type AuditEnd =
  | { verdict: "holds"; outcome: Outcome }
  | { verdict: "broken"; reason: string; file?: string | undefined; detail: string }
  /** A file could not be had, which says nothing about the session. */
  | { verdict: "unreachable"; file: string };

export type AuditTold = { passed: string[]; doing?: { what: string; done: number; of: number }; files: number; end?: AuditEnd };
