// What the harness asks of the generator process, and what it gets back.
import type { Audit } from "./ledger.ts";
import type { LoadOrder, Measured } from "./load.ts";
import type { SessionFacts } from "./people.ts";

export type Order =
  | { do: "prepare"; facts: SessionFacts; count: number }
  | { do: "load"; order: LoadOrder }
  | { do: "audit"; origin: string; session: string; manifest: string; shards: number };

export type Answers = { prepare: { prepared: number }; load: Measured; audit: Audit };

export type Answer = { value: Answers[keyof Answers] } | { error: string };
