// One session and its month in numbers that an operator knows or can guess; everything else follows. Pure.
import { booksOf, peakOf, shardsFor } from "../draw/plan.ts";
import { rushS, type Stretch, stretchesOf } from "./crowd.ts";

export type Workload = {
  /** Reservations in one session. */
  entries: number;
  /** Sessions a month. */
  sessions: number;
  /** Reservations that one person makes. */
  perPerson: number;
  pools: number;
  stores: number;
  units: number;
  windowS: number;
  /** Share of the reservations that comes in the first minute. */
  rush: number;
  shards: number;
  /** Times that a person opens the page, and minutes that it stays open. */
  views: number;
  minutes: number;
  /** Share of the persons whose page is open from close to the result. */
  waiting: number;
  /** Refused tries for each reservation. */
  refused: number;
  /** Share of the public reads that a cache in front of the Worker answers. */
  cached: number;
  /** Share of the invocations that leave a log event. */
  logged: number;
  /** Days until a shard's rows are deleted. */
  keepDays: number;
  members: number;
  /** One commit and four rows for each reservation, and a queue message: what the design avoids. */
  naive: boolean;
};

/** The modelled system's first day: what else there is follows from the number of reservations as it did then. */
export const DAY = { reservations: 6_220_000, people: 2_290_000, units: 26_328, stores: 879, skus: 4 };

/** Registered members for each who takes part on a day: 30 M to 3 M. */
const MEMBERS_PER_PERSON = 10;

const POOLS_MAX = 150_000;

/** The share that comes in the first minute: what a plan with `expected` is sized for. */
const RUSH = 60 * peakOf({ reservations: 1 });

/** How people and installations are unless said otherwise. */
export const USUAL = {
  sessions: 30,
  windowS: 3600,
  rush: RUSH,
  views: 3,
  minutes: 2,
  waiting: 0.2,
  refused: 0.1,
  cached: 0,
  logged: 0,
  keepDays: 30,
};

type Given = { [Name in keyof Workload]?: Workload[Name] | undefined } & Pick<Workload, "entries">;

/** A whole workload from the number of reservations and whatever else is known. */
export function workloadOf(given: Given): Workload {
  const { entries } = given;
  const scaled = (number: number) => Math.max(1, Math.round((number * entries) / DAY.reservations));
  const perPerson = given.perPerson ?? DAY.reservations / DAY.people;
  const stores = given.stores ?? scaled(DAY.stores);
  const known = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<Workload> &
    Pick<Workload, "entries">;
  const sized = { ...USUAL, ...known };
  return {
    naive: false,
    perPerson,
    stores,
    pools: Math.min(POOLS_MAX, stores * DAY.skus),
    units: scaled(DAY.units),
    members: Math.round((MEMBERS_PER_PERSON * entries) / perPerson),
    shards: shardsFor({ reservations: entries, peakPerS: peakPerSOf(sized) }),
    ...sized,
  };
}

export const personsOf = ({ entries, perPerson }: Pick<Workload, "entries" | "perPerson">): number => entries / perPerson;

export const peakPerSOf = ({ entries, rush, windowS }: Pick<Workload, "entries" | "rush" | "windowS">): number =>
  (entries * rush) / rushS(windowS);

export const booksFor = ({ shards, pools }: Pick<Workload, "shards" | "pools">): number => booksOf(shards, pools);

export const crowdOf = (load: Workload): Stretch[] => stretchesOf({ ...load, peakPerS: peakPerSOf(load) });

/** Persons who open the page in one second of the rush: each has a page open before a reservation can leave it. */
export const viewersPerS = (load: Workload): number => (personsOf(load) * load.rush) / rushS(load.windowS);
