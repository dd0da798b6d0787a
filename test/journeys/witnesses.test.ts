// Three witnesses in processes of their own: with one killed sessions go on, with two killed a session waits at its seal, says so, and is void
// after the deadline. What a witness shows is its own copy.
import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { SessionView } from "../../contracts/sessions.ts";
import { type Manifest, sealDeadline } from "../../domain/draw/manifest.ts";
import type { Receipt } from "../../domain/draw/receipt.ts";
import { isSignedBy, parseCheckpoint } from "../../domain/log/checkpoint.ts";
import { cosigned, timely } from "../../domain/log/cosignature.ts";
import { parseVkey } from "../../domain/log/note.ts";
import { covering, parseProof } from "../../domain/log/proof.ts";
import { shownReceipt } from "../../domain/proof/receipt.ts";
import { type LocalServer, startServer } from "../../scripts/local/server.ts";
import type { LocalWitness } from "../../scripts/local/witnesses.ts";
import { Client, expect as must } from "../../scripts/play/client.ts";
import { operatorAt, Person } from "../../scripts/play/people.ts";
import { announce, desk, eventually, until } from "../../scripts/play/sessions.ts";
import { planSoon } from "./support/plan.ts";
import { freshState } from "./support/shop.ts";
import { killWithWorkerd } from "./support/workerd.ts";

const text = async (url: string): Promise<string> => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.text();
};

async function announced(shop: LocalServer, session: string, windowS: number): Promise<void> {
  const leads = { announceS: 0, reviewS: 8, sealLeadS: 3 };
  const plan = planSoon(shop, session, { "zh-CN": "见证", en: "Witnesses" }, { windowS, leads });
  await announce(await operatorAt(shop.url), plan, [{ sku: "feitian-500", store: "cn-beijing-01", stock: 2 }]);
}

async function entered(shop: LocalServer, session: string): Promise<Receipt> {
  const ada = await Person.signIn(shop.url, `Ada of ${session}`);
  await ada.enter(session);
  await until(await operatorAt(shop.url), session, ["open"], 60);
  return must(await ada.reserve(session, 1), 201);
}

it("one killed: sessions go on; two killed: the seal waits, says so, and the session is void after the deadline", async () => {
  const stateDir = freshState();
  const shop = await startServer({ stateDir, witnesses: 3 });
  try {
    const [w1, w2, w3] = shop.witnesses as [LocalWitness, LocalWitness, LocalWitness];
    for (const number of [1, 2, 3]) expect(statSync(join(stateDir, `witness-${number}/key`)).mode & 0o777).toBe(0o600);
    const operator = await operatorAt(shop.url);
    const [first, second] = ["witnessed-1", "witnessed-2"];
    await Promise.all([announced(shop, first, 12), announced(shop, second, 60)]);
    killWithWorkerd(w1.pid);
    const [receipt] = await Promise.all([entered(shop, first), entered(shop, second)]);
    await until(operator, first, ["frozen", "drawn", "awarding"], 90);
    const manifest = JSON.parse(await text(`${shop.url}/draws/${first}/manifest.json`)) as Manifest;
    expect(manifest.witnesses).toMatchObject({ k: 2, keys: [{ brand: true }, { brand: true }, { brand: true }] });
    const seal = await text(`${shop.url}/draws/${first}/seal.json`);
    const proof = parseProof(await text(`${shop.url}/draws/${first}/seal.tlog-proof`));
    const checkpoint = covering(proof, new TextEncoder().encode(seal));
    const logKey = parseVkey((await text(`${shop.url}/log/vkey`)).trim());
    expect(checkpoint && isSignedBy(checkpoint, logKey)).toBe(true);
    const signers = timely(cosigned(checkpoint?.note as never, manifest.witnesses), sealDeadline(manifest));
    expect(signers.map(({ by }) => by)).toEqual(["Local witness 2", "Local witness 3"]);
    await until(operator, first, ["awarding"], 60);

    const copies = `${w2.url}/logs/localhost/sessions`;
    const copied = await eventually("the witness has its own copy", 30, async () => {
      const response = await fetch(`${copies}/draws/${first}/seal.json`);
      return response.ok && (await response.text());
    });
    expect(copied).toBe(seal);
    const shown = JSON.parse(shownReceipt(receipt)) as object;
    const complaint = await new Client(copies).post<{ complaints: number }>("/complaints", {
      v: 1,
      type: "complaint",
      receipt: shown,
    });
    expect([complaint.status, complaint.body.complaints]).toEqual([201, 1]);

    killWithWorkerd(w2.pid);
    const waiting = await eventually(
      "the seal waits for a second witness",
      120,
      async () => (await desk(operator, second)).waiting,
    );
    expect(waiting).toMatchObject({ entry: "seal", needed: 2 });
    expect(waiting.witnesses.filter(({ signed }) => signed).map(({ by }) => by)).toEqual(["Local witness 3"]);
    const view = must(await operator.get<SessionView>(`/v1/sessions/${second}`), 200);
    expect([view.state, view.waiting]).toEqual(["closed", waiting]);

    const voided = await until(operator, second, ["voided"], 90);
    expect(voided.voided?.text).toContain("could not be sealed before the deadline");
    expect(
      parseCheckpoint(await text(`${shop.url}/log/checkpoint`)).size,
      "nothing without a quorum is shown as the log",
    ).toBeLessThan((JSON.parse(await text(w3.url)) as { logs: [{ size: number }] }).logs[0].size);
    expect((await fetch(`${shop.url}/draws/${second}/seal.json`)).status).toBe(404);
  } finally {
    await shop.stop();
    rmSync(stateDir, { recursive: true, force: true });
  }
});
