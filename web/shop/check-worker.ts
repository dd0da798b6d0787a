// Where the shop page checks: in a worker of its own file, or on the page itself where the browser gives none.
import type { Workplace } from "../check/run.ts";

export const workplace: Workplace = {
  makeWorker: () => {
    try {
      return new Worker(new URL("../check/worker.ts", import.meta.url), { type: "module" });
    } catch {
      return undefined;
    }
  },
  onPage: async () => (await import("../check/job.ts")).makeJob,
};
