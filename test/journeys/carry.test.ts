// npm run export, npm run import: from one installation to a fresh one, and exported again it is the same, byte for byte.
import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { type Chain, PUBLIC_CHAINS } from "../../domain/draw/chains.ts";
import { type LocalServer, startServer } from "../../scripts/local/server.ts";
import { expect as must } from "../../scripts/play/client.ts";
import { operatorAt, Person } from "../../scripts/play/people.ts";
import { announce, eventually, until } from "../../scripts/play/sessions.ts";
import { run, start } from "./support/command.ts";
import { planSoon } from "./support/plan.ts";
import { freshState } from "./support/shop.ts";

const folder = freshState();
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (...names: string[]) => join(folder, ...names);

/** Every file below a folder with its bytes; the manifest without the time of its making. */
function contents(of: string): Record<string, string> {
  const files = readdirSync(of, { recursive: true, encoding: "utf8" }).filter((name) => statSync(join(of, name)).isFile());
  return Object.fromEntries(
    files
      .sort()
      .map((name) => [
        name,
        readFileSync(join(of, name), "latin1").replace(
          ...((name === "manifest.json" ? [/"at": ".*"/, ""] : ["", ""]) as [RegExp, string]),
        ),
      ]),
  );
}

/** A session that is open and has a reservation, and a draft. */
async function openSession(shop: LocalServer): Promise<string> {
  const operator = await operatorAt(shop.url);
  const now = Math.floor(Date.now() / 1000);
  const plan = planSoon(shop, `carried-${now}`, { "zh-CN": "搬", en: "Carried" }, { windowS: 3600 });
  await announce(operator, plan, [{ sku: "feitian-500", store: "cn-beijing-01", stock: 3 }]);
  await until(operator, plan.session, ["open"], 60);
  const ada = await Person.signIn(shop.url, "Ada");
  await ada.enter(plan.session);
  expect((await ada.reserve(plan.session, 1)).status).toBe(201);
  must(
    await operator.post("/v1/admin/sessions", { ...plan, chain: QUICKNET, session: "draft", open: now + 9000, close: now + 9900 }),
    201,
  );
  return plan.session;
}

/** Voids the session, and leaves what a sale leaves in the database and the archive. */
async function endSession(shop: LocalServer, session: string): Promise<void> {
  const operator = await operatorAt(shop.url);
  must(await operator.post(`/v1/admin/sessions/${session}/void`, { text: "Moved" }), 202);
  const now = Math.floor(Date.now() / 1000);
  const database = await shop.miniflare.getD1Database("DB", "shop");
  const order = `${session}~1~${"0".repeat(26)}`;
  await database.batch([
    database
      .prepare(
        `INSERT INTO orders VALUES ('fairpour', ?1, 4, 'collected', ?2, 1, 0, 'feitian-500', 'cn-beijing-01', 'm-1', 149900, 'CNY',
          ${now}, ${now}, ${now}, ${now}, 'device', 'S-1', 0)`,
      )
      .bind(order, session),
    database.prepare(`INSERT INTO items VALUES ('fairpour', 'feitian-500', 'S-1', ?1, ${now})`).bind(order),
    database.prepare(
      `INSERT INTO deliveries VALUES ('fairpour', 'cn-beijing-01', 'van-1', 'old', 'feitian-500', 3, ${now}, 'device')`,
    ),
    database.prepare(`INSERT INTO archives VALUES ('fairpour', 'old', 'orders', 'z', 'a', 1, '${"ab".repeat(32)}', ${now})`),
  ]);
  const archive = await shop.miniflare.getR2Bucket("ARCHIVE", "shop");
  // A bucket knows no folders: what a sealed session leaves has a file whose name is the beginning of another's.
  const files = await shop.miniflare.getR2Bucket("FILES", "shop");
  for (const key of ["trees/old/shards", "trees/old/shards/0"]) await files.put(key, key);
  await archive.put(`fairpour/orders/old/${"ab".repeat(32)}.jsonl`, '{"type":"archive"}\n');
  await eventually("the void is in the log and in the list", 30, async () => {
    const { body } = await operator.get<{ state: string; voided?: object }>(`/v1/sessions/${session}`);
    return body.state === "voided" && body.voided !== undefined;
  });
}

/** A shop for real knows real beacons only. */
const QUICKNET = (PUBLIC_CHAINS[0] as Chain).hash;

const operatorWith = async (env: string) => (await run("credential.ts", ["operator", "ada", "--env", env])).output.trim();

it("carries a shop over: refuses what is bent or not fresh, imports whole, and exports the same again", async () => {
  const first = await startServer({ stateDir: at("first") });
  let session: string;
  let view: string;
  const env = at("fairpour.env");
  try {
    session = await openSession(first);
    expect(await run("secrets.ts", [env, "--from", at("first")])).toMatchObject({ code: 0 });
    const live = await run("export.ts", [at("live"), "--origin", first.url, "--env", env]);
    expect(live).toMatchObject({ code: 0, output: expect.stringContaining(`Under way: ${session}`) });
    await endSession(first, session);
    const made = await run("export.ts", [at("one"), "--origin", first.url, "--env", env]);
    expect(made, made.output).toMatchObject({ code: 0 });
    expect(made.output).not.toContain("Under way");
    expect(statSync(at("one")).mode & 0o777).toBe(0o700);
    const again = await run("export.ts", [at("one"), "--origin", first.url, "--env", env]);
    expect(again).toMatchObject({ code: 1, output: expect.stringContaining("is not empty") });
    view = await (await fetch(`${first.url}/v1/sessions/${session}`)).text();
    // A shop that sells is no place for an import.
    const busy = await run("import.ts", [at("one"), "--origin", first.url, "--env", env]);
    expect(busy).toMatchObject({ code: 1, output: expect.stringContaining("not_empty") });
  } finally {
    await first.stop();
  }
  const manifest = JSON.parse(readFileSync(at("one", "manifest.json"), "utf8"));
  expect(manifest.collections).toMatchObject({
    orders: { rows: 1 },
    items: { rows: 1 },
    plans: { rows: 2 },
    sessions: { rows: 2 },
  });
  for (const secret of Object.values(first.secrets)) expect(JSON.stringify(contents(at("one")))).not.toContain(secret);

  const serve = ["--env", env, "--state", at("second"), "--listen", "127.0.0.1:0"];
  const second = start("serve.ts", serve);
  const url = await eventually("the second shop serves", 90, async () => /at (http:\S+);/.exec(second.output())?.[1]);
  try {
    mkdirSync(at("bent"));
    cpSync(at("one"), at("bent"), { recursive: true });
    appendFileSync(at("bent", "orders.jsonl"), "{}\n");
    const bent = await run("import.ts", [at("bent"), "--origin", url, "--env", env]);
    expect(bent).toMatchObject({ code: 1, output: expect.stringContaining("orders.jsonl is not what the manifest says") });
    const nobody = await run("export.ts", [at("nobody"), "--origin", url]);
    expect(nobody).toMatchObject({ code: 1, output: expect.stringContaining("Who asks?") });
    const { url: snapshot } = (await (await fetch(`${url}/v1/catalog`)).json()) as { url: string };
    const { products } = (await (await fetch(url + snapshot)).json()) as { products: object[] };
    expect(products).toEqual([]);

    const imported = await run("import.ts", [at("one"), "--origin", url, "--env", env]);
    expect(imported, imported.output).toMatchObject({ code: 0 });
    const made = await run("export.ts", [at("two"), "--origin", url, "--env", env]);
    expect(made, made.output).toMatchObject({ code: 0 });
    expect(contents(at("two"))).toEqual(contents(at("one")));
    // What the public sees of the session is what it saw.
    const { beacon: _, ...before } = JSON.parse(view) as { beacon: object };
    const { beacon: __, ...after } = (await (await fetch(`${url}/v1/sessions/${session}`)).json()) as { beacon: object };
    expect(after).toEqual(before);
    const search = await (await fetch(`${url}/v1/catalog/search?q=${encodeURIComponent("飞天")}`)).json();
    expect((search as { products: object[] }).products.length).toBeGreaterThan(0);
    const desk = await fetch(`${url}/v1/admin/sessions/draft`, { headers: { Authorization: `Bearer ${await operatorWith(env)}` } });
    expect(((await desk.json()) as { state: string }).state).toBe("draft");
    const twice = await run("import.ts", [at("one"), "--origin", url, "--env", env]);
    expect(twice).toMatchObject({ code: 1, output: expect.stringContaining("not_empty") });
  } finally {
    second.process.kill("SIGTERM");
    await second.ended;
  }
});
