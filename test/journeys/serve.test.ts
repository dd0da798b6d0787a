// npm run serve: the shop for real on one machine. No secrets, no start; with them it serves, ends what is under way, and comes back as it was.
import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../../scripts/play/sessions.ts";
import { run, start } from "./support/command.ts";
import { freshState } from "./support/shop.ts";
import { killWithWorkerd } from "./support/workerd.ts";

const folder = freshState();
const state = join(folder, "state");
const env = join(folder, "fairpour.env");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const serve = (...more: string[]) => start("serve.ts", ["--env", env, "--state", state, "--listen", "127.0.0.1:0", ...more]);
type Serving = ReturnType<typeof serve> & { url: string };

async function serving(...more: string[]): Promise<Serving> {
  const shop = serve(...more);
  const url = await eventually("the shop serves", 90, async () => /at (http:\S+);/.exec(shop.output())?.[1]);
  return { ...shop, url };
}

/** The file with other lines in place of those of the same name. */
function settings(lines: Record<string, string | undefined>): void {
  const kept = readFileSync(env, "utf8")
    .split("\n")
    .filter((line) => !Object.keys(lines).some((name) => line.startsWith(`${name}=`)));
  const added = Object.entries(lines).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
  writeFileSync(env, [...kept, ...added, ""].join("\n"), { mode: 0o600 });
}

describe("before it starts", () => {
  it("wants to be told where its settings are", async () => {
    const { code, output } = await run("serve.ts");
    expect(code).toBe(2);
    expect(output).toContain("npm run serve -- --env FILE");
  });

  it("does not start with secrets of its own making", async () => {
    const { code, output } = await serve().ended;
    expect(code).toBe(2);
    expect(output).toContain("nothing starts with default secrets");
    expect(output).toContain(`npm run secrets -- ${env}`);
  });

  it("makes secrets that only their owner reads, and never touches a file that is there", async () => {
    expect(await run("secrets.ts", [env])).toMatchObject({ code: 0 });
    expect(statSync(env).mode & 0o777).toBe(0o600);
    const made = readFileSync(env, "utf8");
    expect(await run("secrets.ts", [env])).toMatchObject({ code: 1, output: `${env} is there already and was not touched.\n` });
    expect(readFileSync(env, "utf8")).toBe(made);
  });

  it("names everything that is wrong with its settings at once, and no value", async () => {
    const good = readFileSync(env, "utf8");
    settings({ PEPPER: undefined, LOG_KEY: "canary", BRNAD: "canary" });
    const { code, output } = await serve().ended;
    expect(code).toBe(2);
    expect(output).toContain("BRNAD is no setting");
    expect(output).toContain("The secret PEPPER is missing");
    expect(output).toContain("LOG_KEY is malformed");
    expect(output).toContain("LOG_ORIGIN names an example");
    expect(output).not.toContain("canary");
    writeFileSync(env, good, { mode: 0o600 });
    settings({ LOG_ORIGIN: "shop.test/sessions" });
    chmodSync(env, 0o644);
    expect((await serve().ended).output).toContain(`chmod 600 ${env}`);
    chmodSync(env, 0o600);
  });
});

describe("while it serves", () => {
  let shop: Serving;
  let operator: string;
  beforeAll(async () => {
    shop = await serving("--pack", "baijiu");
    operator = (await run("credential.ts", ["operator", "ada", "--env", env])).output.trim();
  });

  const plan = (url: string, chain: string) =>
    fetch(`${url}/v1/admin/sessions`, {
      method: "POST",
      headers: { Authorization: `Bearer ${operator}`, "Content-Type": "application/json" },
      body: JSON.stringify({
        session: "spring",
        title: { "zh-CN": "春", en: "Spring" },
        market: "CN",
        open: 4_000_000_000,
        close: 4_000_003_600,
        chain,
        skus: ["feitian-500"],
      }),
    });

  it("is healthy, has a catalogue and pages, knows real beacons only, and nothing that is for trying out", async () => {
    expect(await (await fetch(`${shop.url}/v1/health`)).json()).toEqual({ healthy: true });
    const { url: snapshot } = (await (await fetch(`${shop.url}/v1/catalog`)).json()) as { url: string };
    const { products } = (await (await fetch(shop.url + snapshot)).json()) as { products: object[] };
    expect(products.length).toBeGreaterThan(0);
    expect((await fetch(`${shop.url}/`)).headers.get("Content-Type")).toContain("text/html");
    const { beacons } = (await (await fetch(`${shop.url}/v1/beacons`)).json()) as { beacons: { local?: boolean }[] };
    expect(beacons.length).toBeGreaterThan(0);
    expect(beacons.filter(({ local }) => local)).toEqual([]);
    expect((await fetch(`${shop.url}/local`)).status).toBe(404);
    const signIn = { method: "POST", headers: { "Content-Type": "application/json" }, body: '{"role":"operator"}' };
    expect((await fetch(`${shop.url}/local/sign-in`, signIn)).status).toBe(404);
    const { sessions } = (await (await fetch(`${shop.url}/v1/sessions`)).json()) as { sessions: object[] };
    expect(sessions).toEqual([]);
  });

  it("does not share its state with a second server", async () => {
    const { code, output } = await serve().ended;
    expect(code).toBe(1);
    expect(output).toContain(`in use by process ${shop.process.pid}`);
  });

  it("told to stop, answers the request that is under way, and has its state when it is back", async () => {
    const { beacons } = (await (await fetch(`${shop.url}/v1/beacons`)).json()) as { beacons: { hash: string }[] };
    const chain = beacons[0]?.hash as string;
    expect((await plan(shop.url, chain)).status).toBe(201);

    const body = JSON.stringify({ order: "spring~1~00000000000000000000000000" });
    const slow = request(`${shop.url}/v1/admin/payments`, {
      method: "POST",
      headers: { Authorization: `Bearer ${operator}`, "Content-Type": "application/json", "Content-Length": body.length },
    });
    const answered = new Promise<number | undefined>((resolve, reject) => {
      slow.on("response", (response) => resolve(response.resume().statusCode));
      slow.on("error", reject);
    });
    slow.write(body.slice(0, 10));
    await new Promise((resolve) => setTimeout(resolve, 200));
    shop.process.kill("SIGTERM");
    await new Promise((resolve) => setTimeout(resolve, 500));
    slow.end(body.slice(10));
    expect(await answered).toBe(404);
    expect((await shop.ended).code).toBe(0);

    shop = await serving();
    // The same plan again changes nothing; another under its id would be refused.
    expect(await (await plan(shop.url, chain)).json()).toEqual({ session: "spring", state: "draft" });
  });

  it("killed with -9, comes back as it was", async () => {
    killWithWorkerd(shop.process.pid as number);
    await shop.ended;
    shop = await serving();
    const desk = await fetch(`${shop.url}/v1/admin/sessions/spring`, { headers: { Authorization: `Bearer ${operator}` } });
    expect(((await desk.json()) as { state: string }).state).toBe("draft");
    shop.process.kill("SIGTERM");
    expect((await shop.ended).code).toBe(0);
  });
});
