// What the harness asks of the generator process, and what it gets back.
import type { Burst, BurstOrder } from "./burst.ts";
import type { Audit } from "./ledger.ts";
import type { LoadOrder, Measured } from "./load.ts";
import type { Opened, OpensOrder } from "./opens.ts";
import type { Kind, SessionFacts } from "./people.ts";
import type { Probed, ProbeOrder } from "./probe.ts";
import type { SteadyMeasured, SteadyOrder } from "./steady.ts";

export type Order =
  | { do: "prepare"; facts: SessionFacts; count: number; kind: Kind }
  | { do: "load"; order: LoadOrder }
  | { do: "steady"; order: SteadyOrder }
  | { do: "beside"; order: SteadyOrder; probe: ProbeOrder }
  | { do: "opens"; order: OpensOrder }
  | { do: "burst"; order: BurstOrder }
  | { do: "audit"; origin: string; session: string; shards: number };

export type Answers = {
  prepare: { prepared: number };
  load: Measured;
  steady: SteadyMeasured;
  beside: { load: Measured; probe: Probed };
  opens: Opened;
  burst: Burst;
  audit: Audit;
};

export type Answer = { value: Answers[keyof Answers] } | { error: string };
