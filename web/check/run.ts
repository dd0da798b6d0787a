// The page's side of a check: starts the worker, hands it level 1 and then level 2, and tells the page how far it is.
import type { PoolFiles } from "../../domain/proof/pool.ts";
import type { Step } from "../../domain/proof/reasons.ts";
import type { Facts, Trust } from "../../domain/proof/work.ts";
import type { makeJob } from "./job.ts";
import type { Ask, Evidence, Told } from "./messages.ts";

export type Report = {
  steps: Step[];
  facts: Facts;
  running: boolean;
  /** Level 1 is over: the own result is known. */
  own: boolean;
  /** All winners of the pool: being checked, done, or left out because the files could not be had or the entry is in no pool. */
  pool: "later" | "done" | "missing" | "none";
  /** The whole proof, to be saved. */
  proof?: { bytes: Uint8Array; text: string };
};

export type CheckRun = {
  evidence: Evidence;
  trust: Trust;
  /** The pool's files, asked for once level 1 holds; undefined where they cannot be had. */
  files: (facts: Facts) => Promise<PoolFiles | undefined>;
};

export const failedStep = ({ steps }: Report) => steps.find((step) => step.state === "failed");
export const openSteps = ({ steps }: Report) => steps.filter((step) => step.state === "open");
/** Whether every winner of the pool follows, and not only the own result. */
export const isWhole = (report: Report): boolean => report.pool === "done" && !failedStep(report);

/** Where the work is done: in a worker, or on the page itself where the browser gives none. */
export type Workplace = { makeWorker: () => Worker | undefined; onPage: () => Promise<typeof makeJob> };

export async function runCheck(
  { evidence, trust, files }: CheckRun,
  workplace: Workplace,
  show: (report: Report) => void,
): Promise<Report> {
  let report: Report = { steps: [], facts: {}, running: true, own: false, pool: "later" };
  const change = (part: Partial<Report>) => {
    report = { ...report, ...part };
    show(report);
  };
  const told = ({ steps, facts, done, proof }: Told) => {
    // For whoever measures: the browser's own timeline.
    if (done) performance.mark(`check-level-${done}`);
    change({ steps: [...report.steps, ...steps], facts, own: report.own || done === 1, ...(proof ? { proof } : {}) });
  };
  performance.mark("check-start");
  const { ask, end } = await desk(workplace, told);
  try {
    await ask({ level: 1, evidence, trust });
    if (failedStep(report)) return report;
    if (report.facts.standing === "excluded") change({ pool: "none" });
    else {
      const poolFiles = await files(report.facts);
      if (!poolFiles) change({ pool: "missing" });
      else {
        await ask({ level: 2, files: poolFiles });
        change({ pool: "done" });
      }
    }
    return report;
  } finally {
    end();
    change({ running: false });
  }
}

type Desk = { ask: (ask: Ask) => Promise<void>; end: () => void };

async function desk({ makeWorker, onPage }: Workplace, told: (news: Told) => void): Promise<Desk> {
  const worker = makeWorker();
  if (!worker) {
    const job = (await onPage())(told);
    return { ask: async (ask) => job(ask), end: () => {} };
  }
  let finish: (() => void) | undefined;
  let fail: ((error: Error) => void) | undefined;
  worker.addEventListener("message", ({ data }: MessageEvent<Told>) => {
    told(data);
    if (data.done) finish?.();
  });
  worker.addEventListener("error", () => fail?.(new Error("the worker could not run")));
  const ask = (question: Ask) =>
    new Promise<void>((resolve, reject) => {
      finish = resolve;
      fail = reject;
      worker.postMessage(question);
    });
  return { ask, end: () => worker.terminate() };
}
