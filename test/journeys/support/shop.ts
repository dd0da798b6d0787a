// A shop for one journey: its own state folder, ended and removed afterwards.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LocalServer, type ServerOptions, startServer } from "../../../scripts/local/server.ts";

export const freshState = (): string => mkdtempSync(join(tmpdir(), "fairpour-journey-"));

export async function withShop(
  journey: (shop: LocalServer, stateDir: string) => Promise<void>,
  options: Partial<ServerOptions> = {},
): Promise<void> {
  const stateDir = freshState();
  const shop = await startServer({ ...options, stateDir });
  try {
    await journey(shop, stateDir);
  } finally {
    await shop.stop();
    rmSync(stateDir, { recursive: true, force: true });
  }
}
