// A real Chromium for one journey, with a phone-sized window. The test command says where the browser is.
import { type Browser, chromium, type Page } from "playwright-core";
import { chromiumPath } from "../../../scripts/setup/browser.ts";

/** Nothing but our own pages is asked for: a browser's background calls have no place in a test. */
const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const PHONE = { width: 390, height: 844 };

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.FAIRPOUR_CHROMIUM ?? chromiumPath(), args: ARGS });

export type Watched = { page: Page; errors: string[] };

/** A page whose script errors and console errors are collected. */
export async function phone(browser: Browser, locale = "en-GB", viewport = PHONE): Promise<Watched> {
  const context = await browser.newContext({ viewport, locale, deviceScaleFactor: 2 });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    // A file that is not published yet answers 404, and the page asks on: that is no error of the page.
    if (message.type() === "error" && !message.text().includes("404")) errors.push(message.text());
  });
  return { page, errors };
}
