// Looking oneself up in the sealed list before the draw, and the counts of exclusions for everybody.
import { useState } from "preact/hooks";
import type { SessionView } from "../../contracts/sessions.ts";
import type { Failure } from "../shared/api.ts";
import { count } from "../shared/format.ts";
import { FailureNote, Note, TaskButton } from "../shared/parts.tsx";
import { type Kept, receiptOf } from "./kept.ts";
import { loadOffers, offersIn, poolsIn } from "./offers.ts";
import { type ExclusionCounts as Counted, countExclusions, findSealed, type SealedPlace } from "./sealed.ts";
import { words } from "./words.ts";

export function SealedBox({ view, entry }: { view: SessionView; entry: Kept }) {
  const w = words().sealed;
  const [place, setPlace] = useState<SealedPlace | undefined>();
  const [failure, setFailure] = useState<Failure | undefined>();
  const receipt = receiptOf(entry);
  if (!receipt) return null;
  const run = async () => {
    const [outcome] = await Promise.all([findSealed(receipt), loadOffers(view.session, entry.sku)]);
    setFailure(outcome.ok ? undefined : outcome.refusal);
    if (outcome.ok) setPlace(outcome.value);
  };
  if (!place) {
    return (
      <>
        <TaskButton working={w.working} run={() => run().catch(() => setPlace({ standing: "missing" }))}>
          {w.look}
        </TaskButton>
        <FailureNote failure={failure} />
      </>
    );
  }
  const list = offersIn(view.session, entry.sku);
  const units = list && poolsIn(list).find(({ pool }) => pool === entry.pool)?.stock;
  if (place.standing === "in") return <Note tone="good">{w.in(place.entries, units, receipt.tickets, place.tickets)}</Note>;
  if (place.standing === "excluded") {
    return <Note tone="bad">{words().result.excludedText(words().reasons[place.reason] ?? String(place.reason))}</Note>;
  }
  return (
    <Note tone="bad" title={words().result.contradiction}>
      {words().result.contradictionText}
    </Note>
  );
}

export function ExclusionCounts({ view }: { view: SessionView }) {
  const w = words();
  const [counts, setCounts] = useState<Counted | undefined>();
  const [failure, setFailure] = useState<Failure | undefined>();
  const run = async () => {
    const outcome = await countExclusions(view.session, view.manifest);
    setFailure(outcome.ok ? undefined : outcome.refusal);
    if (outcome.ok) setCounts(outcome.value);
  };
  if (!counts) {
    return (
      <>
        <TaskButton
          class="quiet"
          working={w.sealed.working}
          run={() => run().catch(() => setFailure({ kind: "network", offline: false }))}
        >
          {w.sealed.exclusions}
        </TaskButton>
        <FailureNote failure={failure} />
      </>
    );
  }
  const { reasons, review } = counts;
  return (
    <>
      {reasons.size === 0 && <p class="muted">{w.sealed.none}</p>}
      <dl>
        {[...reasons]
          .sort(([a], [b]) => a - b)
          .flatMap(([reason, n]) => [
            <dt key={`t${reason}`}>{w.reasons[reason] ?? reason}</dt>,
            <dd key={`d${reason}`}>{count(n)}</dd>,
          ])}
      </dl>
      {review && (
        <p class="small">
          {w.sealed.appeals(
            count(review.refused + review.granted + review.undecided),
            count(review.granted),
            count(review.refused),
            count(review.undecided),
          )}
        </p>
      )}
    </>
  );
}
