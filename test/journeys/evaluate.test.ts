// The walk of docs/api.md, "In fifteen minutes", with its own files and commands: a pack, a session planned by API, the element on another page,
// signed webhooks, everything exported, imported into a fresh installation and found equal. Ports and folders are the test's; the session is shorter.
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ROOT } from "../../scripts/local/bundle.ts";
import { freePort } from "../../scripts/local/witnesses.ts";
import { eventually } from "../../scripts/play/sessions.ts";
import { openBrowser, phone } from "./support/browser.ts";
import { endGroup, type Started, shell } from "./support/command.ts";
import { chooseStore, reserveHere, signInFrom } from "./support/enter.ts";
import { freshState } from "./support/shop.ts";

const PICTURES = join(ROOT, ".fairpour/pictures");
const folder = freshState();
const started: Started[] = [];
let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await Promise.all(started.map(endGroup));
  rmSync(folder, { recursive: true, force: true });
});

/** What the page says, in other places: ports that are free, folders that are removed. */
async function places(): Promise<{ ports: { [port: string]: number }; here: (text: string) => string }> {
  const ports: { [port: string]: number } = {};
  for (const port of ["8787", "8788", "9100"]) ports[port] = await freePort("127.0.0.1");
  const here = (text: string) =>
    text
      .replace(/\b(8787|8788|9100)\b/g, (port) => String(ports[port]))
      .replaceAll("../mine", join(folder, "mine"))
      .replaceAll(".fairpour/state-tickets", join(folder, "state"));
  return { ports, here };
}

type Block = { language: string; note: string; text: string };

function blocks(): Block[] {
  const page = readFileSync(join(ROOT, "docs/api.md"), "utf8");
  const part = page.split(/^## /m).find((text) => text.startsWith("In fifteen minutes")) as string;
  return [...part.matchAll(/^```(\w+) ?(.*)\n([\s\S]*?)^```$/gm)].map(
    ([, language, note, text]) => ({ language, note, text }) as Block,
  );
}

it("walks from an empty folder to an equal copy of the shop, as docs/api.md says", async () => {
  const { ports, here } = await places();
  // npm start takes its port and folder from here; npm asks no registry for a folder of ours.
  const env = { PORT: String(ports["8787"]), FAIRPOUR_STATE: join(folder, "state"), npm_config_offline: "true" };
  const all = blocks();
  const commands = all.filter(({ language }) => language === "sh").map(({ note, text }) => ({ note, text: here(text) }));
  const next = (says: string) => {
    const command = commands.shift();
    expect(command?.text).toContain(says);
    return command as { note: string; text: string };
  };
  const does = async (says: string, change = (text: string) => text) => {
    const { code, output } = await shell(change(next(says).text), env).ended;
    expect(code, output).toBe(0);
    return output;
  };
  const stays = async (says: string, ready: string) => {
    const running = shell(next(says).text, env);
    started.push(running);
    await eventually(`${says}: ${ready}`, 120, async () => running.output().includes(ready) || ended(running));
    return running;
  };

  await stays("npm start", "No demo sessions");
  await does("npm install");
  // The one package that comes from a registry: the project has it for its own tests.
  expect(next("standardwebhooks").note).toBe("registry");
  symlinkSync(join(ROOT, "node_modules/standardwebhooks"), join(folder, "mine/node_modules/standardwebhooks"));
  for (const { note, text } of all.filter(({ language }) => language !== "sh"))
    writeFileSync(join(folder, "mine", note), here(text));
  const mine = await stays("my-shop.mjs", "My shop:");
  const heard = (type: string) => eventually(type, 90, async () => mine.output().includes(`signed: ${type}`) || ended(mine));

  expect(await does("plan.mjs", (text) => text.replace("evening-1", "evening-1 45 30 5"))).toContain("open until");
  const { page, errors } = await phone(browser);
  await page.goto(`http://localhost:${ports["9100"]}/`);
  const popup = await signInFrom(page, "Ada");
  await chooseStore(popup, "Lantern Tour", "Demo Store 01");
  await reserveHere(popup);
  await page.locator("draw-entry").getByText("You are in the draw.").waitFor();
  await page.screenshot({ path: join(PICTURES, "evaluate-1-page.png") });
  await popup.getByRole("button", { name: "Take the unit" }).click({ timeout: 150_000 });
  await heard("order.paid");
  await popup.screenshot({ path: join(PICTURES, "evaluate-2-paid.png") });
  expect(await does("npm run verify")).toContain("evening-1");
  await heard("session.settled");
  expect(mine.output()).not.toContain("refused:");
  expect(errors).toEqual([]);

  await does("npm run export");
  await stays("npm run serve", "Serving fairpour at");
  const compared = await does("npm run import");
  expect(compared.trim().split("\n").at(-1)).toBe("equal");
  expect(commands).toEqual([]);

  await page.goto(`http://localhost:${ports["8788"]}/?session=evening-1`);
  await page.getByRole("heading", { name: "An evening" }).waitFor();
  await page.getByRole("heading", { name: "Lantern Tour" }).first().waitFor();
  await page.screenshot({ path: join(PICTURES, "evaluate-3-copy.png") });
});

/** Whoever waits for a command that is over would wait for nothing. */
function ended({ process: { exitCode }, output }: Started): false {
  if (exitCode !== null) throw new Error(`ended with ${exitCode}:\n${output()}`);
  return false;
}
