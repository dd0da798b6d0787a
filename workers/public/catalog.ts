// The catalogue and the stores, for everybody. Short-lived caching: snapshots with their own addresses come with the catalogue issue.
import { Hono } from "hono";
import * as v from "valibot";
import { market } from "../../contracts/basics.ts";
import { settingsOf } from "../../contracts/settings.ts";
import { listProducts, listStores } from "../../records/catalog.ts";
import { recordsOf } from "../../records/database.ts";
import type { OpenApp } from "../edge/app-type.ts";
import { shared } from "../edge/shared.ts";

/** A change to the catalogue is everywhere after twice this: once here, once in the caches on the way. */
const SHARED_S = 60;
const records = (env: Env) => recordsOf(env.DB, settingsOf(env).BRAND);

export const catalog = new Hono<OpenApp>()
  .get("/v1/catalog", (c) => shared(c, "catalog", SHARED_S, async () => ({ products: await listProducts(records(c.env)) })))
  .get("/v1/stores", async (c) => {
    const wanted = c.req.query("market");
    // No store is in a market that is none: nothing is read, and nothing invented is remembered.
    if (wanted !== undefined && !v.is(market, wanted)) return c.json({ stores: [] }, 200, { "Cache-Control": "no-store" });
    return shared(c, `stores/${wanted ?? ""}`, SHARED_S, async () => ({ stores: await listStores(records(c.env), wanted) }));
  });
