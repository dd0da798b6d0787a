// One product of the session: what it is, and below it the own reservation's life from "choose a store" to "collected".
import { useState } from "preact/hooks";
import type { SessionView } from "../../contracts/sessions.ts";
import { now } from "../shared/clock.ts";
import { count, money } from "../shared/format.ts";
import { optionsText } from "../shared/options.ts";
import { FailureNote, saveFile, TaskButton } from "../shared/parts.tsx";
import { Art } from "./art.tsx";
import { nameOfForm } from "./form-name.ts";
import { type Kept, kept } from "./kept.ts";
import { phaseOf } from "./phase.ts";
import { ReservationCard } from "./reservation-card.tsx";
import { placeOf, refused, reserve, sending, sendPending } from "./reserve.ts";
import { productName, skus } from "./shelf.ts";
import { StorePicker } from "./store-picker.tsx";
import { words } from "./words.ts";

export function ProductCard({ view, sku }: { view: SessionView; sku: string }) {
  const known = skus.value.get(sku);
  const entry = kept.value.find((one) => one.session === view.session && one.sku === sku);
  const form = nameOfForm(sku);
  const price = view.rules.prices[sku];
  return (
    <article class="card product" aria-label={form}>
      <div class="what">
        {known && <Art product={known.product} />}
        <div class="grow">
          <h3>{productName(sku)}</h3>
          <p class="muted sizes">
            {known && <span>{optionsText(known.sku.options)}</span>}
            {price && <b class="price">{money(price.amountMinor, price.currency)}</b>}
          </p>
          <Units view={view} sku={sku} />
        </div>
      </div>
      {entry?.receipt ? (
        <ReservationCard view={view} entry={entry} />
      ) : entry ? (
        <Pending entry={entry} />
      ) : (
        <Choose view={view} sku={sku} name={form} />
      )}
    </article>
  );
}

function Units({ view, sku }: { view: SessionView; sku: string }) {
  const offer = view.offers.find((one) => one.sku === sku);
  return offer ? <p class="muted small">{words().product.units(count(offer.units), count(offer.pools))}</p> : null;
}

function Choose({ view, sku, name }: { view: SessionView; sku: string; name: string }) {
  const w = words();
  const [picking, setPicking] = useState(false);
  const phase = phaseOf(view, now.value);
  const failure = refused.value[placeOf({ session: view.session, sku })];
  const refusal = failure?.kind === "problem" ? failure.body.refusal : undefined;
  return (
    <>
      <FailureNote failure={failure} title={w.refusal.title} />
      {refusal !== undefined && (
        <button
          type="button"
          class="quiet"
          onClick={() => saveFile(`refusal-${view.session}-${sku}.json`, JSON.stringify(refusal))}
        >
          {w.refusal.keep}
        </button>
      )}
      {phase === "soon" || phase === "open" ? (
        <button
          type="button"
          class={phase === "open" ? "main" : ""}
          aria-label={`${phase === "open" ? w.product.choose : w.product.stores}: ${name}`}
          onClick={() => setPicking(true)}
        >
          {phase === "open" ? w.product.choose : w.product.stores}
        </button>
      ) : (
        !failure && <p class="muted small">{w.product.notYours}</p>
      )}
      {picking && (
        <StorePicker
          view={view}
          sku={sku}
          name={name}
          canReserve={phase === "open"}
          onClose={() => setPicking(false)}
          onReserve={(pool, store) => {
            setPicking(false);
            void reserve(view, pool, sku, store);
          }}
        />
      )}
    </>
  );
}

function Pending({ entry }: { entry: Kept }) {
  const w = words();
  if (sending.value.has(placeOf(entry))) {
    return (
      <div class="stack">
        <p class="working" role="status">
          {w.pending.sending}
        </p>
        <FailureNote failure={refused.value[placeOf(entry)]} />
      </div>
    );
  }
  return (
    <div class="stack">
      <p role="status">
        <b>{w.pending.title}</b> {w.pending.text}
      </p>
      <FailureNote failure={refused.value[placeOf(entry)]} />
      <TaskButton class="main" working={w.pending.sending} run={() => sendPending(entry.session, entry.sku)}>
        {w.pending.again}
      </TaskButton>
    </div>
  );
}
