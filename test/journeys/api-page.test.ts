// The API page and openapi.json as they are served: complete, searchable, no wider than the screen, and changed only with the build.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { OpenApi } from "../../scripts/api/document.ts";
import { OPERATIONS } from "../../scripts/api/operations.ts";
import { ROOT } from "../../scripts/local/bundle.ts";
import { openBrowser, phone } from "./support/browser.ts";
import { withShop } from "./support/shop.ts";

const PICTURES = join(ROOT, ".fairpour/pictures");
let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  browser = await openBrowser();
});
afterAll(() => browser.close());

it("shows every operation, finds them by words, opens the one that a link names, on a phone and on a desk", async () => {
  await withShop(async ({ url }) => {
    const first = await fetch(`${url}/openapi.json`);
    const etag = first.headers.get("ETag") as string;
    expect([first.status, first.headers.get("Access-Control-Allow-Origin")]).toEqual([200, "*"]);
    expect(((await first.json()) as OpenApi).openapi).toBe("3.1.0");
    expect((await fetch(`${url}/openapi.json`, { headers: { "If-None-Match": etag } })).status).toBe(304);

    for (const [name, viewport] of [
      ["phone", { width: 390, height: 844 }],
      ["desk", { width: 1280, height: 900 }],
    ] as const) {
      const { page, errors } = await phone(browser, "en-GB", viewport);
      await page.goto(`${url}/api/`);
      const shown = page.locator("details.operation:visible");
      expect(await shown.count()).toBeGreaterThanOrEqual(OPERATIONS.length);
      await page.screenshot({ path: join(PICTURES, `api-${name}.png`) });
      await page.getByLabel("Search operations and shapes").fill("reserve post");
      await expect.poll(() => shown.count()).toBe(1);
      await page.goto(`${url}/api/#reserve`);
      await page.locator("#reserve[open]").getByText("already_reserved").first().waitFor();
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(overflow, "nothing is wider than the screen").toBe(0);
      await page.screenshot({ path: join(PICTURES, `api-${name}-open.png`) });
      await page.locator("#reserve").getByRole("link", { name: "ReserveInput" }).first().click();
      await page.locator("#ReserveInput[open]").waitFor();
      expect(errors).toEqual([]);
    }
  });
});
