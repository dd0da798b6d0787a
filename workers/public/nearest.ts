// The nearest stores that give out a SKU in a session. For other systems: the shop's own page works this out on the phone, so that nobody's
// place leaves it.
import { Hono } from "hono";
import { type NearestReply, type NearStore, nearestInput } from "../../contracts/stores.ts";
import type { OpenApp } from "../edge/app-type.ts";
import { factsOf } from "../edge/facts.ts";
import { fileOf } from "../edge/file-cache.ts";
import { query } from "../edge/input.ts";
import { nearestOffers } from "../edge/offers.ts";
import { open } from "../edge/open.ts";
import { problem } from "../edge/problem.ts";
import { ProofFiles } from "../edge/proof-files.ts";

/** A caller's place is in the address: nothing on the way keeps the reply. */
const PRIVATE = { "Cache-Control": "no-store" };

export const nearest = new Hono<OpenApp>().get("/v1/sessions/:session/stores", open, async (c) => {
  const { sku, lat, lng, limit } = query(c, nearestInput);
  const facts = await factsOf(c.env, c.req.param("session"));
  const { session } = facts.manifest;
  if (!Object.hasOwn(facts.rules.families, sku)) return problem("unknown_pool");
  const offers = await nearestOffers(c.env, facts, { sku, from: { lat, lng }, limit });
  const sealed = (await fileOf(c.env, `draws/${session}/seal.json`)) !== undefined;
  const files = new ProofFiles(c.env, session, facts.M);
  const stores = await Promise.all(
    offers.map(async ({ store, pool: { pool, stock }, metres }): Promise<NearStore> => {
      const entries = sealed ? await files.entries(pool) : undefined;
      const known = entries === undefined ? {} : { entries, odds: entries === 0 ? 1 : Math.min(1, stock / entries) };
      return { store, pool, metres: Math.round(metres), units: stock, ...known };
    }),
  );
  return c.json({ stores, sealed } satisfies NearestReply, 200, PRIVATE);
});
