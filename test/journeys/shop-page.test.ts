// A member's whole session by hand, on a phone-sized page: sign in, reserve, result, accept, voucher, collected; the store on its own page.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import jsQR from "jsqr";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ROOT } from "../../scripts/local/bundle.ts";
import type { LocalServer } from "../../scripts/local/server.ts";
import { operatorAt, Person } from "../../scripts/play/people.ts";
import { announce, until } from "../../scripts/play/sessions.ts";
import { openBrowser, phone } from "./support/browser.ts";
import { signIn } from "./support/enter.ts";
import { planSoon } from "./support/plan.ts";
import { withShop } from "./support/shop.ts";

/** Kept for whoever wants to look: the pages of the last run. */
const PICTURES = join(ROOT, ".fairpour/pictures");

let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  browser = await openBrowser();
});
afterAll(() => browser.close());

const picture = (page: Page, name: string) => page.screenshot({ path: join(PICTURES, `${name}.png`) });

/** Room for everybody, so that the journey wins every time. */
async function planned(shop: LocalServer): Promise<string> {
  const session = `page-${Math.floor(Date.now() / 1000)}`;
  const skus = ["feitian-500", "tiger-500"];
  const plan = planSoon(shop, session, { "zh-CN": "周末专场", en: "Weekend session" }, { skus });
  const operator = await operatorAt(shop.url);
  await announce(
    operator,
    plan,
    skus.flatMap((sku) => ["cn-guiyang-01", "cn-beijing-01"].map((store) => ({ sku, store, stock: 3 }))),
  );
  const other = await Person.signIn(shop.url, "Bo");
  await other.enter(session);
  await until(operator, session, ["open"], 60);
  await other.reserve(session, 1);
  return session;
}

it("takes a member from sign-in to a collected bottle, and the second scan is refused with when and where", async () => {
  await withShop(async (shop) => {
    await planned(shop);
    const { page, errors } = await phone(browser);
    let listsOfStores = 0;
    page.on("request", (request) => {
      if (new URL(request.url()).pathname === "/v1/stores") listsOfStores++;
    });
    await page.goto(`${shop.url}/`);
    await page.getByRole("heading", { name: "Weekend session" }).waitFor();
    await expect(page.getByRole("timer").first().isVisible()).resolves.toBe(true);
    await signIn(page, "Ada");
    await picture(page, "1-open");

    expect(listsOfStores, "2,200 stores are no business of who only looks").toBe(0);
    await page.getByRole("button", { name: /^Choose a store: .*Flying Fairy/ }).click();
    await page.getByText("Guiyang Demo Store 01").click();
    expect(listsOfStores).toBe(1);
    await picture(page, "2-store");
    await page.getByRole("button", { name: /^Reserve here/ }).click();
    await page.getByText("The signed receipt is kept on this device.").waitFor();
    await picture(page, "3-reserved");

    await page.getByText("You won a unit").waitFor({ timeout: 60_000 });
    await picture(page, "4-won");
    await page
      .getByRole("button", { name: /take|accept/i })
      .first()
      .click();
    await page.getByRole("region", { name: /order/i }).first().waitFor({ timeout: 15_000 });
    await picture(page, "5-to-pay");

    const store = await phone(browser);
    await store.page.goto(`${shop.url}/store/`);
    await store.page.getByLabel("Store id").fill("cn-guiyang-01");
    await store.page.getByRole("button", { name: "Sign in" }).click();
    await store.page.getByRole("button", { name: "Mark paid" }).first().click();
    await store.page.getByRole("button", { name: "Yes, paid" }).click();
    await store.page.getByLabel("Product").selectOption("feitian-500");
    await store.page.getByRole("textbox", { name: "Units" }).fill("1");
    await store.page.getByRole("button", { name: "Record the delivery" }).click();
    await store.page.getByText("Units recorded: 1").waitFor();
    await picture(store.page, "6-store-desk");

    await page.getByRole("button", { name: /show/i }).first().click({ timeout: 20_000 });
    await page.locator("figure svg").waitFor();
    await picture(page, "7-voucher");
    const qr = await readQr(page);
    expect(qr).toMatch(/^FP1\./);

    await store.page.getByLabel("Scanned QR text").fill(qr);
    await store.page.getByLabel("Item serial (optional)").fill("GZ-0001");
    await store.page.getByRole("button", { name: "Hand over" }).click();
    await store.page.getByText("Hand it over").waitFor();
    await store.page.getByRole("button", { name: "Next customer" }).click();
    await store.page.getByLabel("Scanned QR text").fill(qr);
    await store.page.getByRole("button", { name: "Hand over" }).click();
    await store.page.getByText("ALREADY COLLECTED").waitFor();
    await store.page
      .getByText(/at Guiyang Demo Store 01/)
      .first()
      .waitFor();
    await picture(store.page, "8-second-scan");

    await page
      .getByText(/Collected/)
      .first()
      .waitFor({ timeout: 20_000 });
    await picture(page, "9-collected");
    expect(await page.textContent("body")).not.toMatch(/\bfair\b/i);
    expect([...errors, ...store.errors.filter((text) => !text.includes("409"))]).toEqual([]);
  });
});

it("keeps the tap of a phone whose clock runs ahead, and sends it again when the session opens", async () => {
  await withShop(async (shop) => {
    const session = `ahead-${Math.floor(Date.now() / 1000)}`;
    const open = Math.floor(Date.now() / 1000) + 30;
    const plan = planSoon(shop, session, { "zh-CN": "快钟", en: "Fast clock" }, { open, close: open + 60 });
    await announce(await operatorAt(shop.url), plan, [{ sku: "feitian-500", store: "cn-guiyang-01", stock: 3 }]);
    const { page } = await phone(browser);
    await page.route("**/v1/time", async (route) => {
      const response = await route.fetch();
      const { now } = (await response.json()) as { now: number };
      await route.fulfill({ response, json: { now: now + 15_000 } });
    });
    const answers: number[] = [];
    page.on("response", (response) => {
      if (response.url().endsWith("/reservations") && response.request().method() === "POST") answers.push(response.status());
    });
    await page.goto(`${shop.url}/`);
    await page.getByRole("heading", { name: "Fast clock" }).waitFor();
    await signIn(page, "Ada");
    await page.getByRole("button", { name: /^Choose a store: .*Flying Fairy/ }).click();
    await page.getByText("Guiyang Demo Store 01").click();
    await page.getByRole("button", { name: /^Reserve here/ }).click();
    await page.getByText("The signed receipt is kept on this device.").waitFor();
    expect(answers).toEqual([409, 201]);
  });
});

it("speaks Chinese to who prefers it, keeps what it had while offline, and fits a narrow phone", async () => {
  await withShop(async (shop) => {
    await planned(shop);
    const { page } = await phone(browser, "zh-CN", { width: 360, height: 720 });
    await page.goto(`${shop.url}/`);
    await page.getByRole("heading", { name: "周末专场" }).waitFor();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, "nothing is wider than the screen").toBe(0);
    await picture(page, "10-chinese");
    await page.context().setOffline(true);
    await page.evaluate(() => window.dispatchEvent(new Event("offline")));
    await page.getByRole("heading", { name: "周末专场" }).waitFor();
    await page
      .getByText(/离线|网络/)
      .first()
      .waitFor({ timeout: 15_000 });
  });
});

/** Reads the QR code off the screen, as a camera would; the browser itself turns the screenshot into pixels. */
async function readQr(page: Page): Promise<string> {
  const png = (await page.locator("figure svg").screenshot()).toString("base64");
  const { width, height, pixels } = await page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: image.width, height: image.height });
    const context = canvas.getContext("2d") as CanvasRenderingContext2D;
    context.drawImage(image, 0, 0);
    return { width: image.width, height: image.height, pixels: [...context.getImageData(0, 0, image.width, image.height).data] };
  }, png);
  const found = jsQR(Uint8ClampedArray.from(pixels), width, height);
  if (!found) throw new Error("the QR code on the screen cannot be read");
  return found.data;
}
