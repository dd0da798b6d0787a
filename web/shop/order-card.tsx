// An order: how to pay, when the goods are there, the pickup code, and in the end when and where it was collected.
import type { OrderView } from "../../contracts/orders.ts";
import { orderTail } from "../../domain/order/order-id.ts";
import { now } from "../shared/clock.ts";
import { money, when } from "../shared/format.ts";
import { Note, type Tone } from "../shared/parts.tsx";
import { nameOfForm } from "./form-name.ts";
import { IncidentBox } from "./incident-box.tsx";
import { ordersFailed } from "./orders.ts";
import { storeName } from "./shelf.ts";
import { VoucherBox } from "./voucher-box.tsx";
import { words } from "./words.ts";

const TONES: { [State in OrderView["state"]]: Tone } = {
  accepted: "warn",
  paid: "plain",
  ready: "good",
  collected: "good",
  lapsed: "plain",
  refunded: "plain",
};

export function OrderCard({ order }: { order: OrderView }) {
  const w = words().order;
  const tail = orderTail(order.order);
  // Nothing is on its way to be collected there.
  const isShort = order.incident?.open === true;
  const waits = order.state === "accepted" || order.state === "paid";
  return (
    <section class="order stack" aria-label={`${w.title} ${tail}`}>
      <Note tone={TONES[order.state]} title={w[order.state]}>
        {!isShort && <OrderText order={order} />}
      </Note>
      {order.incident && <IncidentBox order={order} incident={order.incident} />}
      {waits && (
        <div class="tail">
          <span>{w.number}</span>
          <b>{tail}</b>
          {!isShort && <small>{w.sayIt}</small>}
        </div>
      )}
      {order.state === "ready" && <VoucherBox order={order.order} />}
      {ordersFailed.value && <p class="muted small">{w.stale}</p>}
    </section>
  );
}

function OrderText({ order }: { order: OrderView }) {
  const w = words().order;
  const store = storeName(order.store);
  if (order.state === "accepted") {
    return (
      <>
        <p>{w.acceptedText(money(order.amountMinor, order.currency), store)}</p>
        <p>{w.payBy(when(order.payBy, now.value, true))}</p>
      </>
    );
  }
  if (order.state === "paid") return <p>{w.paidText(store)}</p>;
  if (order.state === "ready") return <p>{w.readyText(store, when(order.pickupUntil, now.value))}</p>;
  if (order.state === "lapsed") return <p>{w.lapsedText}</p>;
  if (order.state === "refunded") return <p>{order.incident?.choice === "refund" ? w.refundedChosen : w.refundedText}</p>;
  if (!order.collected) return null;
  const { at, store: where, serial } = order.collected;
  return (
    <p>
      {w.collectedText(when(at, now.value, true), storeName(where))}
      {serial && (
        <>
          {" "}
          {w.serial} <code>{serial}</code>
        </>
      )}
    </p>
  );
}

/** An order without its reservation on this device: made on another one. */
export function LooseOrder({ order }: { order: OrderView }) {
  return (
    <article class="card product">
      <h3>{nameOfForm(order.sku)}</h3>
      <OrderCard order={order} />
    </article>
  );
}
