// Checking a draw in a real browser: the shop page on a drawn session, then the verify page from a disk with the network off, then tampered files,
// and a receipt in somebody else's hands.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Download, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parseReceipt, shownReceipt } from "../../domain/proof/receipt.ts";
import { ROOT } from "../../scripts/local/bundle.ts";
import type { LocalServer } from "../../scripts/local/server.ts";
import { operatorAt, Person } from "../../scripts/play/people.ts";
import { announce, until } from "../../scripts/play/sessions.ts";
import { openBrowser, phone } from "./support/browser.ts";
import { signIn } from "./support/enter.ts";
import { planSoon } from "./support/plan.ts";
import { withShop } from "./support/shop.ts";

const PICTURES = join(ROOT, ".fairpour/pictures");
const VERIFY_PAGE = `file://${join(ROOT, "web/dist/verify.html")}`;

let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  browser = await openBrowser();
});
afterAll(() => browser.close());

const picture = (page: Page, name: string) => page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });

/** One unit, four people: most of them do not win. */
async function planned(shop: LocalServer): Promise<string> {
  const session = `check-${Math.floor(Date.now() / 1000)}`;
  const operator = await operatorAt(shop.url);
  // Long enough to look oneself up between seal and draw.
  const leads = { announceS: 0, reviewS: 8, sealLeadS: 10 };
  const plan = planSoon(shop, session, { "zh-CN": "核对专场", en: "Session to check" }, { leads });
  await announce(operator, plan, [{ sku: "feitian-500", store: "cn-guiyang-01", stock: 1 }]);
  const others = await Promise.all(["Bo", "Cy", "Di"].map((name) => Person.signIn(shop.url, name)));
  for (const person of others) await person.enter(session);
  await until(operator, session, ["open"], 60);
  for (const person of others) await person.reserve(session, 1);
  return session;
}

async function reserve(page: Page): Promise<void> {
  await page.getByRole("heading", { name: "Session to check" }).waitFor();
  await signIn(page, "Ada");
  await page.getByRole("button", { name: /^Choose a store: .*Flying Fairy/ }).click();
  await page.getByText("Guiyang Demo Store 01").click();
  await page.getByRole("button", { name: /^Reserve here/ }).click();
  await page.getByText("The signed receipt is kept on this device.").waitFor();
}

const textOf = async (download: Download): Promise<string> => readFileSync(await download.path(), "utf8");

/** Clicks what saves a file, and gives the file's text. */
async function saved(page: Page, button: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: button }).click()]);
  return textOf(download);
}

const marks = (page: Page) => page.locator(".checked li").evaluateAll((items) => items.map((item) => item.className));

/** Every step holds; a trial's beacon has to be left open. */
async function expectChecked(page: Page, open = ["open"]): Promise<void> {
  await page.locator(".checked li").nth(15).waitFor({ timeout: 30_000 });
  const found = await marks(page);
  expect(found.filter((state) => state !== "ok")).toEqual(open);
  expect(found).toHaveLength(16);
  await page.getByText(/^[23] of 3 witnesses signed, none of them independent: the organiser runs them all\.$/).waitFor();
  await page.getByText(/Your entry was not removed or changed, and the winners follow from public randomness/).waitFor();
}

async function drop(page: Page, ...files: { name: string; text: string }[]): Promise<void> {
  await page.locator("input[type=file]").setInputFiles(
    files.map(({ name, text }) => ({
      name,
      mimeType: name.endsWith("json") ? "application/json" : "text/plain",
      buffer: Buffer.from(text),
    })),
  );
}

async function offlineVerifyPage() {
  const watched = await phone(browser);
  await watched.page.context().setOffline(true);
  await watched.page.goto(VERIFY_PAGE);
  return watched;
}

it("the verify page is one file that names what it may run, and its hash stands beside it", () => {
  const page = readFileSync(join(ROOT, "web/dist/verify.html"), "utf8");
  const [head = "", ...rest] = page.split("<style>");
  expect(head).toMatch(
    /Content-Security-Policy" content="default-src 'none'; script-src 'sha256-[A-Za-z0-9+/=]{44}' blob:; style-src 'sha256-/,
  );
  expect(head).not.toMatch(/\b(?:src|href)=/);
  expect(rest.join("").match(/<(?:link|img|iframe|script [^>]*src)\b/g) ?? []).toEqual([]);
  const listed = readFileSync(join(ROOT, "web/dist/verify.html.sha256"), "utf8");
  expect(listed).toBe(`${createHash("sha256").update(page).digest("hex")}  verify.html\n`);
});

it("checks an own draw on the phone, on the saved page without network, after tampering, and for others", async () => {
  await withShop(
    async (shop) => {
      const session = await planned(shop);
      const { page, errors } = await phone(browser);
      await page.goto(`${shop.url}/`);
      await reserve(page);
      const receipt = await saved(page, "Save as file");
      const shown = await saved(page, "Copy to show others");

      await page.getByRole("button", { name: "Am I in the sealed list?" }).click({ timeout: 60_000 });
      await page.getByText("You are in: one of 4 reservations at this store").waitFor();
      await page.getByRole("button", { name: "Check my draw", exact: true }).first().click({ timeout: 60_000 });
      await expectChecked(page);
      await picture(page, "check-1-shop");
      expect(await page.textContent("dialog")).not.toMatch(/\bfair\b/i);
      expect(await page.textContent("dialog")).toContain("local beacon");
      const check = await saved(page, "Save for checking without network");
      const proof = await saved(page, "Save the proof");

      // Without network, from a disk: everything from one file.
      const offline = await offlineVerifyPage();
      await drop(offline.page, { name: "mine.check.json", text: check });
      await expectChecked(offline.page);
      await picture(offline.page, "check-2-offline");

      // A row of the list changed, and a proof with one hash changed: the step says so.
      const { table, ...rest } = JSON.parse(check) as { table: string; proof: string };
      const bytes = Buffer.from(table, "base64");
      bytes[bytes.length - 6] = 9;
      await offline.page.getByRole("button", { name: "Start over" }).click();
      await drop(offline.page, { name: "mine.check.json", text: JSON.stringify({ ...rest, table: bytes.toString("base64") }) });
      await offline.page.getByText("One step does not hold: The whole list of your store").waitFor();
      await offline.page.getByText("What the saved file proves").waitFor();
      await picture(offline.page, "check-3-tampered-list");
      await offline.page.getByRole("button", { name: "Start over" }).click();
      await drop(offline.page, { name: "mine.check.json", text: JSON.stringify({ ...rest, table, proof: tampered(rest.proof) }) });
      await offline.page.getByText("One step does not hold: The plan is the one you saw").waitFor();
      await picture(offline.page, "check-4-tampered-proof");
      // The proof alone, for other people's tools: this page does not know the trial's beacon, and says so.
      await offline.page.getByRole("button", { name: "Start over" }).click();
      await drop(offline.page, { name: "mine.tlog-proof", text: proof });
      await offline.page.getByText("The random number comes from a source that this page does not know.").first().waitFor();
      expect(offline.errors).toEqual([]);

      // Somebody else has a receipt that was made for showing, and asks the shop for the rest.
      const other = await phone(browser);
      await other.page.goto(`${shop.url}/verify#session=${session}`);
      expect(shown).toBe(shownReceipt(parseReceipt(receipt) as never));
      await other.page.getByLabel("Or paste a receipt or a proof").fill(shown);
      await other.page.getByRole("button", { name: "Check", exact: true }).click();
      await expectChecked(other.page, ["open", "open"]);
      await other.page.getByText("What became of this receipt").waitFor();
      await other.page.getByText(/^Entered .*: shard \d, no\. \d\.$/).waitFor();
      await other.page.getByText(/^Drawn .*: (won|on the waitlist|not won)/).waitFor();
      await other.page.getByText("This is your entry").waitFor();
      await picture(other.page, "check-5-receipt-shown");
      expect(other.errors).toEqual([]);

      // The receipt's QR code, read from a picture.
      await page.getByRole("button", { name: "Close" }).click();
      await page.getByText("Receipt", { exact: true }).first().click();
      await page.getByRole("button", { name: "Show as QR code" }).click();
      const qr = await page.locator("svg.qr").screenshot();
      await other.page.getByRole("button", { name: "Start over" }).click();
      await other.page.locator("input[type=file]").setInputFiles([{ name: "receipt.png", mimeType: "image/png", buffer: qr }]);
      await expectChecked(other.page);
      expect(errors).toEqual([]);

      // Anybody, without a receipt: the whole session.
      const anybody = await phone(browser);
      await anybody.page.goto(`${shop.url}/verify#session=${session}`);
      await anybody.page.getByRole("button", { name: "Check the session" }).click();
      await anybody.page.getByText("Everything that the published files let anybody check holds").waitFor();
      await anybody.page.getByText("Entries: 4. Excluded: 0. Pools: 1. Winners: 1.").waitFor();
      await picture(anybody.page, "check-6-session");
      expect(anybody.errors).toEqual([]);
    },
    { witnesses: 3 },
  );
});

/** The manifest inside the proof says another number of tickets. */
function tampered(text: string): string {
  const [, extra = ""] = /^extra (.*)$/m.exec(text) ?? [];
  const bytes = Buffer.from(extra, "base64");
  const at = bytes.indexOf('"ticketsMax":1');
  bytes[at + 13] = "2".charCodeAt(0);
  return text.replace(extra, bytes.toString("base64"));
}
