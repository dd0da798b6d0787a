// Where the verify page checks: in a worker from inside this one file, which must run from a disk and without any network.
import { makeJob } from "../check/job.ts";
import type { Workplace } from "../check/run.ts";
import InlineWorker from "../check/worker.ts?worker&inline";

export const workplace: Workplace = {
  makeWorker: () => {
    try {
      return new InlineWorker();
    } catch {
      return undefined;
    }
  },
  onPage: async () => makeJob,
};
