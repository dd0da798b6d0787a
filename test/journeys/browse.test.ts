// Finding goods on a phone-sized page: by a Chinese word of two characters, by filters, side by side; and still when the search is down.
import { afterAll, beforeAll, expect, it } from "vitest";
import { openBrowser, phone } from "./support/browser.ts";
import { withShop } from "./support/shop.ts";

let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

it("finds, filters and compares what is for sale, and searches by itself while the shop's search is down", async () => {
  await withShop(async ({ url }) => {
    const { page, errors } = await phone(browser);
    await page.goto(`${url}/`);
    await page.getByRole("heading", { name: "Everything we have" }).waitFor();
    const lines = page.locator(".goods li");
    const names = async () => (await lines.locator("b:first-child").allInnerTexts()).filter((text) => !text.includes("¥"));
    const settled = (count: RegExp) => page.getByRole("status").filter({ hasText: count }).waitFor();

    await page.getByLabel("Search goods").fill("生肖");
    await settled(/^17 products$/);
    expect((await names()).every((name) => name.includes("Year of"))).toBe(true);
    await page.getByLabel("Search goods").fill("冰淇淋");
    await settled(/^3 products$/);
    await page.getByLabel("Search goods").fill("nothing at all");
    await page.getByText("Nothing fits.").waitFor();
    await page.getByLabel("Search goods").fill('"*');
    await settled(/^46 products$/);
    await page.getByLabel("Search goods").fill("");

    await page.getByLabel("Kind").selectOption({ label: "Cultural goods" });
    await settled(/^2 products$/);
    await page.getByRole("checkbox").nth(0).check();
    await page.getByRole("checkbox").nth(1).check();
    await page.getByRole("button", { name: "Compare 2 products" }).click();
    await page.getByRole("table").getByText("No age limit").first().waitFor();
    await page.getByRole("button", { name: "Close" }).click();

    await page.getByLabel("Kind").selectOption({ label: "All kinds" });
    const bands = await page.getByLabel("Price").locator("option").count();
    let sum = 0;
    for (let band = 0; band < bands - 1; band++) {
      await page.getByLabel("Price").selectOption(String(band));
      sum += Number.parseInt((await page.getByText(/^\d+ products?$/).textContent()) ?? "", 10);
    }
    expect(sum).toBe(46);
    await page.getByLabel("Price").selectOption({ label: "Any price" });

    await page.route("**/v1/catalog/search*", (route) => route.abort());
    await page.getByLabel("Search goods").fill("1935");
    await page.getByText("this device searched by itself").waitFor();
    await settled(/^1 product$/);
    await lines.getByRole("button").click();
    await page.getByRole("dialog").getByText("From 18 years").waitFor();
    expect(errors.filter((error) => !error.includes("ERR_FAILED"))).toEqual([]);
  });
});
