// Units that arrived at the store: session, product, how many.
import { useState } from "preact/hooks";
import type { DeliveryReply } from "../../contracts/orders.ts";
import type { Outcome } from "../../domain/outcome.ts";
import type { Failure } from "../shared/api.ts";
import { now } from "../shared/clock.ts";
import { count, when } from "../shared/format.ts";
import { inLang } from "../shared/lang.ts";
import { FailureNote, Note, TaskForm } from "../shared/parts.tsx";
import { deliver, sessions, skuName } from "./desk.ts";
import { words } from "./words.ts";

export function Deliveries() {
  const w = words();
  const [session, setSession] = useState("");
  const [sku, setSku] = useState("");
  const [units, setUnits] = useState("");
  const [outcome, setOutcome] = useState<Outcome<DeliveryReply, Failure> | undefined>();
  const line = sessions.value.find((one) => one.session === session) ?? sessions.value[0];
  const product = line?.skus.includes(sku) ? sku : line?.skus[0];
  const fits = /^[1-9][0-9]{0,6}$/.test(units);
  const run = async () => {
    if (!line || !product) return;
    const reply = await deliver({ session: line.session, sku: product, units: Number(units) });
    setOutcome(reply);
    if (reply.ok) setUnits("");
  };
  return (
    <section class="card stack" aria-labelledby="deliveries">
      <h2 id="deliveries">{w.delivery.title}</h2>
      {!line ? (
        <p class="muted">{w.delivery.none}</p>
      ) : (
        <TaskForm working={w.working} button={w.delivery.button} fits={fits} run={run}>
          <label>
            {w.delivery.session}
            <select value={line.session} onChange={(event) => setSession(event.currentTarget.value)}>
              {sessions.value.map((one) => (
                <option key={one.session} value={one.session}>
                  {inLang(one.title)} · {when(one.open, now.value)}
                </option>
              ))}
            </select>
          </label>
          <label>
            {w.delivery.sku}
            <select value={product} onChange={(event) => setSku(event.currentTarget.value)}>
              {line.skus.map((one) => (
                <option key={one} value={one}>
                  {skuName(one)}
                </option>
              ))}
            </select>
          </label>
          <label>
            {w.delivery.units}
            <input
              value={units}
              inputMode="numeric"
              maxLength={7}
              autoComplete="off"
              onInput={(event) => setUnits(event.currentTarget.value)}
            />
          </label>
          {outcome?.ok && <Note tone="good">{w.delivery.done(count(outcome.value.received), count(outcome.value.ready))}</Note>}
          {outcome && !outcome.ok && <FailureNote failure={outcome.refusal} />}
        </TaskForm>
      )}
    </section>
  );
}
