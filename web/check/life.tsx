// The life of a receipt in plain words: for its owner, for support, for a newspaper.
import type { LifeEvent } from "../../domain/proof/life.ts";
import { checkWords } from "./words.ts";

export function LifeView({ events }: { events: LifeEvent[] }) {
  const w = checkWords().life;
  if (events.length === 0) return null;
  return (
    <section class="stack">
      <h3>{w.title}</h3>
      <ol class="life">
        {events.map((event) => (
          <li key={`${event.event} ${"wave" in event ? event.wave : ""}`}>{said(event)}</li>
        ))}
      </ol>
    </section>
  );
}

function said(event: LifeEvent): string {
  const { life: w, reasons } = checkWords();
  switch (event.event) {
    case "entered":
      return w.entered(event.s, event.shard, event.index);
    case "excluded":
      return event.reason === 1 ? w.withdrawn : w.excluded(reasons[event.reason] ?? String(event.reason));
    case "reviewed":
      return `${w.excluded(reasons[event.reason] ?? String(event.reason))} ${w.outcome[event.outcome] ?? ""}`.trimEnd();
    case "sealed":
      return w.sealed(event.entries, event.s);
    case "drawn": {
      const { standing, rank = 0, winners, waits } = event;
      const place = standing === "won" ? w.rank(rank + 1, winners) : standing === "wait" ? w.wait(rank - winners + 1, waits) : "";
      return w.drawn(event.s, standing, place);
    }
    case "awarded":
      return w.awarded(event.wave);
    case "lapsed":
      return w.lapsed(event.wave, w.cause[event.cause] ?? String(event.cause));
    case "not-reached":
      return w.notReached(event.waves);
  }
}
