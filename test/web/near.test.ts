// What a picker lists: by distance, by city, and of thousands only what a phone can draw.
import { expect, it } from "vitest";
import type { Store } from "../../contracts/stores.ts";
import { grouped, type Offer, provincesOf, ROWS_MAX } from "../../web/shop/near.ts";

const both = (name: string) => ({ "zh-CN": name, en: name });
const offer = (at: number): Offer => ({
  pool: at,
  stock: 1,
  store: {
    store: `s${at}`,
    name: both(`Store ${at}`),
    city: both(`City ${at % 40}`),
    province: both(`Province ${at % 3}`),
    address: both("1 Road"),
    lat: 20 + at / 100,
    lng: 100,
  } as Store,
});
const offers = Array.from({ length: 2_200 }, (_, at) => offer(at));
const cityOf = (store: Store) => store.city.en;
const rows = (listed: ReturnType<typeof grouped>) => listed.groups.flatMap((group) => group.offers);

it("shows the nearest stores first, with their distance, and says how many more there are", () => {
  const listed = grouped(offers, "", { lat: 30, lng: 100 }, cityOf);
  expect(rows(listed)).toHaveLength(ROWS_MAX);
  expect(rows(listed)[0]).toMatchObject({ store: { store: "s1000" }, metres: 0 });
  expect(listed.more).toBe(2_200 - ROWS_MAX);
});

it("groups by city where nobody has said where they are", () => {
  const listed = grouped(offers.slice(0, 80), "", undefined, cityOf);
  expect(listed.groups.map(({ title, offers: inCity }) => [title, inCity.length]).slice(0, 2)).toEqual([
    ["City 0", 2],
    ["City 1", 2],
  ]);
  expect(listed.more).toBe(0);
});

it("finds a store by name, city or id among all of them", () => {
  expect(rows(grouped(offers, " store 2199 ", undefined, cityOf)).map(({ pool }) => pool)).toEqual([2199]);
  expect(grouped(offers, "nowhere", { lat: 0, lng: 0 }, cityOf)).toEqual({ groups: [], more: 0 });
});

it("counts the stores of each province", () => {
  expect(provincesOf(offers.slice(0, 4), (store) => store.province.en)).toEqual([
    { name: "Province 0", stores: 2 },
    { name: "Province 1", stores: 1 },
    { name: "Province 2", stores: 1 },
  ]);
});
