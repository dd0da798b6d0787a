// Every operation of the deployed Worker. A test holds this table equal to its routes, and real replies to the schemas in it.
import { ADMIN } from "./admin.ts";
import { CARRY } from "./carry.ts";
import { CATALOG } from "./catalog.ts";
import { EVENTS } from "./events.ts";
import { FILES } from "./files.ts";
import type { Operation } from "./operation.ts";
import { PLANNING } from "./planning.ts";
import { PUBLIC } from "./public.ts";
import { REVIEW } from "./review.ts";
import { SHOP } from "./shop.ts";
import { STORE } from "./store.ts";
import { STORES } from "./stores.ts";

export const OPERATIONS: Operation[] = [
  ...PUBLIC,
  ...CATALOG,
  ...SHOP,
  ...STORE,
  ...STORES,
  ...ADMIN,
  ...PLANNING,
  ...REVIEW,
  ...EVENTS,
  ...CARRY,
  ...FILES,
];
