// The catalogue and the stores, for everybody. Short-lived caching: snapshots with their own addresses come with the catalogue issue.
import { Hono } from "hono";
import { etag } from "hono/etag";
import { settingsOf } from "../../contracts/settings.ts";
import { listProducts, listStores } from "../../records/catalog.ts";
import { recordsOf } from "../../records/database.ts";
import type { OpenApp } from "../edge/app-type.ts";

const PUBLIC = { "Cache-Control": "public, max-age=60" };
const records = (env: Env) => recordsOf(env.DB, settingsOf(env).BRAND);

export const catalog = new Hono<OpenApp>()
  .use("/v1/catalog", etag())
  .use("/v1/stores", etag())
  .get("/v1/catalog", async (c) => c.json({ products: await listProducts(records(c.env)) }, 200, PUBLIC))
  .get("/v1/stores", async (c) => {
    const market = c.req.query("market");
    return c.json({ stores: await listStores(records(c.env), market) }, 200, PUBLIC);
  });
