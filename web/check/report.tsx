// What a check has found: the verdict with its limit, who saw the seal, and every step in plain words.
import type { Step, StepName } from "../../domain/proof/reasons.ts";
import { verdictText, witnessText } from "../../domain/proof/verdict.ts";
import type { Facts } from "../../domain/proof/work.ts";
import { count } from "../shared/format.ts";
import { lang } from "../shared/lang.ts";
import { Note } from "../shared/parts.tsx";
import { failedStep, isWhole, openSteps, type Report } from "./run.ts";
import { checkWords } from "./words.ts";

const POOL_STEPS: StepName[] = ["list", "winners"];

export function ReportView({ report }: { report: Report }) {
  const w = checkWords();
  const { steps, facts, running } = report;
  return (
    <div class="stack report">
      <Outcome report={report} />
      <Steps title={w.levels.own} steps={steps.filter(({ step }) => !POOL_STEPS.includes(step))} facts={facts} />
      <Steps title={w.levels.pool} steps={steps.filter(({ step }) => POOL_STEPS.includes(step))} facts={facts} />
      {running && (
        <p class="working" role="status">
          {w.running} {w.step(steps.length)}
        </p>
      )}
      {report.pool === "missing" && <Note tone="warn">{w.poolMissing}</Note>}
    </div>
  );
}

function Outcome({ report }: { report: Report }) {
  const w = checkWords();
  const { steps, facts, own } = report;
  const broken = failedStep(report);
  if (broken?.state === "failed") {
    return (
      <Note tone="bad" title={`${w.broken}: ${w.steps[broken.step].title}`}>
        <p>{w.failed[broken.reason]}</p>
        <p>
          <b>{w.proves}:</b> {w.provesOf[broken.reason] ?? w.steps[broken.step].proves}
        </p>
      </Note>
    );
  }
  if (!own || !facts.standing) return null;
  const left = openSteps(report).length;
  const title = left === 0 ? w.all(steps.length) : w.someOpen(steps.length - left, left);
  return (
    <>
      <Note tone={left === 0 ? "good" : "warn"} title={title}>
        <p class="verdict">{verdictText(facts, isWhole(report), lang.value)}</p>
        <p>{witnessText(facts, lang.value)}</p>
        {facts.chain?.local && <p>{w.localTrial}</p>}
      </Note>
      <Witnesses facts={facts} />
    </>
  );
}

function Witnesses({ facts: { witnesses } }: { facts: Facts }) {
  const w = checkWords();
  if (!witnesses || witnesses.sealed.length === 0) return null;
  return (
    <section>
      <h3>{w.witnessList}</h3>
      <ul class="witnesses">
        {witnesses.sealed.map(({ key, by, brand, time }) => (
          <li key={key}>
            <b>{by}</b> <span class={`chip ${brand ? "" : "open"}`}>{brand ? w.byBrand : w.independent}</span>
            <small>
              <code>{key.split("+")[0]}</code> {w.seenAt(time)}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}

const MARK = { ok: "✓", open: "!", failed: "✗" };

function Steps({ title, steps, facts }: { title: string; steps: Step[]; facts: Facts }) {
  const w = checkWords();
  if (steps.length === 0) return null;
  return (
    <section>
      <h3>
        {title} <small class="muted">{count(steps.length)}</small>
      </h3>
      <ol class="checked">
        {steps.map((step) => (
          <li key={step.step} class={step.state}>
            <span class="tick" role="img" aria-label={w.state[step.state]}>
              {MARK[step.state]}
            </span>
            <div>
              <b>{w.steps[step.step].title}</b>
              <p>{sentence(step, facts)}</p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

function sentence(step: Step, facts: Facts): string {
  const w = checkWords();
  if (step.state === "failed") return w.failed[step.reason];
  if (step.state === "open") return w.open[step.reason](facts);
  const said = w.steps[step.step].ok(facts);
  return step.step === "exclusion" ? `${said} ${w.reasons[facts.reason ?? 0] ?? ""}` : said;
}
