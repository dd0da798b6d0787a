// One session and its month in numbers that an operator knows or can guess; everything else follows. Pure.
import { booksOf, peakOf, shardsFor } from "../../domain/draw/plan.ts";
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

/** What follows from the number of reservations unless said: the proportions of the modelled system's first day. */
export const DAY = { reservations: 6_220_000, people: 2_290_000, units: 26_328, stores: 879, skus: 4 };

/** Registered members for each who takes part on a day: 30 M to 3 M. */
export const MEMBERS_PER_PERSON = 10;

export function defaultsFor(entries: number, perPerson = DAY.reservations / DAY.people) {
  const scaled = (number: number) => Math.max(1, Math.round((number * entries) / DAY.reservations));
  return {
    perPerson,
    skus: DAY.skus,
    stores: scaled(DAY.stores),
    units: scaled(DAY.units),
    members: Math.round((MEMBERS_PER_PERSON * entries) / perPerson),
  };
}

export const personsOf = ({ entries, perPerson }: Pick<Workload, "entries" | "perPerson">): number => entries / perPerson;

export const peakPerSOf = ({ entries, rush, windowS }: Pick<Workload, "entries" | "rush" | "windowS">): number =>
  (entries * rush) / rushS(windowS);

export const shardsUnlessSaid = (load: Pick<Workload, "entries" | "rush" | "windowS">): number =>
  shardsFor({ reservations: load.entries, peakPerS: peakPerSOf(load) });

export const booksFor = ({ shards, pools }: Pick<Workload, "shards" | "pools">): number => booksOf(shards, pools);

export const crowdOf = (load: Workload): Stretch[] => stretchesOf({ ...load, peakPerS: peakPerSOf(load) });

/** Persons who open the page in one second of the rush: each has a page open before a reservation can leave it. */
export const viewersPerS = (load: Workload): number => (personsOf(load) * load.rush) / rushS(load.windowS);

/** The share that comes in the first minute unless said: what a plan with `expected` is sized for. */
export const RUSH = 60 * peakOf({ reservations: 1 });
