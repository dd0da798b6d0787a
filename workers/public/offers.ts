// What a session offers, product by product: where, and how many units. Fixed when it was announced, so every reply may be kept for ever.
import { type Context, Hono } from "hono";
import type { OfferList, OffersReply } from "../../contracts/sessions.ts";
import type { Pool } from "../../domain/draw/pools.ts";
import type { OpenApp } from "../edge/app-type.ts";
import { factsOf } from "../edge/facts.ts";
import { open } from "../edge/open.ts";
import { problem } from "../edge/problem.ts";
import { isKnownTo } from "../edge/shared.ts";

const FOR_EVER = { "Cache-Control": "public, max-age=31536000, immutable", "Access-Control-Allow-Origin": "*" };

/** Of one session and SKU there is one reply for ever: its address within the manifest is its tag. */
function fixed(c: Context<OpenApp>, tag: string, make: () => object): Response {
  const headers = { ...FOR_EVER, ETag: `"${tag}"` };
  if (isKnownTo(c.req.raw, headers.ETag)) return c.body(null, 304, headers);
  return c.json(make(), 200, headers);
}

function listOf(sku: string, pools: Pool[]): OfferList {
  const column = <Key extends keyof Pool>(key: Key) => pools.map((pool) => pool[key]);
  return { sku, first: pools[0]?.pool ?? 0, stores: column("store"), stock: column("stock"), wait: column("wait") };
}

export const offers = new Hono<OpenApp>()
  .get("/v1/sessions/:session/offers", open, async (c) => {
    const { id, pools } = await factsOf(c.env, c.req.param("session"));
    return fixed(c, id.slice(0, 32), () => ({ offers: pools.offers }) satisfies OffersReply);
  })
  .get("/v1/sessions/:session/offers/:sku", open, async (c) => {
    const { id, pools } = await factsOf(c.env, c.req.param("session"));
    const sku = c.req.param("sku");
    const offer = pools.offers.find((one) => one.sku === sku);
    if (!offer) return problem("not_found");
    return fixed(c, `${id.slice(0, 32)}-${offer.first}`, () => listOf(sku, pools.of(sku)));
  });
