// Pages that stand in for a problem: for people in their language, with the status that a program gets.
import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { PAGE_WORDS, type StandIn } from "../../contracts/page-words.ts";
import { PUBLIC_CHAINS } from "../../domain/draw/chains.ts";
import { createApp } from "../../workers/app.ts";
import { problem } from "../../workers/edge/problem.ts";

/** The real routes, and two that fail: by a mistake of ours, and because too many people came. */
const app = createApp(PUBLIC_CHAINS)
  .get("/mistake", () => {
    throw new Error("a canary of what is inside");
  })
  .get("/crowd", () => problem("busy", { retryAfterS: 7 }));

/** The marks of web/errors/index.html, which a journey looks at. */
const template = '<html lang="{lang}"><title>{title}</title><p>{text}<a href="{href}">{action}</a>{note}';

/** Assets as a build has them: the template, and nothing else. */
const assets = {
  fetch: async (url: string) =>
    new Response(String(url).endsWith("/errors/") ? template : null, { status: String(url).endsWith("/errors/") ? 200 : 404 }),
};

const open = (path: string, headers: Record<string, string>, bindings: object = {}) =>
  app.fetch(
    new Request(`https://shop.test${path}`, { headers }),
    { ...env, ASSETS: assets, ...bindings } as unknown as Env,
    createExecutionContext(),
  );

const HTML = { Accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" };

const CASES: [path: string, status: number, code: string, which: StandIn, bindings: object][] = [
  ["/nowhere", 404, "not_found", "not_found", {}],
  ["/v1/sessions/nobody", 404, "not_found", "not_found", {}],
  ["/draws/nobody/result.json", 404, "not_found", "not_found", {}],
  ["/mistake", 500, "internal", "internal", {}],
  ["/crowd", 503, "busy", "busy", {}],
  ["/log/vkey", 503, "misconfigured", "internal", { PEPPER: "" }],
];

describe.each(CASES)("%s", (path, status, code, which, bindings) => {
  it.each([{}, { Accept: "*/*" }, { Accept: "application/json" }])("is a problem for a program that says %j", async (headers) => {
    const answer = await open(path, headers, bindings);
    expect([answer.status, answer.headers.get("Content-Type")]).toEqual([status, "application/problem+json"]);
    expect(((await answer.json()) as { code: string }).code).toBe(code);
  });

  it.each([
    ["zh-CN,zh;q=0.9", "zh-CN"],
    ["ja,en;q=0.5", "ja"],
    ["fr", "en"],
  ] as const)("is a page for a person who reads %s, of the same status", async (accepted, lang) => {
    const answer = await open(path, { ...HTML, "Accept-Language": accepted }, bindings);
    expect([answer.status, answer.headers.get("Content-Type")]).toEqual([status, "text/html; charset=utf-8"]);
    expect(answer.headers.get("Cache-Control")).toBe("no-store");
    expect(answer.headers.get("Vary")).toBe("Accept, Accept-Language");
    expect(answer.headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(answer.headers.get("Content-Security-Policy")).toContain("default-src 'none'");
    expect(answer.headers.has("Retry-After")).toBe(status === 503);
    const page = await answer.text();
    expect(page).toContain(`<html lang="${lang}">`);
    for (const words of Object.values(PAGE_WORDS[which][lang])) expect(page).toContain(words);
    expect(page).not.toMatch(/canary|<script|\{\w+\}/);
  });
});

describe("a page", () => {
  it("leads to what was asked for again, and no address writes into it", async () => {
    const page = await (await open("/crowd?a=%22><script>x</script>&b='", HTML)).text();
    expect(page).not.toContain("<script");
    expect(page.match(/href="([^"]*)">/g)).toContain('href="/crowd?a=%22%3E%3Cscript%3Ex%3C/script%3E&#38;b=%27">');
  });

  it("stands in for nothing that a program posts, and for no problem that has none", async () => {
    const posted = await app.fetch(
      new Request("https://shop.test/nowhere", { method: "POST", headers: HTML }),
      { ...env, ASSETS: assets } as unknown as Env,
      createExecutionContext(),
    );
    expect(posted.headers.get("Content-Type")).toBe("application/problem+json");
    expect((await open("/v1/orders", HTML)).headers.get("Content-Type")).toBe("application/problem+json");
  });

  it.each([
    ["/offline", "offline"],
    ["/old-browser", "old_browser"],
  ] as const)("has an address of its own: %s", async (path, which) => {
    const answer = await open(path, { "Accept-Language": "ja" });
    expect([answer.status, answer.headers.get("Cache-Control")]).toEqual([200, "no-cache"]);
    expect(await answer.text()).toContain(PAGE_WORDS[which].ja.title);
  });
});
