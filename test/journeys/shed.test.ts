// More people than the shop admits: the page says so, keeps the ticket and comes in by itself, also when the session has closed meanwhile.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ROOT } from "../../scripts/local/bundle.ts";
import { operatorAt, Person } from "../../scripts/play/people.ts";
import { announce, until } from "../../scripts/play/sessions.ts";
import { openBrowser, phone } from "./support/browser.ts";
import { signIn } from "./support/enter.ts";
import { planSoon } from "./support/plan.ts";
import { withShop } from "./support/shop.ts";

const PICTURES = join(ROOT, ".fairpour/pictures");
let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  browser = await openBrowser();
});
afterAll(() => browser.close());

it("loses nobody to the crowd: shed in the last seconds, admitted after close with the ticket's second", async () => {
  await withShop(async (shop) => {
    const operator = await operatorAt(shop.url);
    const session = `crowd-${Math.floor(Date.now() / 1000)}`;
    const plan = planSoon(
      shop,
      session,
      { "zh-CN": "人多的场次", en: "Crowded session" },
      {
        windowS: 25,
        graceS: 10,
        leads: { announceS: 0, reviewS: 15, sealLeadS: 3 },
        shards: 1,
        // One person a second, and no burst.
        admitPerS: 1,
        skus: ["feitian-500", "tiger-500"],
      },
    );
    const { close } = plan;
    await announce(
      operator,
      plan,
      plan.skus.map((sku) => ({ sku, store: "cn-guiyang-01", stock: 3 })),
    );
    const { page, errors } = await phone(browser);
    await page.goto(`${shop.url}/`);
    await page.getByRole("heading", { name: "Crowded session" }).waitFor();
    await signIn(page, "Ada");
    await until(operator, session, ["open"], 60);
    const cards = [/Flying Fairy/, /Tiger/].map((name) => page.getByRole("article", { name }));
    // Others ask all the time, eight at once: the shard is left alone for most of it, and admits one of them a second.
    const others = await Promise.all(Array.from({ length: 60 }, (_, at) => Person.signIn(shop.url, `other ${at}`)));
    await Promise.all(others.map((other) => other.enter(session)));
    let crowding = true;
    const nonce = "5".repeat(64);
    const crowd = async (from: number): Promise<void> => {
      for (let at = from; crowding; at = (at + 8) % others.length) {
        const { client, pass } = others[at] as Person;
        const headers = { "Content-Type": "application/json", Authorization: `Bearer ${client.token}` };
        const body = JSON.stringify({ pass: pass?.pass, pool: 1, nonce });
        const sent = fetch(`${shop.url}/v1/sessions/${session}/reservations`, { method: "POST", headers, body });
        await sent.then((reply) => reply.text()).catch(() => undefined);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    for (let from = 0; from < 8; from++) void crowd(from);
    setTimeout(() => {
      crowding = false;
    }, 40_000).unref();
    while (Date.now() < (close - 7) * 1000) await new Promise((resolve) => setTimeout(resolve, 50));
    const replies: { pool: number; status: number; ticket: boolean; sent: boolean }[] = [];
    page.on("response", async (response) => {
      if (!response.url().endsWith("/reservations") || response.request().method() !== "POST") return;
      const body = (await response.json()) as { overload?: string };
      const asked = JSON.parse(response.request().postData() as string) as { pool: number; overload?: string };
      replies.push({
        pool: asked.pool,
        status: response.status(),
        ticket: body.overload !== undefined,
        sent: asked.overload !== undefined,
      });
    });
    // Two products, because one of them could be the one that the shard admits in that second.
    for (const card of cards) {
      await card.getByRole("button", { name: /^Choose a store/ }).click();
      await card.getByText("Guiyang Demo Store 01").click();
      await card.getByRole("button", { name: /^Reserve here/ }).click();
    }
    await page
      .getByText(/Very many people are here/)
      .first()
      .waitFor();
    await page.screenshot({ path: join(PICTURES, "shed.png") });
    await expect.poll(() => replies.filter(({ status }) => status === 201).length, { timeout: 30_000 }).toBe(2);
    crowding = false;
    const shed = replies.filter(({ status }) => status === 503);
    expect(shed.length).toBeGreaterThan(0);
    for (const { pool } of shed) {
      const mine = replies.filter((reply) => reply.pool === pool);
      expect(mine[0]).toMatchObject({ status: 503, ticket: true, sent: false });
      expect(mine.at(-1)).toMatchObject({ status: 201, sent: true });
    }
    await page.getByText("The signed receipt is kept on this device.").first().waitFor({ state: "attached" });
    const own = await page.evaluate(() =>
      Object.entries(localStorage)
        .filter(([key]) => key.includes("kept"))
        .join(),
    );
    expect(own).toContain('\\"type\\":\\"receipt\\"');
    expect(errors.filter((error) => !error.includes("503"))).toEqual([]);
  });
});
