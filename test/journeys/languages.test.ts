// The pages in Japanese on a narrow phone, from the first look to the pickup code and the check; another language is one tap away and stays.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ROOT } from "../../scripts/local/bundle.ts";
import type { LocalServer } from "../../scripts/local/server.ts";
import { operatorAt } from "../../scripts/play/people.ts";
import { announce, until } from "../../scripts/play/sessions.ts";
import { openBrowser, phone } from "./support/browser.ts";
import { planSoon } from "./support/plan.ts";
import { withShop } from "./support/shop.ts";

const PICTURES = join(ROOT, ".fairpour/pictures");
const NARROW = { width: 360, height: 780 };

let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  browser = await openBrowser();
});
afterAll(() => browser.close());

async function planned(shop: LocalServer): Promise<void> {
  const session = `languages-${Math.floor(Date.now() / 1000)}`;
  const title = { "zh-CN": "周末专场", en: "Weekend session", ja: "週末の抽選販売" };
  const plan = planSoon(shop, session, title, { market: "JP", windowS: 45, payWindowS: 300, pickupS: 300 });
  const operator = await operatorAt(shop.url);
  const pools = ["jp-tokyo-01", "jp-osaka-01"].map((store) => ({ sku: "feitian-500", store, stock: 3 }));
  await announce(operator, plan, pools);
  await until(operator, session, ["open"], 60);
}

/** What a narrow screen shows: pictured; nothing wider than it, nothing cut off, no note's title beside its text, no sentence in another language. */
async function expectJapanese(page: Page, name: string): Promise<void> {
  const isModal = (await page.locator("dialog[open]").count()) > 0;
  await page.screenshot({ path: join(PICTURES, `ja-${name}.png`), fullPage: !isModal });
  const { wide, cut, beside, foreign } = await page.evaluate(() => {
    const shown = [...document.querySelectorAll<HTMLElement>("body *")].filter((element) =>
      element.checkVisibility({ opacityProperty: true }),
    );
    const isCut = (element: HTMLElement) =>
      element.scrollWidth > element.clientWidth + 1 && ["hidden", "clip"].includes(getComputedStyle(element).overflowX);
    const isBeside = (title: Element) => {
      const text = title.nextElementSibling?.getBoundingClientRect();
      return text !== undefined && text.top < title.getBoundingClientRect().bottom - 1;
    };
    const own = (element: HTMLElement) =>
      [...element.childNodes].flatMap((node) => (node.nodeType === Node.TEXT_NODE ? [node.textContent ?? ""] : [])).join(" ");
    const texts = shown.filter((element) => element.closest("code, [lang]")?.tagName === "HTML").map(own);
    return {
      wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      cut: shown.filter(isCut).map((element) => element.outerHTML.slice(0, 200)),
      beside: [...document.querySelectorAll(".note > strong, .reply > strong")].filter(isBeside).map((title) => title.textContent),
      foreign: texts.filter((text) => /[a-z]{2,} [a-z]{2,}/i.test(text)),
    };
  });
  expect({ name, wide, cut, beside, foreign }).toEqual({ name, wide: 0, cut: [], beside: [], foreign: [] });
}

const language = (page: Page) => page.getByRole("combobox", { name: /^(言語|Language|语言)$/ });

it("speaks Japanese from the first look to the pickup code, and English as soon and as long as it is asked to", async () => {
  await withShop(async (shop) => {
    await planned(shop);
    const { page, errors } = await phone(browser, "ja-JP", NARROW);
    await page.goto(`${shop.url}/`);
    await page.getByRole("heading", { name: "週末の抽選販売" }).waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("ja");
    expect((await language(page).boundingBox())?.height).toBeGreaterThanOrEqual(44);
    await expectJapanese(page, "1-open");

    if (!(await page.getByLabel("名前").isVisible())) await page.getByRole("button", { name: "ログイン" }).first().click();
    await page.getByLabel("名前").fill("花子");
    await expectJapanese(page, "2-sign-in");
    await page.locator("form").getByRole("button", { name: "ログイン" }).click();
    await page.getByRole("button", { name: /^店舗を選ぶ: .*飛天/ }).click();
    await page.getByText("東京デモ店舗 01").first().click();
    await expectJapanese(page, "3-stores");
    await page.getByRole("button", { name: /^この店舗で応募/ }).click();
    await page.getByText("署名付きの控えをこの端末に保存しました。").waitFor();
    await expectJapanese(page, "4-reserved");

    await language(page).selectOption({ label: "English" });
    await page.getByText("The signed receipt is kept on this device.").waitFor();
    await page.reload();
    await page.getByText("The signed receipt is kept on this device.").waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
    await page.screenshot({ path: join(PICTURES, "ja-5-in-english.png") });
    await language(page).selectOption({ label: "日本語" });
    await page.getByText("署名付きの控えをこの端末に保存しました。").waitFor();

    await page.getByText("当選しました").waitFor({ timeout: 120_000 });
    await expectJapanese(page, "6-won");
    await page.getByRole("button", { name: "購入する" }).click();
    await page.getByRole("region", { name: /^注文/ }).first().waitFor({ timeout: 15_000 });
    await expectJapanese(page, "7-to-pay");
    await page.getByRole("button", { name: "自分の抽選を検証", exact: true }).first().click();
    await page.locator(".checked li").nth(15).waitFor({ timeout: 30_000 });
    await page.getByText(/応募は削除も改変もされておらず、当選者全員は公開の乱数から導かれます。/).waitFor();
    await expectJapanese(page, "8-check");
    await page.getByRole("button", { name: "閉じる" }).click();

    const store = await phone(browser, "ja-JP", NARROW);
    await store.page.goto(`${shop.url}/store/`);
    await store.page.getByLabel("店舗ID").fill("jp-tokyo-01");
    await expectJapanese(store.page, "9-store-sign-in");
    await store.page.getByRole("button", { name: "ログイン" }).click();
    await store.page.getByRole("button", { name: "支払い済みにする" }).first().click();
    await expectJapanese(store.page, "10-store-desk");
    await store.page.getByRole("button", { name: "受け取った", exact: true }).click();
    await store.page.getByRole("textbox", { name: "数量" }).fill("1");
    await store.page.getByRole("button", { name: "入荷を登録" }).click();
    await store.page.getByText("1点を登録しました。").waitFor();

    await page.getByRole("button", { name: "受取コードを表示" }).click({ timeout: 20_000 });
    await page.locator("figure svg").waitFor();
    await page.getByRole("button", { name: "8桁の数字を使う" }).click();
    await page.locator(".tail.pair b").last().waitFor();
    await expectJapanese(page, "11-voucher");
    const [tail = "", code = ""] = await page.locator(".tail.pair b").allInnerTexts();
    await store.page.getByLabel("注文番号（6文字）").fill(tail);
    await store.page.getByLabel("数字（8桁）").fill(code);
    await store.page.getByRole("button", { name: "引き渡す" }).click();
    await store.page.getByText("お渡しください").waitFor();
    await expectJapanese(store.page, "12-handed-over");
    await page.getByText("受け取り済み", { exact: true }).first().waitFor({ timeout: 20_000 });
    expect([...errors, ...store.errors]).toEqual([]);
  });
});

it("the verify page speaks the first of the reader's languages that it knows, also from a disk", async () => {
  const { page, errors } = await phone(browser, "ja-JP", NARROW);
  await page.goto(`file://${join(ROOT, "web/dist/verify.html")}`);
  await page.getByRole("heading", { name: "抽選を検証する" }).waitFor();
  await expectJapanese(page, "13-verify");
  for (const summary of await page.locator("summary").all()) await summary.click();
  await page.getByLabel("または、控えか証明を貼り付け").fill("{}");
  await page.getByRole("button", { name: "検証", exact: true }).click();
  await page.getByText("ここで検証できるファイルや文字列ではありません。").waitFor();
  await expectJapanese(page, "14-verify-open");
  expect(errors).toEqual([]);

  const other = await browser.newContext({ locale: "fr-FR" });
  await other.addInitScript(() => Object.defineProperty(navigator, "languages", { get: () => ["fr-FR", "ja-JP", "en"] }));
  const french = await other.newPage();
  await french.goto(`file://${join(ROOT, "web/dist/verify.html")}`);
  await french.getByRole("heading", { name: "抽選を検証する" }).waitFor();
});
