// Pages that stand in for another, in a real browser: nothing there, no network, a browser that is too old.

import { rmSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { PAGE_WORDS } from "../../contracts/page-words.ts";
import { type LocalServer, startServer } from "../../scripts/local/server.ts";
import { openBrowser, phone } from "./support/browser.ts";
import { freshState } from "./support/shop.ts";

const stateDir = freshState();
let shop: LocalServer;
let browser: Browser;
beforeAll(async () => {
  shop = await startServer({ stateDir });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await shop.stop();
  rmSync(stateDir, { recursive: true, force: true });
});

it("leads back to the shop, in the person's language", async () => {
  const { page } = await phone(browser, "ja-JP");
  const answer = await page.goto(`${shop.url}/nowhere`);
  expect([answer?.status(), answer?.headers()["content-type"]]).toEqual([404, "text/html; charset=utf-8"]);
  for (const words of Object.values(PAGE_WORDS.not_found.ja)) expect(await page.content()).toContain(words);
  expect(await page.content()).not.toMatch(/\{\w+\}/);
  await page.getByRole("link", { name: PAGE_WORDS.not_found.ja.action }).click();
  await page.waitForURL(`${shop.url}/`);
  expect((await fetch(`${shop.url}/nowhere`)).headers.get("Content-Type")).toBe("application/problem+json");
});

it("has the look of the shop, without a script, at the width of a phone", async () => {
  const { page } = await phone(browser, "zh-CN");
  await page.goto(`${shop.url}/nowhere`);
  expect(await page.getByRole("heading").textContent()).toBe(PAGE_WORDS.not_found["zh-CN"].title);
  const looks = await page.evaluate(() => ({
    page: getComputedStyle(document.documentElement).backgroundColor,
    token: getComputedStyle(document.documentElement).getPropertyValue("--page"),
    wide: document.documentElement.scrollWidth > innerWidth,
    scripts: document.scripts.length,
    button: getComputedStyle(document.querySelector("a") as HTMLElement).color,
    behind: getComputedStyle(document.querySelector("a") as HTMLElement).backgroundColor,
  }));
  expect(looks).toEqual({
    page: "rgb(246, 243, 236)",
    token: "#f6f3ec",
    wide: false,
    scripts: 0,
    button: "rgb(255, 255, 255)",
    behind: "rgb(29, 107, 89)",
  });
});

it("tells a browser that cannot run the shop so, and no other", async () => {
  const old = await phone(browser, "en-GB");
  // What a browser without today's syntax makes of the page's program.
  await old.page.route("**/assets/*.js", (route) => route.fulfill({ contentType: "text/javascript", body: "const = 1;" }));
  await old.page.goto(`${shop.url}/`);
  await old.page.waitForURL(`${shop.url}/old-browser`);
  expect(await old.page.getByRole("heading").textContent()).toBe(PAGE_WORDS.old_browser.en.title);
  const good = await phone(browser, "en-GB");
  await good.page.goto(`${shop.url}/`);
  await good.page.waitForLoadState("load");
  await good.page.waitForSelector("#page > *");
  expect(good.page.url()).toBe(`${shop.url}/`);
});

it("shows the offline page where there is no network, has kept nothing else, and the shop again afterwards", async () => {
  const { page, errors } = await phone(browser, "zh-CN");
  await page.goto(`${shop.url}/`);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  // A worker controls what is opened after it, and reloads nothing that is open.
  await page.goto(`${shop.url}/`);
  await page.waitForSelector("#page > *");
  expect(errors).toEqual([]);
  const kept = await page.evaluate(async () => {
    const found: string[] = [];
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname);
    return found.sort();
  });
  expect(kept.filter((path) => !/^\/assets\/[\w-]+\.css$/.test(path))).toEqual(["/offline"]);
  await page.context().setOffline(true);
  await page.goto(`${shop.url}/`);
  expect(await page.getByRole("heading").textContent()).toBe(PAGE_WORDS.offline["zh-CN"].title);
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe("rgb(246, 243, 236)");
  // A call of the API gets no page and nothing kept: it fails as it would without a worker.
  expect(
    await page.evaluate(() =>
      fetch("/v1/time").then(
        () => "answered",
        () => "failed",
      ),
    ),
  ).toBe("failed");
  await page.context().setOffline(false);
  await page.getByRole("link").click();
  await page.waitForSelector("#page > *:not(h1)");
  expect(await page.getByRole("heading", { name: PAGE_WORDS.offline["zh-CN"].title }).count()).toBe(0);
});
