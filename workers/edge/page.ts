// Pages that stand in for another. A person who opens an address gets one where a program gets a problem; both have the same status.
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { PAGE_WORDS, type PageWords, type StandIn } from "../../contracts/page-words.ts";
import type { ProblemCode } from "../../contracts/problems.ts";
import { languageFor } from "../../domain/language.ts";
import type { OpenApp } from "./app-type.ts";
import { SECURITY } from "./security.ts";

/** web/errors/index.html as it was built, with its marks. */
const TEMPLATE = "https://pages/errors/";

/** Which problems have a page; what else somebody meets at an address of the API reads well enough. */
const PAGE_OF: { [code in ProblemCode]?: StandIn } = {
  not_found: "not_found",
  internal: "internal",
  busy: "busy",
  not_prepared: "busy",
  misconfigured: "internal",
};

const HEADERS = {
  ...SECURITY,
  "Content-Type": "text/html; charset=utf-8",
  "Cache-Control": "no-store",
  Vary: "Accept, Accept-Language",
  "Content-Security-Policy":
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

let template: string | undefined;

/** The page, or undefined where this build has none. `href` is where its button leads. */
async function page(c: Context<OpenApp>, which: StandIn, href: string): Promise<string | undefined> {
  if (template === undefined) {
    const response = await c.env.ASSETS.fetch(TEMPLATE).catch(() => undefined);
    if (!response?.ok) return undefined;
    template = await response.text();
  }
  const country = (c.req.raw.cf as { country?: string } | undefined)?.country;
  const lang = languageFor(c.req.header("Accept-Language") ?? null, country);
  const words: PageWords = PAGE_WORDS[which][lang];
  const marks: Record<string, string> = { ...words, lang, href };
  return template.replace(/\{(\w+)\}/g, (mark, name: string) => marks[name] ?? mark);
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Whether a person opens this address, rather than a program. */
const isOpened = (request: Request): boolean =>
  (request.method === "GET" || request.method === "HEAD") && (request.headers.get("Accept") ?? "").includes("text/html");

/** Puts a page in place of a problem, for whoever opened the address. */
export const errorPages = createMiddleware<OpenApp>(async function errorPages(c, next) {
  await next();
  if (c.res.headers.get("Content-Type") !== "application/problem+json" || !isOpened(c.req.raw)) return;
  const { code } = await c.res.clone().json<{ code: ProblemCode }>();
  const which = PAGE_OF[code];
  if (!which) return;
  const { pathname, search } = new URL(c.req.url);
  const html = await page(c, which, which === "not_found" ? "/" : escaped(pathname + search));
  if (html === undefined) return;
  const retry = c.res.headers.get("Retry-After");
  const { status } = c.res;
  // Hono would add the headers of the reply that is replaced.
  c.res = undefined;
  c.res = new Response(html, { status, headers: { ...HEADERS, ...(retry ? { "Retry-After": retry } : {}) } });
});

/** A page with an address of its own. */
export async function standIn(c: Context<OpenApp>, which: StandIn): Promise<Response | undefined> {
  const html = await page(c, which, "/");
  return html === undefined ? undefined : new Response(html, { headers: { ...HEADERS, "Cache-Control": "no-cache" } });
}
