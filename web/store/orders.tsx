// The store's orders by state; accepted ones can be marked paid.
import { useState } from "preact/hooks";
import type { OrderIncident } from "../../contracts/incidents.ts";
import { ORDER_STATES, type OrderState, type OrderView } from "../../contracts/orders.ts";
import { ORDERS_KEPT_S } from "../../domain/order/keep.ts";
import { orderTail } from "../../domain/order/order-id.ts";
import type { Failure } from "../shared/api.ts";
import { now } from "../shared/clock.ts";
import { count, money, when } from "../shared/format.ts";
import { FailureNote, Note, SureButton, TaskButton } from "../shared/parts.tsx";
import { failure, loadOrders, markPaid, orders, skuName, storeName } from "./desk.ts";
import { words } from "./words.ts";

const isShort = ({ incident }: OrderView): boolean => incident?.open === true;

/** Where staff look first: what is paid and not there must not be handed over, or promised. */
export function Short() {
  const short = (orders.value ?? []).filter(isShort).length;
  return short > 0 ? <Note tone="warn">{words().orders.short(count(short))}</Note> : null;
}

export function Orders() {
  const w = words();
  const [state, setState] = useState<OrderState>("accepted");
  const [find, setFind] = useState("");
  const wanted = find.trim().toLowerCase();
  const all = orders.value ?? [];
  const shown = all.filter((order) => (wanted ? orderTail(order.order).includes(wanted) : order.state === state));
  return (
    <section class="card stack wide" aria-labelledby="orders">
      <div class="row between">
        <h2 id="orders">{w.orders.title}</h2>
        <TaskButton class="quiet" working={w.working} run={loadOrders}>
          {w.orders.refresh}
        </TaskButton>
      </div>
      <input
        type="search"
        value={find}
        placeholder={w.orders.find}
        aria-label={w.orders.find}
        onInput={(event) => setFind(event.currentTarget.value)}
      />
      {!wanted && (
        <fieldset class="states" aria-label={w.orders.title}>
          {ORDER_STATES.map((one) => (
            <button key={one} type="button" aria-pressed={one === state} onClick={() => setState(one)}>
              {w.states[one]} {count(all.filter((order) => order.state === one).length)}
            </button>
          ))}
        </fieldset>
      )}
      <FailureNote failure={failure.value} />
      {!orders.value && !failure.value && <p class="working">{w.orders.loading}</p>}
      {orders.value && shown.length === 0 && (
        <p class="muted">
          {w.orders.none} {wanted && w.orders.older(count(ORDERS_KEPT_S / 86_400))}
        </p>
      )}
      <ul class="orders" aria-live="polite">
        {shown.map((order) => (
          <Line key={order.order} order={order} />
        ))}
      </ul>
    </section>
  );
}

function Line({ order }: { order: OrderView }) {
  const w = words();
  const [failed, setFailed] = useState<Failure | undefined>();
  const tail = orderTail(order.order);
  const amount = money(order.amountMinor, order.currency);
  return (
    <li>
      <div class="row between">
        <b class="number">{tail}</b>
        <span class={isShort(order) ? "chip warn" : "chip"}>{isShort(order) ? w.orders.noUnit : w.states[order.state]}</span>
      </div>
      <p>
        {skuName(order.sku)} · {amount}
      </p>
      <p class="muted small">
        {order.session} · <Times order={order} />
      </p>
      {order.incident && <Incident {...order.incident} />}
      {order.state === "accepted" && (
        <SureButton
          button={w.orders.pay}
          sure={w.orders.sure(amount, tail)}
          yes={w.orders.yes}
          no={w.orders.no}
          working={w.working}
          run={async () => setFailed(await markPaid(order.order))}
        />
      )}
      <FailureNote failure={failed} />
    </li>
  );
}

function Incident({ open, choice, from }: OrderIncident) {
  const w = words().orders;
  if (open) return <p class="small">{choice === "wait" ? w.waits : w.asked}</p>;
  return choice === "move" ? <p class="muted small">{w.moved(storeName(from ?? ""))}</p> : null;
}

function Times({ order }: { order: OrderView }) {
  const w = words().orders;
  if (order.collected) {
    const { at, store, serial } = order.collected;
    return <>{[when(at, now.value, true), storeName(store), serial].filter(Boolean).join(" · ")}</>;
  }
  return <>{order.state === "accepted" ? w.payBy(when(order.payBy, now.value)) : w.until(when(order.pickupUntil, now.value))}</>;
}
