// What a visitor does in the shop, in its own window or in the one that <draw-entry> has opened.
import type { Page } from "playwright-core";

/** The form may stand open already, where the shop asks for a name by itself. */
export async function signIn(page: Page, name: string): Promise<void> {
  if (!(await page.getByLabel("Name").isVisible())) await page.getByRole("button", { name: "Sign in" }).first().click();
  await page.getByLabel("Name").fill(name);
  await page.locator("form").getByRole("button", { name: "Sign in" }).click();
}

/** The window opens, shows where its visitor came from, and takes a name. */
export async function signInFrom(page: Page, name: string): Promise<Page> {
  const opened = page.waitForEvent("popup");
  await page.locator("draw-entry").getByRole("button", { name: "Enter the draw" }).click();
  const popup = await opened;
  await popup.getByText(`You came from ${new URL(page.url()).host}.`, { exact: false }).waitFor();
  await signIn(popup, name);
  return popup;
}

export async function chooseStore(page: Page, product: string, store: string): Promise<void> {
  await page.getByRole("button", { name: new RegExp(`^Choose a store: .*${product}`) }).click();
  await page.getByText(store).click();
}

/** Reserves at the store that is chosen, and waits for the receipt. */
export async function reserveHere(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Reserve here/ }).click();
  await page.getByText("The signed receipt is kept on this device.").waitFor();
}
