// "How many tickets do I have": the count of this device, what it rests on, and whether the shop's is the same.
import { useState } from "preact/hooks";
import type { SessionView } from "../../contracts/sessions.ts";
import type { Failure } from "../shared/api.ts";
import { now } from "../shared/clock.ts";
import { listed, when } from "../shared/format.ts";
import { inLang } from "../shared/lang.ts";
import { FailureNote, Note, TaskButton } from "../shared/parts.tsx";
import type { Chances } from "./chances.ts";
import { kept } from "./kept.ts";
import { published } from "./published.ts";
import { productName } from "./shelf.ts";
import { words } from "./words.ts";

export function ChancesBox({ view }: { view: SessionView }) {
  const w = words().chances;
  const [counted, setCounted] = useState<Chances[] | undefined>();
  const [failure, setFailure] = useState<Failure | undefined>();
  if (!view.rules.counting) return null;
  const run = async () => {
    const { countChances } = await import("./chances.ts");
    const outcome = await countChances(view.session);
    setFailure(outcome.ok ? undefined : outcome.refusal);
    if (outcome.ok) setCounted(outcome.value);
  };
  return (
    <section class="card stack" aria-labelledby="chances-title">
      <h2 id="chances-title">{w.title}</h2>
      <p class="muted">{(published(view.session)?.manifest.ticketsMax ?? 1) > 1 ? w.rule : w.equal}</p>
      {counted?.map((one) => (
        <Family key={one.skus.join()} of={one} />
      ))}
      <TaskButton class="quiet" working={w.working} run={() => run().catch(() => setFailure({ kind: "network", offline: false }))}>
        {counted ? w.again : w.count}
      </TaskButton>
      <FailureNote failure={failure} />
    </section>
  );
}

function Family({ of: { skus, tickets, ticketsMax, losses, coolsUntil, byShop } }: { of: Chances }) {
  const w = words().chances;
  const titleOf = (session: string) => kept.value.find((entry) => entry.session === session)?.title;
  return (
    <div class="stack">
      <p>
        <b>{listed([...new Set(skus.map(productName))])}</b>:{" "}
        {coolsUntil === undefined ? w.tickets(tickets, ticketsMax) : w.cooling(when(coolsUntil, now.value))}
      </p>
      {coolsUntil === undefined && losses.length > 0 && (
        <>
          <p class="muted small">{w.losses}</p>
          <ul class="small">
            {losses.map(({ session, drawAt }) => {
              const title = titleOf(session);
              return (
                <li key={session}>
                  {title ? inLang(title) : session} · {when(drawAt, now.value)}
                </li>
              );
            })}
          </ul>
        </>
      )}
      {coolsUntil === undefined && tickets > 1 && <p class="muted small">{w.odds(tickets)}</p>}
      {byShop !== undefined && byShop !== tickets && <Note tone="warn">{w.differs(byShop)}</Note>}
      {byShop === tickets && <p class="muted small">{w.same}</p>}
    </div>
  );
}
