// The result minute on real pages: whoever stays and whoever opens a link gets the result from published files, while the server counts that
// no object was called and no row was read.
import { rmSync } from "node:fs";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { MEASURED } from "../../bench/harness/measured.ts";
import type { Counts } from "../../bench/worker/counts.ts";
import { type LocalServer, startServer } from "../../scripts/local/server.ts";
import { operatorAt } from "../../scripts/play/people.ts";
import { announce, sleep, until } from "../../scripts/play/sessions.ts";
import { openBrowser, PHONE, phone } from "./support/browser.ts";
import { planSoon } from "./support/plan.ts";
import { freshState } from "./support/shop.ts";

const stateDir = freshState();
let browser: Browser;
let shop: LocalServer;
beforeAll(async () => {
  [browser, shop] = await Promise.all([openBrowser(), startServer({ stateDir, ...MEASURED })]);
});
afterAll(async () => {
  await Promise.all([browser.close(), shop.stop()]);
  rmSync(stateDir, { recursive: true, force: true });
});

const SKU = "feitian-500";

async function planned(): Promise<string> {
  const session = `minute-${Math.floor(Date.now() / 1000)}`;
  const plan = planSoon(shop, session, { "zh-CN": "晚间专场", en: "Evening session" });
  const operator = await operatorAt(shop.url);
  await announce(operator, plan, [{ sku: SKU, store: "cn-guiyang-01", stock: 3 }]);
  await until(operator, session, ["open"], 60);
  return session;
}

async function reserve(page: Page): Promise<void> {
  await page.goto(`${shop.url}/`);
  await page.getByRole("button", { name: "Sign in" }).first().click();
  await page.getByLabel("Name").fill("Ada");
  await page.locator("form").getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: /^Choose a store: .*Flying Fairy/ }).click();
  await page.getByText("Guiyang Demo Store 01").click();
  await page.getByRole("button", { name: /^Reserve here/ }).click();
  await page.getByText("The signed receipt is kept on this device.").waitFor();
}

const STATIC = /^\/(?:$|assets\/|old-browser\.js$)/;

/** Paths of the Worker that the page asks for; its own pages and assets are static on Cloudflare. */
function asked(page: Page): string[] {
  const paths: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (!STATIC.test(pathname)) paths.push(pathname);
  });
  return paths;
}

const counts = async (turn: "start" | "stop"): Promise<Counts> =>
  (await (await fetch(`${shop.url}/bench/counts/${turn}`)).json()) as Counts;

/** A phone with what `state` kept and nothing in its caches. */
async function coldPage(state: Awaited<ReturnType<BrowserContext["storageState"]>>): Promise<Page> {
  const context = await browser.newContext({ viewport: PHONE, locale: "en-GB", storageState: state });
  return context.newPage();
}

/** The log's key is a constant of the Worker, asked for once in a page's life, whenever it comes to it. */
const isFile = (path: string) =>
  path === "/v1/time" || path === "/log/vkey" || path.startsWith("/draws/") || path.startsWith("/rules/");

it("costs no object call and no row, on the page that stays, on a cold link and at the front door", async () => {
  const session = await planned();
  const { page, errors } = await phone(browser);
  await reserve(page);
  const receipts = await page.context().storageState();
  const { close } = (await (await fetch(`${shop.url}/v1/sessions/${session}`)).json()) as { close: number };

  await sleep(close * 1000 + 1000 - Date.now());
  const staying = asked(page);
  await counts("start");
  await page.getByText("You won a unit").waitFor({ timeout: 60_000 });
  await page.getByText("Pay by").first().waitFor();
  expect(await counts("stop")).toMatchObject({ objects: 0, statements: 0 });
  expect(staying.filter((path) => !isFile(path))).toEqual([]);
  expect(staying.filter((path) => path.endsWith("/results/1"))).toHaveLength(1);

  await counts("start");
  const link = await coldPage(receipts);
  const linked = asked(link);
  await link.goto(`${shop.url}/#result/${session}`);
  await link.getByText("You won a unit").waitFor();
  await link.getByRole("heading", { name: /Flying Fairy/ }).waitFor();
  await link.getByText("Pay by").first().waitFor();
  const door = await coldPage(receipts);
  const entered = asked(door);
  await door.goto(`${shop.url}/`);
  await door.getByText("You won a unit").waitFor();
  expect(await counts("stop")).toMatchObject({ objects: 0, statements: 0 });
  for (const paths of [linked, entered]) expect([...new Set(paths)].filter((path) => !isFile(path))).toEqual([]);
  // Time, result, the pool's file, and for a winner the wave's times.
  expect(new Set(linked.filter((path) => path !== "/log/vkey")).size, [...linked].join(" ")).toBe(4);

  await link.getByRole("button", { name: "All sessions and products" }).click();
  await link.getByRole("heading", { name: "Evening session" }).waitFor();
  await expect.poll(() => linked.includes("/v1/sessions")).toBe(true);
  expect(errors).toEqual([]);
});

it("tells whoever opens the link on another device how to get the receipt back, and then shows the result", async () => {
  const session = await planned();
  const { page } = await phone(browser);
  await reserve(page);
  const other = await phone(browser);
  await other.page.goto(`${shop.url}/#result/${session}`);
  await other.page.getByText("There is no receipt of this session on this device.").waitFor();
  await other.page.getByRole("button", { name: "Sign in" }).last().click();
  await other.page.getByLabel("Name").fill("Ada");
  await other.page.locator("form").getByRole("button", { name: "Sign in" }).click();
  await other.page.getByText("You won a unit").waitFor({ timeout: 60_000 });
  expect(other.errors).toEqual([]);
});
