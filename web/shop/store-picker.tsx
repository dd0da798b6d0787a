// Chooses the store for one product: nearest first on request, else by city with a search box; one more tap reserves.
import { useEffect, useState } from "preact/hooks";
import type { SessionView } from "../../contracts/sessions.ts";
import type { Store } from "../../contracts/stores.ts";
import { isOpenAt, spansOn, wallTime } from "../../domain/store/hours.ts";
import { account } from "../shared/account.ts";
import { serverNow } from "../shared/clock.ts";
import { count, distance } from "../shared/format.ts";
import { inLang } from "../shared/lang.ts";
import { Dialog, Note } from "../shared/parts.tsx";
import { grouped, here, locate, locating, type Offer, offersOf, provincesOf, ROWS_MAX } from "./near.ts";
import { loadOffers, offersIn } from "./offers.ts";
import { loadStores, storeById } from "./shelf.ts";
import { signingIn } from "./sign-in.tsx";
import { words } from "./words.ts";

type Props = {
  view: SessionView;
  sku: string;
  name: string;
  canReserve: boolean;
  onReserve: (pool: number, store: string) => void;
  onClose: () => void;
};

export function StorePicker({ view, sku, name, canReserve, onReserve, onClose }: Props) {
  const w = words();
  const [search, setSearch] = useState("");
  const [picked, setPicked] = useState<number | undefined>();
  const [read, setRead] = useState(false);
  useEffect(() => {
    void Promise.all([loadOffers(view.session, sku), loadStores()]).then(() => setRead(true));
  }, [view.session, sku]);
  const list = offersIn(view.session, sku);
  const offers = list ? offersOf(list, storeById.value) : [];
  const [province, setProvince] = useState("");
  const provinces = offers.length > ROWS_MAX ? provincesOf(offers, (store) => inLang(store.province)) : [];
  const inProvince = province === "" ? offers : offers.filter(({ store }) => inLang(store.province) === province);
  const { groups, more } = grouped(inProvince, search, here.value, (store) => inLang(store.city));
  const chosen = offers.find(({ pool }) => pool === picked);
  return (
    <Dialog title={w.picker.title(name)} close={w.close} onClose={onClose}>
      <div class="find">
        <input
          type="search"
          value={search}
          placeholder={w.picker.search}
          aria-label={w.picker.search}
          onInput={(event) => setSearch(event.currentTarget.value)}
        />
        {!here.value && (
          <button type="button" aria-busy={locating.value === "asking"} onClick={locate}>
            {locating.value === "asking" ? w.picker.locating : w.picker.nearest}
          </button>
        )}
        {provinces.length > 1 && (
          <select value={province} aria-label={w.picker.province} onChange={(event) => setProvince(event.currentTarget.value)}>
            <option value="">{w.picker.everywhere}</option>
            {provinces.map(({ name, stores }) => (
              <option key={name} value={name}>
                {name} ({count(stores)})
              </option>
            ))}
          </select>
        )}
      </div>
      {locating.value === "denied" && <Note tone="warn">{w.picker.denied}</Note>}
      <div class="stores" role="radiogroup" aria-label={w.picker.title(name)}>
        {!read && offers.length === 0 && (
          <p class="working" role="status">
            {w.loading}
          </p>
        )}
        {read && offers.length === 0 && <Note tone="warn">{w.picker.storesMissing}</Note>}
        {offers.length > 0 && groups.length === 0 && <p role="status">{w.picker.none}</p>}
        {groups.map(({ title, offers: inGroup }) => (
          <section key={title} aria-label={title || undefined}>
            {title && <h3>{title}</h3>}
            {inGroup.map((offer) => (
              <Row
                key={offer.pool}
                offer={offer}
                picked={offer.pool === picked}
                canPick={canReserve}
                onPick={() => setPicked(offer.pool)}
              />
            ))}
          </section>
        ))}
        {more > 0 && <p role="status">{w.picker.more(count(more))}</p>}
      </div>
      {canReserve && (
        <div class="act">
          {!account.value ? (
            <button type="button" class="main" onClick={() => (signingIn.value = true)}>
              {w.picker.signInFirst}
            </button>
          ) : (
            <button
              type="button"
              class="main"
              disabled={!chosen}
              onClick={() => chosen && onReserve(chosen.pool, chosen.store.store)}
            >
              {chosen ? `${w.picker.reserve} · ${inLang(chosen.store.name)}` : w.picker.pick}
            </button>
          )}
        </div>
      )}
    </Dialog>
  );
}

function Row({
  offer: { pool, stock, store, metres },
  picked,
  canPick,
  onPick,
}: {
  offer: Offer;
  picked: boolean;
  canPick: boolean;
  onPick: () => void;
}) {
  const w = words().picker;
  const Box = canPick ? "label" : "div";
  return (
    <Box class={picked ? "store picked" : "store"}>
      {canPick && <input type="radio" name="store" value={pool} checked={picked} onChange={onPick} />}
      <span class="grow">
        <b>{inLang(store.name)}</b>
        <small>
          {inLang(store.address)} · <StoreHours store={store} />
        </small>
      </span>
      <span class="side">
        <b>{w.units(count(stock))}</b>
        {metres !== undefined && <small>{distance(metres)}</small>}
      </span>
    </Box>
  );
}

/** Today's hours by the store's own clock, or that it is shut. */
function StoreHours({ store: { hours, status, timeZone } }: { store: Store }) {
  const w = words().picker;
  if (status === "paused" || status === "closed") return <span class="hours shut">{w.status[status]}</span>;
  const there = wallTime(timeZone, serverNow());
  const spans = spansOn(hours, there);
  if (spans.length === 0) return <span class="hours shut">{w.closedToday}</span>;
  const today = w.today(spans.map(({ open, close }) => `${open}–${close}`).join(", "));
  return (
    <span class="hours">
      {today}
      {isOpenAt(hours, there) && ` · ${w.openNow}`}
    </span>
  );
}
