// What the harness asks of the generator process, and what it gets back.
import type { Audit } from "./ledger.ts";
import type { LoadOrder, Measured } from "./load.ts";
import type { Kind, SessionFacts } from "./people.ts";
import type { SteadyOrder } from "./steady.ts";

export type Order =
  | { do: "prepare"; facts: SessionFacts; count: number; kind: Kind }
  | { do: "load"; order: LoadOrder }
  | { do: "steady"; order: SteadyOrder }
  | { do: "audit"; origin: string; session: string; shards: number };

export type Answers = { prepare: { prepared: number }; load: Measured; steady: Measured; audit: Audit };

export type Answer = { value: Answers[keyof Answers] } | { error: string };
