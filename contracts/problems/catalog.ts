// The catalogue: goods that cannot be sold in a way, and writes of it.
import type { Problem } from "./problem.ts";

export const CATALOG = {
  not_released: {
    status: 409,
    title: "Not released yet",
    explanation:
      "Goods of the session are not public when it is: they have no instant of release, or a later one. skus[] names them.",
  },
  date_passed: {
    status: 409,
    title: "The date comes too soon",
    explanation: "A SKU is for a date that may have passed when its last unit is handed over. skus[] names the SKUs.",
  },
  cold_delivery: {
    status: 409,
    title: "Cold goods are not delivered",
    explanation: "Goods that have to stay cold can be collected at a store, not sent. skus[] names them.",
  },
  cold_waits: {
    status: 409,
    title: "Cold goods cannot wait that long",
    explanation: "The time for pickup is longer than a unit of these goods may wait at the store. skus[] names them.",
  },
  adult_hand_over: {
    status: 409,
    title: "Delivery without an age check",
    explanation: "Alcohol is delivered only by those who ask for the age at the door. skus[] names the goods.",
  },
  over_limit: {
    status: 409,
    title: "More than a person may have",
    explanation:
      "In a draw a person may win one unit of each SKU: these goods have a limit per product or session that the session's SKUs exceed. skus[] names them.",
  },
  version_differs: {
    status: 409,
    title: "Changed meanwhile",
    explanation: "The product has another version than the one that you changed; version says which. Nothing was written.",
  },
  sku_taken: {
    status: 409,
    title: "The SKU belongs to another product",
    explanation: "An id of a SKU is used once in the whole catalogue. Nothing was written.",
  },
  label_in_use: {
    status: 409,
    title: "Products still name it",
    explanation:
      "A tier or scene that is missing from the new list is named by products; products[] says which. Nothing was written.",
  },
} as const satisfies Record<string, Problem>;
