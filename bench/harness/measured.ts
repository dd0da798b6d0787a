// How a shop is served that can be measured from inside: with the benchmark's entry and its objects.
import type { ServerOptions } from "../../scripts/local/server.ts";

export const MEASURED = {
  entry: "bench/worker.ts",
  // A rung that remembers in memory alone must not be put to sleep between its rounds.
  extraObjects: {
    RUNGS: { className: "Rung", useSQLite: true, unsafePreventEviction: true },
    OUTBOXES: { className: "OutboxBench", useSQLite: true },
  },
} satisfies Partial<ServerOptions>;
