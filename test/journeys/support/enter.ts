// What a visitor does in the shop's window that <draw-entry> has opened.
import type { Page } from "playwright-core";

/** The window opens, shows where its visitor came from, and takes a name. */
export async function signInFrom(page: Page, name: string): Promise<Page> {
  const opened = page.waitForEvent("popup");
  await page.locator("draw-entry").getByRole("button", { name: "Enter the draw" }).click();
  const popup = await opened;
  await popup.getByText(`You came from ${new URL(page.url()).host}.`, { exact: false }).waitFor();
  if (!(await popup.getByLabel("Name").isVisible())) await popup.getByRole("button", { name: "Sign in" }).first().click();
  await popup.getByLabel("Name").fill(name);
  await popup.locator("form").getByRole("button", { name: "Sign in" }).click();
  return popup;
}

export async function chooseStore(popup: Page, product: string, store: string): Promise<void> {
  await popup.getByRole("button", { name: new RegExp(`^Choose a store: .*${product}`) }).click();
  await popup.getByText(store).click();
}

/** Reserves at the store that is chosen, and waits for the receipt. */
export async function reserveHere(popup: Page): Promise<void> {
  await popup.getByRole("button", { name: /^Reserve here/ }).click();
  await popup.getByText("The signed receipt is kept on this device.").waitFor();
}
