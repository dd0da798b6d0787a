// The shop page from top to bottom.
import { effect } from "@preact/signals";
import type { SessionView } from "../../contracts/sessions.ts";
import { account } from "../shared/account.ts";
import { now } from "../shared/clock.ts";
import { FailureNote, Note, TaskButton } from "../shared/parts.tsx";
import { Browse } from "./browse.tsx";
import { ChancesBox } from "./chances-box.tsx";
import { CheckBox } from "./check-box.tsx";
import { EmbeddedNote, onlySku } from "./embedded.tsx";
import { Footer, Header, SignedOutNote } from "./header.tsx";
import { kept } from "./kept.ts";
import { LooseOrder } from "./order-card.tsx";
import { isOpen, orders } from "./orders.ts";
import { Past, Restore } from "./past.tsx";
import { isOver, phaseOf } from "./phase.ts";
import { ProductCard } from "./product-card.tsx";
import { SessionCard, SessionTabs } from "./session-card.tsx";
import { chosen, failure, mine, quiet, sessions, showShop, view } from "./shelf.ts";
import { SignInDialog, signingIn } from "./sign-in.tsx";
import { look, online } from "./watch.ts";
import { words } from "./words.ts";

effect(() => {
  document.title = words().name;
});

export function App() {
  const w = words();
  const line = sessions.value?.find(({ session }) => session === chosen.value);
  const current = view.value?.session === chosen.value ? view.value : undefined;
  const shown = current ?? line;
  return (
    <>
      <Header />
      <main>
        {!online.value ? <Note tone="warn">{w.offline}</Note> : failure.value && <Stale />}
        <EmbeddedNote />
        <SignedOutNote />
        <SessionTabs />
        {shown ? <SessionCard session={shown} /> : <Empty />}
        {quiet.value && <ResultOnly />}
        {current && <Products view={current} />}
        {current && !isOver(phaseOf(current, now.value)) && <ChancesBox key={current.session} view={current} />}
        <LooseOrders />
        {!quiet.value && <Browse />}
        {current && <CheckBox view={current} />}
        <Past />
      </main>
      <Footer />
      <SignInDialog />
    </>
  );
}

/** The page keeps to one session and its published files: the way to everything else, and what to do where the receipt is missing. */
function ResultOnly() {
  const w = words().resultOnly;
  const missing = mine.value.length === 0;
  return (
    <section class="stack">
      {missing && <Note tone="warn">{account.value ? w.missing : w.signIn}</Note>}
      <div class="row">
        {missing && !account.value && (
          <button type="button" class="main" onClick={() => (signingIn.value = true)}>
            {words().account.signIn}
          </button>
        )}
        <button type="button" class="quiet" onClick={showShop}>
          {w.shop}
        </button>
      </div>
    </section>
  );
}

function Empty() {
  const w = words();
  if (sessions.value?.length === 0) return <p class="card">{w.noSessions}</p>;
  if (failure.value || !online.value) return <p class="claim">{w.claim}</p>;
  return (
    <p class="card working" role="status">
      {w.loading}
    </p>
  );
}

function Stale() {
  const w = words();
  return (
    <div class="stack">
      <FailureNote failure={failure.value} title={w.stale} />
      <TaskButton working={w.loading} run={look}>
        {w.retry}
      </TaskButton>
    </div>
  );
}

function Products({ view: current }: { view: SessionView }) {
  return (
    <section aria-labelledby="products-title">
      <h2 id="products-title">{words().product.list}</h2>
      <div class="grid">
        {inOrder(current).map((sku) => (
          <ProductCard key={sku} view={current} sku={sku} />
        ))}
      </div>
      <Restore view={current} />
    </section>
  );
}

/** Once the window has closed the own reservations come first; while it is open nothing jumps. */
function inOrder({ session, skus, close }: SessionView): string[] {
  if (onlySku !== undefined && skus.includes(onlySku)) return [onlySku];
  if (now.value < close) return skus;
  const own = new Set(kept.value.flatMap((entry) => (entry.session === session ? [entry.sku] : [])));
  const others = quiet.value && own.size > 0 ? [] : skus.filter((sku) => !own.has(sku));
  return [...skus.filter((sku) => own.has(sku)), ...others];
}

/** Orders that no reservation on this page shows: made on another device, or open in an earlier session. */
function LooseOrders() {
  const here = (session: string, pool: number) =>
    kept.value.some((entry) => entry.session === session && entry.pool === pool && session === chosen.value);
  const loose = orders.value.filter(
    (order) => !here(order.session, order.pool) && (isOpen(order) || order.session === chosen.value),
  );
  if (!account.value || loose.length === 0) return null;
  return (
    <section aria-labelledby="orders-title">
      <h2 id="orders-title">{words().order.others}</h2>
      <div class="grid">
        {loose.map((order) => (
          <LooseOrder key={order.order} order={order} />
        ))}
      </div>
    </section>
  );
}
