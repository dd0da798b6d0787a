// What is charged for, and for whose sake. A meter's price and what is included stand under its name, or the name given, in facts.ts.
import { type FREE, type INCLUDED, PRICES } from "./facts.ts";

type Metered = { name: string; price: keyof typeof PRICES; included: keyof typeof INCLUDED; free?: keyof typeof FREE };

/** Quantities are counted in ones; a price per million is applied to a millionth. */
export const METERS = {
  requests: { name: "Worker requests", price: "requests", included: "requests", free: "requests" },
  cpu: { name: "Worker CPU, ms", price: "cpu", included: "cpu" },
  objectRequests: { name: "object calls", price: "objectRequests", included: "objectRequests", free: "objectRequests" },
  objectTime: { name: "object time, GB-s", price: "objectTime", included: "objectTime", free: "objectTime" },
  objectRowsWritten: { name: "object rows written", price: "rowsWritten", included: "rowsWritten", free: "rowsWritten" },
  objectRowsRead: { name: "object rows read", price: "rowsRead", included: "rowsRead", free: "rowsRead" },
  objectStorage: { name: "object storage, GB-months", price: "objectStorage", included: "objectStorage", free: "objectStorage" },
  d1RowsWritten: { name: "D1 rows written", price: "rowsWritten", included: "rowsWritten", free: "rowsWritten" },
  d1RowsRead: { name: "D1 rows read", price: "rowsRead", included: "rowsRead", free: "rowsRead" },
  d1Storage: { name: "D1 storage, GB-months", price: "d1Storage", included: "d1Storage", free: "d1Storage" },
  r2Writes: { name: "R2 writes", price: "r2Writes", included: "r2Writes" },
  r2Reads: { name: "R2 reads", price: "r2Reads", included: "r2Reads" },
  r2Storage: { name: "R2 storage, GB-months", price: "r2Storage", included: "r2Storage" },
  logIngest: { name: "platform logs, GB", price: "logIngest", included: "logIngest", free: "logIngest" },
  logStorage: { name: "platform logs, GB-months", price: "logStorage", included: "logStorage" },
  queueOperations: { name: "queue operations", price: "queueOperations", included: "queueOperations" },
} satisfies { [meter: string]: Metered };
export type Meter = keyof typeof METERS;
export const ALL_METERS = Object.keys(METERS) as Meter[];

export const LIVES = {
  reserve: "reserving",
  refuse: "refusals",
  look: "page reads",
  result: "result opens",
  award: "awards and pickups",
  move: "the session's own moves",
  sweep: "the minute's sweep",
  keep: "what is kept",
  log: "platform logs",
} as const;

/** Dollars for a quantity at list price, nothing included. */
export function listPrice(meter: Meter, quantity: number): number {
  const { value, unit } = PRICES[METERS[meter].price];
  return (quantity / (unit.includes("million") ? 1e6 : 1)) * value;
}
