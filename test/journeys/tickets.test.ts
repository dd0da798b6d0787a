// Tickets through HTTP and on a page: three draws of one family, then one that recent winners sit out. Losers rise, winners begin anew, and what
// an auditor is handed of the sample verifies.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { PassReply } from "../../contracts/reservations.ts";
import type { PlanInput } from "../../contracts/sessions.ts";
import type { Chains, Opening } from "../../domain/audit/chains-file.ts";
import { unb64url } from "../../domain/bytes.ts";
import { objectBytes } from "../../domain/draw/manifest.ts";
import type { Receipt } from "../../domain/draw/receipt.ts";
import { ROOT } from "../../scripts/local/bundle.ts";
import type { LocalServer } from "../../scripts/local/server.ts";
import { operatorAt, Person } from "../../scripts/play/people.ts";
import { announce, until } from "../../scripts/play/sessions.ts";
import { PYTHON } from "../../scripts/setup/python.ts";
import type { Report } from "../../scripts/verify/report.ts";
import { outputOf } from "../support/program.ts";
import { openBrowser, phone } from "./support/browser.ts";
import { run } from "./support/command.ts";
import { planSoon } from "./support/plan.ts";
import { withShop } from "./support/shop.ts";

const SKU = "feitian-500";
/** Stores in order of their ids: nobody can win at the second. */
const [WIN, LOSE] = [1, 2];
const POOLS = [
  { sku: SKU, store: "cn-beijing-01", stock: 9 },
  { sku: SKU, store: "cn-guiyang-01", stock: 0 },
];

/** What an operator could hand over instead: both programs name it alike. All the other reasons: test/objects/chains.test.ts. */
const COVERS: [reason: string, cover: (chains: Chains, opening: Opening) => void][] = [
  ["chains-form", (chains) => Object.assign(chains, { note: "all well" })],
  ["chain-missing", (chains) => chains.openings.pop()],
  ["chain-not-sampled", (chains, opening) => chains.openings.push(opening)],
  ["chain-tickets", (_, { chain }) => chain.pop()],
  ["chain-twice", (_, { chain }) => Object.assign(chain[1] as object, chain[0])],
  ["chain-other-person", (_, opening) => Object.assign(opening, { inner: "00".repeat(32) })],
  ["chain-broken-session", (_, { chain }) => Object.assign(chain[1] as object, { session: "nowhere" })],
  [
    "chain-too-late",
    ({ session }, { shard, index, nonce, chain: [loss] }) => Object.assign(loss as object, { session, shard, index, nonce }),
  ],
];

let browser: Awaited<ReturnType<typeof openBrowser>>;
const PICTURES = join(ROOT, ".fairpour/pictures");
const scratch = mkdtempSync(join(tmpdir(), "fairpour-tickets-"));
beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  rmSync(scratch, { recursive: true });
});

async function opened(shop: LocalServer, session: string, changes: Partial<PlanInput> = {}, windowS = 6): Promise<void> {
  const operator = await operatorAt(shop.url);
  const plan = planSoon(
    shop,
    session,
    { "zh-CN": `专场 ${session}`, en: `Session ${session}` },
    {
      windowS,
      leads: { announceS: 0, reviewS: 3, sealLeadS: 3 },
      skus: [SKU],
      ticketsMax: 8,
      payWindowS: 300,
      pickupS: 300,
      ...changes,
    },
  );
  await announce(operator, plan, POOLS);
  await until(operator, session, ["open"], 60);
}

/** What the pass says, as anybody may read it who holds it. */
async function ticketsOf(person: Person, session: string): Promise<number> {
  await person.enter(session);
  const { pass } = person.pass as PassReply;
  const [body] = pass.split(".");
  const { tickets } = JSON.parse(new TextDecoder().decode(unb64url(body as string))) as { tickets: { [family: string]: number } };
  expect(Object.keys(tickets)).toHaveLength(1);
  return Object.values(tickets)[0] as number;
}

it("lets losers rise and winners begin anew, refuses whoever cools down, and opens what an auditor verifies", async () => {
  await withShop(async (shop) => {
    const [ada, bo, cy] = (await Promise.all(["Ada", "Bo", "Cy"].map((name) => Person.signIn(shop.url, name)))) as [
      Person,
      Person,
      Person,
    ];
    const receipts: Receipt[] = [];
    const operator = await operatorAt(shop.url);
    /** Gives the tickets of Ada, Bo and Cy; Cy never wins. */
    const draw = async (session: string, wishes: [ada: number, bo: number]) => {
      await opened(shop, session);
      const given: number[] = [];
      for (const [person, pool] of [
        [ada, wishes[0]],
        [bo, wishes[1]],
        [cy, LOSE],
      ] as const) {
        given.push(await ticketsOf(person, session));
        const { status, body } = await person.reserve(session, pool as number);
        expect(status).toBe(201);
        expect(body.tickets).toBe(given.at(-1));
        if (person === cy) receipts.push(body);
      }
      await until(operator, session, ["awarding"], 90);
      return given;
    };
    expect(await draw("one", [LOSE as number, LOSE as number])).toEqual([1, 1, 1]);
    expect(await draw("two", [LOSE as number, WIN as number])).toEqual([2, 2, 2]);
    expect(await draw("three", [WIN as number, WIN as number])).toEqual([3, 1, 3]);

    const saved = join(scratch, "saved");
    const audit = ["--dir", saved, "--session", "three", "--json"];
    const file = join(scratch, "chains.json");
    const OPERATOR_TOKEN = operator.token as string;
    const made = await run("chains.ts", ["--origin", shop.url, "--session", "three", "--out", file], { OPERATOR_TOKEN });
    expect(made.output).toContain("1 of 1 winners of the sample are opened");
    expect(made.code).toBe(0);
    expect(statSync(file).mode & 0o077, "for the operator's eyes").toBe(0);
    const online = ["--origin", shop.url, "--session", "three", "--json", "--save", saved];
    const verified = reportIn((await run("verify.ts", [...online, "--chains", file])).output);
    expect(verified).toMatchObject({ verdict: "valid", chains: { opened: 1, losses: 2, sessions: 2 } });
    expect(verified).toMatchObject({ counts: { histogram: { 1: 1, 3: 2 } } });
    const twin = await python([...audit, "--chains", file]);
    if (twin) expect(reportIn(twin)).toMatchObject({ verdict: "valid", chains: { opened: 1, losses: 2, sessions: 2 } });

    const honest = JSON.parse(readFileSync(file, "utf8")) as Chains;
    for (const [reason, cover] of COVERS) {
      const chains = structuredClone(honest);
      cover(chains, chains.openings[0] as Opening);
      const forged = join(scratch, "forged.json");
      writeFileSync(forged, objectBytes(chains));
      const caught = await run("verify.ts", [...audit, "--chains", forged]);
      expect([caught.code, reportIn(caught.output)]).toMatchObject([1, { verdict: "invalid", reason }]);
      const seen = await python([...audit, "--chains", forged]);
      if (seen) expect(reportIn(seen)).toMatchObject({ verdict: "invalid", reason });
    }

    await opened(shop, "four", { coolDownS: 86_400 }, 60);
    expect(await ticketsOf(ada, "four")).toBe(0);
    const refused = await ada.reserve("four", WIN as number);
    expect([refused.status, refused.body.code]).toEqual([409, "cooling_down"]);
    expect((refused.body as unknown as { refusal: { code: number } }).refusal.code).toBe(13);

    // Cy brings the receipts to another device, which counts for itself.
    const { page, errors } = await phone(browser);
    await page.goto(`${shop.url}/`);
    await page.getByRole("heading", { name: "Session four" }).waitFor();
    await page.getByRole("button", { name: "Sign in" }).first().click();
    await page.getByLabel("Name").fill("Cy");
    await page.locator("form").getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("button", { name: "Count my draw tickets" }).click();
    await page.getByText("1 of at most 8 draw tickets").waitFor();
    await page.getByText("The shop counts 4.").waitFor();
    for (const [at, receipt] of receipts.entries()) {
      const text = new TextDecoder().decode(objectBytes(receipt));
      const upload = { name: "receipt.json", mimeType: "application/json", buffer: Buffer.from(text) };
      await page.locator(".restore input[type=file]").setInputFiles(upload);
      await page.getByText("The receipt is on this device again.").waitFor();
      // A session in which one has a reservation comes first, unless one has chosen another.
      await page.getByRole("button", { name: /^Session four/ }).click();
      await page.getByRole("button", { name: /^Count (my tickets|again)$/ }).click();
      await page.getByText(`${at + 2} of at most 8 draw tickets`).waitFor();
    }
    await page.getByText("The shop counts the same.").waitFor();
    await page.getByText("Session one · ").first().waitFor();
    await page.getByText("comes first 4 times out of 5").waitFor();
    await page.screenshot({ path: join(PICTURES, "tickets.png"), fullPage: true });
    expect(errors).toEqual([]);
  });
});

/** What the second verifier says; undefined without Python, which `npm test` says aloud. */
async function python(args: string[]): Promise<string | undefined> {
  return PYTHON && (await outputOf([PYTHON, join(ROOT, "verifiers/python/verify.py")], ...args)).stdout;
}

/** The progress of a long audit goes to the same place, line by line. */
const reportIn = (output: string): Report =>
  JSON.parse(output.split("\n").findLast((line) => line.startsWith("{")) as string) as Report;
