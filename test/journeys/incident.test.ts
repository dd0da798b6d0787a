// A store turns out to be short, through HTTP and phones: members whose units lay ready are asked without reloading anything, one goes to another
// store and one takes the refund, and the store's staff are told not to hand over what is not there.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { IncidentDesk } from "../../contracts/incidents.ts";
import type { OrderView } from "../../contracts/orders.ts";
import { ROOT } from "../../scripts/local/bundle.ts";
import type { LocalServer } from "../../scripts/local/server.ts";
import { expect as expected } from "../../scripts/play/client.ts";
import { operatorAt, Person, storeAt } from "../../scripts/play/people.ts";
import { announce, until } from "../../scripts/play/sessions.ts";
import { openBrowser, phone } from "./support/browser.ts";
import { signIn } from "./support/enter.ts";
import { planSoon } from "./support/plan.ts";
import { withShop } from "./support/shop.ts";

const PICTURES = join(ROOT, ".fairpour/pictures");
const [SHORT, OTHER] = ["cn-guiyang-01", "cn-guiyang-02"];

let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  browser = await openBrowser();
});
afterAll(() => browser.close());

const picture = (page: Page, name: string) => page.screenshot({ path: join(PICTURES, `incident-${name}.png`), fullPage: true });

/** Three units for three people at the one store, as many for nobody at the other. */
async function planned(shop: LocalServer): Promise<string> {
  const session = `short-${Math.floor(Date.now() / 1000)}`;
  const title = { "zh-CN": "周末专场", en: "Weekend session" };
  // What follows the draw has all the time that it needs.
  const plan = planSoon(shop, session, title, { windowS: 45, payWindowS: 600, pickupS: 600 });
  const operator = await operatorAt(shop.url);
  await announce(
    operator,
    plan,
    [SHORT, OTHER].map((store) => ({ sku: "feitian-500", store: store as string, stock: 3 })),
  );
  await until(operator, session, ["open"], 60);
  return session;
}

async function reserve(page: Page, url: string, name: string): Promise<void> {
  await page.goto(`${url}/`);
  await page.getByRole("heading", { name: "Weekend session" }).waitFor();
  await signIn(page, name);
  await page.getByRole("button", { name: /^Choose a store: .*Flying Fairy/ }).click();
  await page.getByText("Guiyang Demo Store 01").click();
  await page.getByRole("button", { name: /^Reserve here/ }).click();
  await page.getByText("The signed receipt is kept on this device.").waitFor();
}

async function accept(page: Page): Promise<void> {
  await page.getByText("You won a unit").waitFor({ timeout: 120_000 });
  await page
    .getByRole("button", { name: /take|accept/i })
    .first()
    .click();
  await page.getByText("Taken, not paid yet").waitFor({ timeout: 15_000 });
}

/** A finger hits it, and nothing is wider than the screen. */
async function fits(page: Page, box: Locator): Promise<void> {
  const sizes = await box
    .getByRole("button")
    .evaluateAll((all) => all.map((one) => ({ text: one.textContent, width: one.clientWidth + 2, height: one.clientHeight + 2 })));
  expect(sizes.length).toBeGreaterThan(0);
  expect(sizes.filter(({ width, height }) => width < 44 || height < 44)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
}

it("members are asked by themselves, one moves and one is refunded, and the store's desk says which orders have no unit", async () => {
  await withShop(async (shop) => {
    const session = await planned(shop);
    const [ada, cy, store] = await Promise.all([phone(browser), phone(browser), phone(browser)]);
    await Promise.all([reserve(ada.page, shop.url, "Ada"), reserve(cy.page, shop.url, "Cy")]);
    const bo = await Person.signIn(shop.url, "Bo");
    await bo.enter(session);
    const receipt = expected(await bo.reserve(session, 1), 201);
    await Promise.all([accept(ada.page), accept(cy.page)]);
    const { order } = expected(await bo.choose(receipt, "accept"), 200) as { order: string };

    await store.page.goto(`${shop.url}/store/`);
    await store.page.getByLabel("Store id").fill(SHORT as string);
    await store.page.getByRole("button", { name: "Sign in" }).click();
    await store.page.getByRole("button", { name: "To pay 3" }).waitFor({ timeout: 20_000 });
    const counter = await storeAt(shop.url, SHORT as string);
    const orders = expected(await counter.get<{ orders: { order: string }[] }>(`/v1/stores/${SHORT}/orders`), 200).orders;
    for (const one of orders) expected(await counter.post(`/v1/stores/${SHORT}/payments`, { order: one.order }), 200);
    const van = { delivery: `van-${session}`, session, sku: "feitian-500", units: 3 };
    expected(await counter.post(`/v1/stores/${SHORT}/deliveries`, van), 200);
    await ada.page.getByText("Ready for pickup").waitFor({ timeout: 20_000 });
    // A note is a note, whatever its tone.
    const looks = (note: Element) => [getComputedStyle(note).display, getComputedStyle(note).borderStyle];
    expect(await ada.page.locator(".note.good").first().evaluate(looks)).toEqual(["block", "none"]);
    await picture(ada.page, "0-ready");

    const operator = await operatorAt(shop.url);
    const report = {
      incident: `van-${session}`,
      kind: "shortage",
      session,
      store: SHORT,
      sku: "feitian-500",
      missing: 3,
      note: "A pipe has burst in the cellar: three cases are under water.",
      decideBy: Math.floor(Date.now() / 1000) + 300,
    };
    const desk = expected(await operator.post<IncidentDesk>("/v1/admin/incidents", report), 200);
    expect(desk.skus[0]?.choosing).toHaveLength(3);

    // Nobody reloads anything.
    const box = (page: Page) => page.locator(".order .note.warn");
    await box(ada.page).getByText("Guiyang Demo Store 01 has too few units").waitFor({ timeout: 20_000 });
    await box(ada.page).getByText("A pipe has burst in the cellar").waitFor();
    await box(ada.page)
      .getByText(/^Units in other stores: until \d\d:\d\d better ranks choose first/)
      .waitFor();
    expect(await ada.page.getByRole("button", { name: "Show pickup code" }).count()).toBe(0);
    expect(await ada.page.getByText("Waiting for the goods").count()).toBe(0);
    await picture(ada.page, "1-asked");
    await fits(ada.page, box(ada.page));
    await store.page.getByText("Paid orders for which this store has no unit: 3.").waitFor({ timeout: 20_000 });
    await store.page.getByRole("button", { name: "Paid, to arrive 3" }).click();
    expect(await store.page.getByText("No unit", { exact: true }).count()).toBe(3);
    await picture(store.page, "2-desk");

    // Ada goes to the other store, and stays there when she comes back to the page.
    await box(ada.page).getByRole("button", { name: "Another store" }).click();
    const there = box(ada.page).getByRole("listitem").filter({ hasText: "Guiyang Demo Store 02" });
    await there.getByText("3 units").waitFor();
    await picture(ada.page, "3-stores");
    await fits(ada.page, box(ada.page));
    await there.getByRole("button", { name: "Pick up here" }).click();
    const moved = async () => {
      await ada.page.getByText("Waiting for the goods to arrive at Guiyang Demo Store 02.").waitFor({ timeout: 20_000 });
      await ada.page.getByText("Moved here from Guiyang Demo Store 01.").waitFor();
    };
    await moved();
    await ada.page.reload();
    await moved();
    await picture(ada.page, "4-moved");

    // Cy reads Chinese, waits, looks at the other stores, and takes the refund.
    await cy.page.getByRole("combobox", { name: "Language" }).selectOption({ label: "中文" });
    await box(cy.page).getByText("到货不足").waitFor({ timeout: 20_000 });
    await box(cy.page).getByRole("button", { name: "继续等待" }).click();
    await box(cy.page).getByText("您选择等待到货。").waitFor();
    await picture(cy.page, "5-waits-zh");
    await box(cy.page).getByRole("button", { name: "换一家门店" }).click();
    await box(cy.page).getByRole("listitem").first().waitFor();
    await box(cy.page).getByRole("button", { name: "退款" }).click();
    await box(cy.page).getByText("确定放弃并退款吗？").waitFor();
    await picture(cy.page, "6-sure-zh");
    await fits(cy.page, box(cy.page));
    await box(cy.page).getByRole("button", { name: "确定退款" }).click();
    await cy.page.getByText("您已选择退款，款项将退回。").waitFor({ timeout: 20_000 });
    await picture(cy.page, "7-refunded-zh");

    // Bo waits; the desk knows, and has nobody else's order to hand over.
    expected(await bo.client.post(`/v1/orders/${order}/choice`, { choice: "wait", incident: report.incident }), 200);
    await store.page.getByText("The customer waits for a unit to arrive.").waitFor({ timeout: 20_000 });
    await store.page.getByText("Paid orders for which this store has no unit: 1.").waitFor();
    await store.page.getByRole("combobox", { name: "Language" }).selectOption({ label: "中文" });
    await store.page.getByText("顾客选择等待到货。").waitFor();
    await picture(store.page, "8-desk-zh");

    // The cellar is dry: what was delivered is Bo's.
    expected(await operator.post(`/v1/admin/incidents/${report.incident}/end`), 200);
    await store.page.getByRole("button", { name: "可提货 1" }).waitFor({ timeout: 20_000 });
    expect(await store.page.getByText("无货").count()).toBe(0);
    const settled = expected(await counter.get<{ orders: OrderView[] }>(`/v1/stores/${SHORT}/orders`), 200).orders;
    expect(settled.map((one) => [one.order === order, one.state])).toEqual(
      expect.arrayContaining([
        [true, "ready"],
        [false, "refunded"],
      ]),
    );
    expect(settled).toHaveLength(2);
    expect([...ada.errors, ...cy.errors, ...store.errors]).toEqual([]);
  });
});
