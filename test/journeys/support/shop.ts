// A shop for one journey: its own state folder, ended and removed afterwards.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LocalServer, startServer } from "../../../scripts/local/server.ts";

export const freshState = (): string => mkdtempSync(join(tmpdir(), "fairpour-journey-"));

export async function withShop(journey: (shop: LocalServer, stateDir: string) => Promise<void>): Promise<void> {
  const stateDir = freshState();
  const shop = await startServer({ stateDir });
  try {
    await journey(shop, stateDir);
  } finally {
    await shop.stop();
    rmSync(stateDir, { recursive: true, force: true });
  }
}
