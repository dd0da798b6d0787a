// The order's store has no unit for it: wait, another store, or the money back.
import { useEffect, useState } from "preact/hooks";
import type { OrderIncident, SpareStore } from "../../contracts/incidents.ts";
import type { OrderView } from "../../contracts/orders.ts";
import type { Failure } from "../shared/api.ts";
import { now } from "../shared/clock.ts";
import { count, distance, when } from "../shared/format.ts";
import { inLang } from "../shared/lang.ts";
import { FailureNote, Note, SureButton, TaskButton } from "../shared/parts.tsx";
import { chooseFor, spareStores } from "./orders.ts";
import { storeName } from "./shelf.ts";
import { words } from "./words.ts";

export function IncidentBox({ order, incident }: { order: OrderView; incident: OrderIncident }) {
  const w = words().incident;
  const [failure, setFailure] = useState<Failure | undefined>();
  const [elsewhere, setElsewhere] = useState(false);
  if (!incident.open)
    return incident.choice === "move" ? <p class="muted small">{w.moved(storeName(incident.from ?? ""))}</p> : null;
  const chosen = async (choice: "wait" | "refund") =>
    setFailure(await chooseFor(order.order, { choice, incident: incident.incident }));
  return (
    <Note tone="warn" title={w[incident.kind](storeName(order.store))}>
      <div class="stack">
        {incident.note && <p>{incident.note}</p>}
        {incident.choice === "wait" ? <p>{w.waiting(when(order.pickupUntil, now.value))}</p> : <p>{w.choose}</p>}
        {now.value < incident.decideBy && <p class="small">{w.decideBy(when(incident.decideBy, now.value))}</p>}
        <div class="choices">
          {incident.choice !== "wait" && (
            <TaskButton working={w.working} run={() => chosen("wait")}>
              {w.wait}
            </TaskButton>
          )}
          <button type="button" aria-expanded={elsewhere} onClick={() => setElsewhere(!elsewhere)}>
            {w.move}
          </button>
          {elsewhere && <Elsewhere order={order} incident={incident} onFailure={setFailure} />}
          <SureButton
            class=""
            button={w.refund}
            sure={w.sure}
            yes={w.yes}
            no={w.no}
            working={w.working}
            run={() => chosen("refund")}
          />
        </div>
        <FailureNote failure={failure} />
      </div>
    </Note>
  );
}

type ElsewhereProps = { order: OrderView; incident: OrderIncident; onFailure: (failure: Failure | undefined) => void };

/** Stores with a unit to spare, nearest to the order's store first; asked for on a tap. */
function Elsewhere({ order, incident, onFailure }: ElsewhereProps) {
  const w = words().incident;
  const [stores, setStores] = useState<SpareStore[] | undefined>();
  const [looked, setLooked] = useState(false);
  const look = async () => {
    const outcome = await spareStores(order.order);
    onFailure(outcome.ok ? undefined : outcome.refusal);
    if (outcome.ok) setStores(outcome.value.stores);
  };
  useEffect(() => {
    void look().finally(() => setLooked(true));
  }, []);
  if (!stores) {
    if (!looked) return <p class="working">{w.looking}</p>;
    return (
      <TaskButton working={w.looking} run={look}>
        {w.look}
      </TaskButton>
    );
  }
  if (stores.length === 0) return <p role="status">{w.none}</p>;
  const moveTo = async (store: string) =>
    onFailure(await chooseFor(order.order, { choice: "move", incident: incident.incident, store }));
  return (
    <ul class="spare" aria-label={w.move}>
      {stores.map(({ store, name, address, metres, units }) => (
        <li key={store}>
          <span class="grow">
            <b>{inLang(name)}</b>
            <small>
              {inLang(address)} · {distance(metres)} · {words().picker.units(count(units))}
            </small>
          </span>
          <TaskButton working={w.working} run={() => moveTo(store)}>
            {w.take}
          </TaskButton>
        </li>
      ))}
    </ul>
  );
}
