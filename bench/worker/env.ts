// What the benchmark's Worker has beside the shop's bindings.
import type { Rung } from "./object.ts";
import type { OutboxBench } from "./outbox.ts";
import type { ReservationShard } from "./shard.ts";

export type RungEnv = Env & { RUNGS: DurableObjectNamespace<Rung>; OUTBOXES: DurableObjectNamespace<OutboxBench> };

/** The shard's binding as this build serves it: the shop's own class and what only a benchmark asks of it. */
export const countingShards = (env: Env) => env.SHARDS as unknown as DurableObjectNamespace<ReservationShard>;
