// Everything that is for sale in the market: a search box, filters, cards, a sheet for one product, a table that compares three.
import { Fragment } from "preact";
import { useState } from "preact/hooks";
import type { Product } from "../../contracts/catalog.ts";
import { ageFor } from "../../domain/market.ts";
import { count, listed, money } from "../shared/format.ts";
import { inLang } from "../shared/lang.ts";
import { optionsText } from "../shared/options.ts";
import { Dialog, Note } from "../shared/parts.tsx";
import { Art } from "./art.tsx";
import "./browse.css";
import { band, compare, compared, fitting, limits, lowest, scene, searchedHere, tier, typed } from "./browse.ts";
import { browseWords } from "./browse-words.ts";
import { products, scenes, shelfMarket, tiers, view } from "./shelf.ts";
import { words } from "./words.ts";

/** As many as two screens of a phone show. */
const FIRST = 8;

const priceText = ({ currency, amountMinor }: { currency: string; amountMinor: number }) => money(amountMinor, currency);

export function Browse() {
  const w = browseWords();
  const [opened, setOpened] = useState<string | undefined>();
  const [isWhole, setWhole] = useState(false);
  const [comparing, setComparing] = useState(false);
  if (products.value.length === 0) return null;
  const list = fitting.value;
  const shown = isWhole ? list : list.slice(0, FIRST);
  const product = products.value.find((one) => one.product === opened);
  return (
    <section class="browse" aria-labelledby="browse-title">
      <h2 id="browse-title">{w.title}</h2>
      <Filters />
      {searchedHere.value && <Note tone="warn">{w.offline}</Note>}
      <p class="muted small" role="status">
        {list.length > 0 ? w.found(count(list.length)) : w.none}
      </p>
      <ul class="goods">
        {shown.map((one) => (
          <Line key={one.product} product={one} onOpen={() => setOpened(one.product)} />
        ))}
      </ul>
      {shown.length < list.length && (
        <button type="button" onClick={() => setWhole(true)}>
          {w.all(count(list.length))}
        </button>
      )}
      {compared.value.length > 1 && (
        <div class="compare-bar">
          <button type="button" class="main" onClick={() => setComparing(true)}>
            {w.compareOpen(count(compared.value.length))}
          </button>
          <button type="button" onClick={() => (compared.value = [])}>
            {w.clear}
          </button>
        </div>
      )}
      {product && <Sheet product={product} onClose={() => setOpened(undefined)} />}
      {comparing && <Compared onClose={() => setComparing(false)} />}
    </section>
  );
}

function Filters() {
  const w = browseWords();
  const currency = products.value[0] ? lowest(products.value[0]).currency : "";
  const amounts = limits.value.map((limit) => money(limit, currency));
  const bands = [...amounts, ""].map((to, at) => {
    const from = amounts[at - 1];
    return from === undefined ? w.below(to) : to === "" ? w.above(from) : w.between(from, to);
  });
  return (
    <div class="filters">
      <input
        type="search"
        value={typed.value}
        maxLength={100}
        placeholder={w.search}
        aria-label={w.search}
        onInput={(event) => (typed.value = event.currentTarget.value)}
      />
      <Choice label={w.tier} any={w.anyTier} value={tier} options={tiers.value.map((one) => [one.tier, inLang(one.name)])} />
      {amounts.length > 0 && (
        <Choice label={w.price} any={w.anyPrice} value={band} options={bands.map((text, at) => [String(at), text])} />
      )}
      <Choice label={w.scene} any={w.anyScene} value={scene} options={scenes.value.map((one) => [one.scene, inLang(one.name)])} />
    </div>
  );
}

type ChoiceProps = { label: string; any: string; value: { value: string }; options: [value: string, text: string][] };

const Choice = ({ label, any, value, options }: ChoiceProps) => (
  <select aria-label={label} value={value.value} onChange={(event) => (value.value = event.currentTarget.value)}>
    <option value="">{any}</option>
    {options.map(([id, text]) => (
      <option key={id} value={id}>
        {text}
      </option>
    ))}
  </select>
);

/** "¥399", or "from ¥399" where variants differ; their number where there are several. */
function PriceLine({ product }: { product: Product }) {
  const w = browseWords();
  const amounts = product.skus.flatMap(({ prices }) => prices.map(({ amountMinor }) => amountMinor));
  const least = priceText(lowest(product));
  return (
    <span class="muted small">
      <b class="price">{new Set(amounts).size > 1 ? w.from(least) : least}</b>{" "}
      {product.skus.length > 1 ? w.choices(count(product.skus.length)) : optionsText(product.skus[0]?.options ?? [])}
    </span>
  );
}

function Line({ product, onOpen }: { product: Product; onOpen: () => void }) {
  const w = browseWords();
  const name = inLang(product.name);
  return (
    <li class="goods-item">
      <button type="button" class="open" aria-label={w.open(name)} onClick={onOpen}>
        <Art product={product} />
        <span class="grow">
          <b>{name}</b>
          <PriceLine product={product} />
        </span>
      </button>
      <label class="pick">
        <input
          type="checkbox"
          checked={compared.value.includes(product.product)}
          aria-label={w.comparePick(name)}
          onChange={() => compare(product.product)}
        />
        <small>{w.compare}</small>
      </label>
    </li>
  );
}

const tierName = ({ tier: id }: Product): string => {
  const known = tiers.value.find((one) => one.tier === id);
  return known ? inLang(known.name) : id;
};

/** The rules of a product in words, as the sheet and the comparison show them. */
function facts(product: Product): [label: string, text: string][] {
  const w = browseWords();
  const age = ageFor(shelfMarket.value ?? "", product.alcohol);
  const { coldPickupS, limits: list } = product;
  const tags = scenes.value.filter((one) => product.scenes.includes(one.scene)).map((one) => inLang(one.name));
  return [
    [w.tier, tierName(product)],
    [w.ageLabel, age > 0 ? w.age(age) : w.noAge],
    [w.coldLabel, coldPickupS === null ? w.notCold : w.cold(count(coldPickupS / 3600))],
    [w.limitLabel, listed(list.map(({ scope, units }) => w.limit(count(units), w.limits[scope]))) || w.noLimit],
    [w.scene, tags.join(" · ") || "–"],
  ];
}

function Sheet({ product, onClose }: { product: Product; onClose: () => void }) {
  const w = browseWords();
  const inSession = product.skus.some(({ sku }) => view.value?.skus.includes(sku));
  return (
    <Dialog title={inLang(product.name)} close={words().close} onClose={onClose}>
      <div class="what">
        <Art product={product} />
        <p class="grow">{inLang(product.story)}</p>
      </div>
      {inSession && <Note tone="good">{w.inSession}</Note>}
      <dl>
        {facts(product).map(([label, text]) => (
          <Fragment key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </Fragment>
        ))}
      </dl>
      <h3>{w.options}</h3>
      <ul class="variants">
        {product.skus.map(({ sku, options, prices }) => (
          <li key={sku}>
            <span>{optionsText(options)}</span>
            <b class="price">{prices.map(priceText).join(" / ")}</b>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function Compared({ onClose }: { onClose: () => void }) {
  const w = browseWords();
  const list = compared.value.flatMap((id) => products.value.find(({ product }) => product === id) ?? []);
  const all = list.map(facts);
  const labels = all[0]?.map(([label]) => label) ?? [];
  return (
    <Dialog title={w.compareTitle} close={words().close} onClose={onClose}>
      <div class="compare">
        <table>
          <thead>
            <tr>
              <td />
              {list.map((product) => (
                <th key={product.product} scope="col">
                  <Art product={product} />
                  {inLang(product.name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{w.price}</th>
              {list.map((product) => (
                <td key={product.product}>
                  <PriceLine product={product} />
                </td>
              ))}
            </tr>
            {labels.map((label, row) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                {list.map((product, column) => (
                  <td key={product.product}>{all[column]?.[row]?.[1]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Dialog>
  );
}
