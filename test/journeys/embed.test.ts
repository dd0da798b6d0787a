// <draw-entry> on a page of another origin with a strict policy of its own: it shows the draw, a member enters at the shop, and the page learns that
// somebody is in, and nothing else.
import { mkdirSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ROOT } from "../../scripts/local/bundle.ts";
import type { LocalServer } from "../../scripts/local/server.ts";
import { operatorAt } from "../../scripts/play/people.ts";
import { announce, until } from "../../scripts/play/sessions.ts";
import { openBrowser, phone } from "./support/browser.ts";
import { chooseStore, reserveHere, signInFrom } from "./support/enter.ts";
import { planSoon } from "./support/plan.ts";
import { withShop } from "./support/shop.ts";

const PICTURES = join(ROOT, ".fairpour/pictures");
let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** A plain page elsewhere: it may load from the shop what the element needs, and nothing inline. */
async function pageElsewhere(shop: string, inside: string): Promise<{ url: string; server: Server }> {
  const policy = `default-src 'none'; script-src ${shop}; connect-src ${shop}; style-src 'self'; img-src data:`;
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Another shop</title><link rel="stylesheet" href="/own.css"><link rel="icon" href="data:,">
<script type="module" src="${shop}/embed/draw-entry.js"></script><h1>Another shop</h1>${inside}</html>`;
  const server = createServer((request, response) => {
    if (request.url === "/own.css") {
      response.setHeader("Content-Type", "text/css");
      return response.end(
        "body{font:16px system-ui;max-width:30rem;margin:2rem auto;padding:0 1rem}draw-entry{--draw-entry-accent:#7a2048}",
      );
    }
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.setHeader("Content-Security-Policy", policy);
    return response.end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}

async function planned(shop: LocalServer): Promise<string> {
  const session = `embed-${Math.floor(Date.now() / 1000)}`;
  const skus = ["feitian-500", "tiger-500"];
  const title = { "zh-CN": "外部页面场次", en: "Session elsewhere", ja: "外部ページの抽選販売" };
  const plan = planSoon(shop, session, title, { windowS: 90, skus });
  const operator = await operatorAt(shop.url);
  await announce(
    operator,
    plan,
    plan.skus.map((sku) => ({ sku, store: "cn-guiyang-01", stock: 3 })),
  );
  await until(operator, session, ["open"], 60);
  return session;
}

/** Collects the element's events, as the page around it would. */
const listen = (page: Page) =>
  page.evaluate(() => {
    const heard: unknown[] = [];
    (window as unknown as { heard: unknown[] }).heard = heard;
    document.addEventListener("draw-entry:reserved", (event) => heard.push((event as CustomEvent).detail));
  });
const heard = (page: Page) => page.evaluate(() => (window as unknown as { heard: unknown[] }).heard);

it("takes a visitor of another page into the draw, and tells that page no more than that", async () => {
  await withShop(async (shop) => {
    const session = await planned(shop);
    const other = await pageElsewhere(shop.url, `<draw-entry session="${session}" sku="feitian-500"></draw-entry>`);
    const { page, errors } = await phone(browser);
    await page.goto(other.url);
    await listen(page);
    const card = page.locator("draw-entry");
    await card.getByRole("heading", { name: "Session elsewhere" }).waitFor();
    await card.getByText("3 units in 1 store").waitFor();
    await expect(card.getByRole("timer").textContent()).resolves.toMatch(/^\d\d:\d\d:\d\d$/);
    expect(await card.getByText(/Tiger/).count()).toBe(0);
    await page.screenshot({ path: join(PICTURES, "embed-1-phone.png") });

    // Nobody but the window that the element opened is believed.
    await page.evaluate((id) => window.postMessage({ type: "draw-entry:reserved", session: id }, "*"), session);

    const popup = await signInFrom(page, "Ada");
    await popup.getByRole("heading", { name: "Session elsewhere" }).waitFor();
    expect(await heard(page)).toEqual([]);
    await chooseStore(popup, "Flying Fairy", "Guiyang Demo Store 01");
    await popup.screenshot({ path: join(PICTURES, "embed-2-popup.png") });
    await reserveHere(popup);

    await card.getByText("You are in the draw.").waitFor();
    expect(await heard(page)).toEqual([{ session }]);
    await page.screenshot({ path: join(PICTURES, "embed-3-in.png") });
    expect(errors).toEqual([]);
    other.server.close();
  });
});

it("says so when there is no such session, speaks the page's language, and fits a wide page", async () => {
  await withShop(async (shop) => {
    const session = await planned(shop);
    const inside = `<draw-entry session="${session}" lang="zh-CN"></draw-entry><draw-entry session="${session}" lang="ja"></draw-entry>
<draw-entry session="nobody"></draw-entry>`;
    const other = await pageElsewhere(shop.url, inside);
    const { page } = await phone(browser, "en-GB", { width: 1280, height: 900 });
    await page.goto(other.url);
    await page.getByRole("heading", { name: "外部页面场次" }).waitFor();
    const japanese = page.locator("draw-entry[lang=ja]");
    await japanese.getByRole("heading", { name: "外部ページの抽選販売" }).waitFor();
    await japanese.getByText("1店舗・計3点").first().waitFor();
    await japanese.getByText(/^元/).first().waitFor();
    await japanese.getByRole("button", { name: "抽選に応募する" }).waitFor();
    await page.getByText("There is no such session.").waitFor();
    await page.screenshot({ path: join(PICTURES, "embed-4-desktop.png") });
    other.server.close();
  });
});

it("the shop tells no page that did not open it, and none whose address is not one", async () => {
  await withShop(async (shop) => {
    const session = await planned(shop);
    for (const from of ["javascript:alert(1)", "https://x.example/path", "http://x.example", "null"]) {
      const { page, errors } = await phone(browser);
      await page.goto(`${shop.url}/?session=${session}&embed=1&from=${encodeURIComponent(from)}`);
      await page.getByRole("heading", { name: "Session elsewhere" }).waitFor();
      expect(await page.getByText("You came from").count()).toBe(0);
      expect(errors).toEqual([]);
      await page.context().close();
    }
  });
});
