// An exclusion from both sides, through HTTP and a phone: two operators exclude, the member reads why and appeals, two operators decide, and what
// came of it is sealed, logged, and checked by everybody.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { OwnExclusions, ProposalView, ReviewDesk } from "../../contracts/review.ts";
import { ROOT } from "../../scripts/local/bundle.ts";
import type { LocalServer } from "../../scripts/local/server.ts";
import { type Client, expect as expected } from "../../scripts/play/client.ts";
import { operatorAt, Person } from "../../scripts/play/people.ts";
import { announce, until } from "../../scripts/play/sessions.ts";
import { PYTHON } from "../../scripts/setup/python.ts";
import { openBrowser, phone } from "./support/browser.ts";
import { run } from "./support/command.ts";
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

const picture = (page: Page, name: string) => page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });

/** One unit; Bo and Cy are in it already. */
async function planned(shop: LocalServer, operator: Client) {
  const session = `review-${Math.floor(Date.now() / 1000)}`;
  const plan = planSoon(
    shop,
    session,
    { "zh-CN": "复核专场", en: "Session under review" },
    { decideS: 24, leads: { announceS: 0, reviewS: 30, sealLeadS: 6 } },
  );
  await announce(operator, plan, [{ sku: "feitian-500", store: "cn-guiyang-01", stock: 1 }]);
  const [bo, cy] = await Promise.all(["Bo", "Cy"].map((name) => Person.signIn(shop.url, name)));
  for (const person of [bo, cy] as Person[]) await person.enter(session);
  await until(operator, session, ["open"], 60);
  const place = async (person: Person) => {
    const { shard, index } = expected(await person.reserve(session, 1), 201);
    return { shard, index };
  };
  return { session, bo: bo as Person, places: { bo: await place(bo as Person), cy: await place(cy as Person) } };
}

async function reserve(page: Page): Promise<{ shard: number; index: number }> {
  await page.getByRole("heading", { name: "Session under review" }).waitFor();
  await signIn(page, "Ada");
  await page.getByRole("button", { name: /^Choose a store: .*Flying Fairy/ }).click();
  await page.getByText("Guiyang Demo Store 01").click();
  await page.getByRole("button", { name: /^Reserve here/ }).click();
  const [, shard, index] =
    /shard (\d+), no\. (\d+)/.exec((await page.getByText(/^shard \d+, no\. \d+$/).textContent()) ?? "") ?? [];
  return { shard: Number(shard), index: Number(index) };
}

it("an excluded member is told why, appeals, and finds what two operators decided sealed and logged before the draw", async () => {
  await withShop(
    async (shop) => {
      const [ann, ben] = await Promise.all(["ann", "ben"].map((name) => operatorAt(shop.url, name)));
      const { session, bo, places } = await planned(shop, ann as Client);
      const desk = `/v1/admin/sessions/${session}`;
      const agree = async (kind: "exclusions" | "decisions", proposal: string, rows: object[]) => {
        expected(await (ann as Client).post(`${desk}/${kind}`, { proposal, note: "Seen at night.", rows }), 201);
        const own = await (ann as Client).post<{ code?: string }>(`${desk}/proposals/${proposal}/confirm`);
        expect([own.status, own.body.code]).toEqual([409, "same_operator"]);
        const { closed } = expected(await (ben as Client).post<ProposalView>(`${desk}/proposals/${proposal}/confirm`), 200);
        expect(closed?.by).toBe("operator-ben");
      };

      const { page, errors } = await phone(browser);
      await page.goto(`${shop.url}/`);
      const ada = await reserve(page);
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: "Copy to show others" }).click(),
      ]);
      const shown = readFileSync(await download.path(), "utf8");
      const wrong = await (ann as Client).post(`${desk}/exclusions`, {
        proposal: "proposal-0",
        note: "x",
        rows: [
          { ...ada, reason: 1 },
          { shard: 0, index: 999, reason: 9 },
        ],
      });
      expect(wrong).toMatchObject({
        status: 409,
        body: { code: "rows_refused", errors: [{ pointer: "/rows/0", code: "members_reason" }, { code: "unknown_place" }] },
      });
      await agree("exclusions", "proposal-1", [
        { ...ada, reason: 9 },
        { ...places.bo, reason: 8 },
      ]);

      // The phone finds out by itself.
      await page.getByText("Your reservation was excluded before the draw: made by a program.").waitFor({ timeout: 20_000 });
      await picture(page, "review-1-told");
      await page.getByLabel("Your appeal").fill("I tapped the button myself, on my own phone.");
      await page.getByRole("button", { name: "Send the appeal" }).click();
      await page.getByText(/^Your appeal was received at/).waitFor();
      await picture(page, "review-2-appealed");
      const own = `/v1/sessions/${session}`;
      expected(await bo.client.post(`${own}/appeals`, { pool: 1, text: "My brother has his own account." }), 201);
      expect((await bo.client.post<{ code?: string }>(`${own}/appeals`, { pool: 1, text: "Another text." })).body.code).toBe(
        "appealed_already",
      );
      const { appeals } = expected(await (ben as Client).get<ReviewDesk>(`${desk}/review`), 200);
      expect(appeals.map(({ text }) => text).sort()).toEqual([
        "I tapped the button myself, on my own phone.",
        "My brother has his own account.",
      ]);
      await agree("decisions", "decision-1", [
        { ...ada, granted: false, answer: "Forty requests in a second came from it." },
        { ...places.bo, granted: true, answer: "The two accounts are two people." },
      ]);
      await page.getByText("Your appeal was refused:").waitFor({ timeout: 20_000 });
      await picture(page, "review-3-refused");
      await page.getByRole("combobox", { name: "Language" }).selectOption({ label: "中文" });
      await page.getByText("您的预约").or(page.getByText("申诉被驳回：")).first().waitFor();
      await picture(page, "review-4-refused-zh");
      await page.getByRole("combobox", { name: "语言" }).selectOption({ label: "English" });
      const { exclusions } = expected(await bo.client.get<OwnExclusions>(`${own}/exclusions`), 200);
      expect(exclusions).toMatchObject([{ standing: "reinstated", appeal: { decided: { granted: true } } }]);

      // Sealed and drawn: the phone checks its own exclusion, anybody reads the counts, the auditors find everything in place.
      await page.getByText("Not in the draw").waitFor({ timeout: 90_000 });
      await page.getByRole("button", { name: "Check my draw", exact: true }).first().click();
      await page
        .getByText(/made by a program/)
        .last()
        .waitFor();
      await page.locator(".checked li").nth(11).waitFor({ timeout: 30_000 });
      const marks = await page.locator(".checked li").evaluateAll((items) => items.map((item) => item.className));
      expect(marks.filter((mark) => mark !== "ok")).toEqual(["open"]);
      await picture(page, "review-5-checked");
      await page.getByRole("button", { name: "Close" }).click();
      await page.getByText("How the draw works, and how to check it").click();
      await page.getByRole("button", { name: "Exclusions by reason" }).click();
      await page.getByText("Appeals: 2. Granted: 1. Refused: 1. Not decided in time, and so in the draw: 0.").waitFor();
      await picture(page, "review-6-counts");
      expect(errors).toEqual([]);

      // Press and support paste the receipt, and read its life.
      const support = await phone(browser);
      await support.page.goto(`${shop.url}/verify#session=${session}`);
      await support.page.getByLabel("Or paste a receipt or a proof").fill(shown);
      await support.page.getByRole("button", { name: "Check", exact: true }).click();
      await support.page.getByText("Excluded before the draw: made by a program. The appeal was refused.").waitFor();
      await picture(support.page, "review-7-life");
      expect(support.errors).toEqual([]);

      const verified = await run("verify.ts", ["--origin", shop.url, "--session", session]);
      expect(verified.output).toContain("the operators' exclusions are those that the review left standing");
      expect(verified.code).toBe(0);
      if (PYTHON) {
        const arguments_ = [join(ROOT, "verifiers/python/verify.py"), "--json", "--origin", shop.url, "--session", session];
        const { stdout } = spawnSync(PYTHON, arguments_, { encoding: "utf8" });
        expect(JSON.parse(stdout)).toMatchObject({
          verdict: "valid",
          counts: { entries: 3, excluded: 1, reasons: { 9: 1 }, review: { told: 2, refused: 1, granted: 1, undecided: 0 } },
        });
      }
    },
    { witnesses: 3 },
  );
});
