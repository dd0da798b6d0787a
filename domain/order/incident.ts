// A store that cannot hand over all it owes: who keeps a unit, who chooses, and in which order. Names the refusal of a conditional write that
// changed nothing.

export type QueuedOrder = {
  order: string;
  state: string;
  rank: number /** Whether it has chosen in this incident. */;
  decided: boolean;
};

const HAS_UNIT = ["collected", "ready"];

/** What was handed over or lies ready has its unit; the rest of the units go to the paid orders by rank. */
export function inLine(orders: readonly QueuedOrder[]): QueuedOrder[] {
  const of = (fits: (order: QueuedOrder) => boolean) =>
    orders.filter(fits).sort((a, b) => a.rank - b.rank || (a.order < b.order ? -1 : 1));
  return [...of(({ state }) => HAS_UNIT.includes(state)), ...of(({ state }) => state === "paid")];
}

/** Orders for which no unit is left, best rank first. */
export const withoutUnit = (orders: readonly QueuedOrder[], units: number): QueuedOrder[] =>
  inLine(orders)
    .slice(units)
    .filter(({ state }) => state === "paid");

export type ChoiceRefusal = "incident_over" | "no_units_there" | "earlier_ranks_first";

export type Choosing = {
  order: string;
  /** Of the pool in which the order stands. */
  queue: readonly QueuedOrder[];
  /** What the store will hand over; undefined where no incident is open. */
  units: number | undefined;
  decideBy: number;
  now: number;
  /** Units that the store to move to has left; undefined for the other choices. */
  free?: number | undefined;
};

/**
 * Refusals in the order checked; undefined when the choice may be made. Until `decideBy` a better rank that has not chosen yet has to find every
 * unit that it could have had: a lower rank takes one of what is left beyond those.
 */
export function mayChoose({ order, queue, units, decideBy, now, free }: Choosing): ChoiceRefusal | undefined {
  const choosing = units === undefined ? [] : withoutUnit(queue, units);
  const at = choosing.findIndex((one) => one.order === order);
  if (at < 0) return "incident_over";
  if (free === undefined) return undefined;
  if (free <= 0) return "no_units_there";
  const before = now < decideBy ? choosing.slice(0, at).filter(({ decided }) => !decided).length : 0;
  return free > before ? undefined : "earlier_ranks_first";
}
