// The order of things at the edge: headers, routes by audience, static pages, the last word on errors.
import { Hono } from "hono";
import { methodNotAllowed } from "hono/method-not-allowed";
import type { Chain } from "../domain/draw/chains.ts";
import { adminCatalog } from "./admin/catalog.ts";
import { adminEvents } from "./admin/events.ts";
import { adminExport } from "./admin/export.ts";
import { adminImport } from "./admin/import.ts";
import { adminIncidents } from "./admin/incidents.ts";
import { adminOpenings } from "./admin/openings.ts";
import { adminOrders } from "./admin/orders.ts";
import { adminPlanning } from "./admin/planning.ts";
import { adminReview } from "./admin/review.ts";
import { adminSessions } from "./admin/sessions.ts";
import { adminStores } from "./admin/stores.ts";
import { adminTemplates } from "./admin/templates.ts";
import { adminWebhooks } from "./admin/webhooks.ts";
import type { OpenApp } from "./edge/app-type.ts";
import { errorPages } from "./edge/page.ts";
import { onError, problem } from "./edge/problem.ts";
import { security } from "./edge/security.ts";
import { catalog } from "./public/catalog.ts";
import { files } from "./public/files.ts";
import { health } from "./public/health.ts";
import { log } from "./public/log.ts";
import { nearest } from "./public/nearest.ts";
import { offers } from "./public/offers.ts";
import { pages } from "./public/pages.ts";
import { problems } from "./public/problems.ts";
import { proofs } from "./public/proofs.ts";
import { sessions } from "./public/sessions.ts";
import { appeals } from "./shop/appeals.ts";
import { awards } from "./shop/awards.ts";
import { choices } from "./shop/choices.ts";
import { orders } from "./shop/orders.ts";
import { reservations } from "./shop/reservations.ts";
import { storeDesk } from "./store/desk.ts";

export function createApp(chains: readonly Chain[]): Hono<OpenApp> {
  const app = new Hono<OpenApp>();
  // Before everything that wraps other routes: a reservation brings its headers itself.
  app.route("/", reservations);
  app.use(security);
  app.use(errorPages);
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (_, methods) => problem("method_not_allowed", { headers: { Allow: methods.join(", ") } }),
    }),
  );
  app.route("/", health);
  app.route("/", sessions(chains));
  app.route("/", offers);
  app.route("/", nearest);
  app.route("/", proofs);
  app.route("/", files);
  app.route("/", log);
  app.route("/", catalog);
  app.route("/", awards);
  app.route("/", appeals);
  app.route("/", orders);
  app.route("/", choices);
  app.route("/", storeDesk);
  app.route("/", adminSessions(chains));
  app.route("/", adminPlanning(chains));
  app.route("/", adminTemplates);
  app.route("/", adminCatalog);
  app.route("/", adminReview);
  app.route("/", adminOpenings);
  app.route("/", adminOrders);
  app.route("/", adminEvents);
  app.route("/", adminWebhooks);
  app.route("/", adminExport);
  app.route("/", adminImport);
  app.route("/", adminStores);
  app.route("/", adminIncidents);
  app.route("/", problems);
  app.route("/", pages);
  app.notFound(async (c) => {
    const { pathname } = new URL(c.req.url);
    const isApi = /^\/(?:v1|draws|rules|log|local)(?:\/|$)/.test(pathname);
    // On Cloudflare a page that exists never gets here; a server without that routing asks for it here.
    if (isApi || (c.req.method !== "GET" && c.req.method !== "HEAD")) return problem("not_found");
    const page = await c.env.ASSETS.fetch(c.req.raw);
    const isThere = page.ok || page.headers.has("Location") || page.headers.has("ETag");
    // A copy, because headers of a reply from elsewhere cannot be added to.
    return isThere ? new Response(page.body, page) : problem("not_found");
  });
  app.onError(onError);
  return app;
}
