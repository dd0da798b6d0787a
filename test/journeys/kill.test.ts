// The process is killed in the middle of a burst: nothing that was acknowledged is lost, nothing is there twice.
import { rmSync } from "node:fs";
import { expect, it } from "vitest";
import type { Receipt } from "../../domain/draw/receipt.ts";
import { type LocalServer, startServer } from "../../scripts/local/server.ts";
import { checkDrill } from "../../scripts/play/check-drill.ts";
import type { Acknowledged } from "../../scripts/play/opening-day.ts";
import { operatorAt, Person } from "../../scripts/play/people.ts";
import { announce, sleep, until } from "../../scripts/play/sessions.ts";
import { planSoon } from "./support/plan.ts";
import { freshState } from "./support/shop.ts";
import { workerdOf } from "./support/workerd.ts";

const PEOPLE = 150;
const WINDOW_S = 45;

it("keeps every acknowledged reservation when workerd is killed and started again", async () => {
  const stateDir = freshState();
  let shop: LocalServer = await startServer({ stateDir });
  try {
    const operator = await operatorAt(shop.url);
    const session = `kill-${Math.floor(Date.now() / 1000)}`;
    // Everybody comes in the same moment, and nobody is to be shed here. The window lasts through the second start.
    const plan = planSoon(shop, session, { "zh-CN": "断电", en: "Kill" }, { windowS: WINDOW_S, admitPerS: 10_000 });
    await announce(operator, plan, [
      { sku: "feitian-500", store: "cn-beijing-01", stock: 3 },
      { sku: "feitian-500", store: "cn-shanghai-01", stock: 2 },
    ]);
    const people = await Promise.all(Array.from({ length: PEOPLE }, (_, at) => Person.signIn(shop.url, `Kill ${at}`)));
    await Promise.all(people.map((person) => person.enter(session)));
    await until(operator, session, ["open"], 60);

    const acknowledged: Acknowledged[] = [];
    const texts = new Map<number, string>();
    const receipts: Receipt[] = [];
    const reserve = async (url: string, person: number): Promise<void> => {
      const nonce = String(person + 1).padStart(64, "0");
      const caller = people[person] as Person;
      const response = await fetch(`${url}/v1/sessions/${session}/reservations`, {
        method: "POST",
        headers: { "Content-Type": "application/json", Authorization: `Bearer ${caller.client.token}` },
        body: JSON.stringify({ pass: caller.pass?.pass, pool: 1 + (person % 2), nonce }),
      });
      const text = await response.text();
      if (response.status !== 201 && response.status !== 200) throw new Error(`${response.status} ${text}`);
      const before = texts.get(person);
      expect(before === undefined || before === text, "the same receipt as before the kill").toBe(true);
      if (before !== undefined) return;
      texts.set(person, text);
      const receipt = JSON.parse(text) as Receipt;
      receipts.push(receipt);
      const { shard, index, leaf } = receipt;
      acknowledged.push({ person, pool: 1 + (person % 2), shard, index, leaf, withdrawn: false });
    };
    const burst = people.map(async (_, person) => {
      await sleep(person * 4);
      await reserve(shop.url, person).catch(() => undefined);
    });
    await sleep(220);
    process.kill(workerdOf(process.pid), "SIGKILL");
    await Promise.all(burst);
    const beforeKill = acknowledged.length;
    expect(beforeKill, "the kill came in the middle").toBeGreaterThan(0);
    expect(beforeKill).toBeLessThan(PEOPLE);

    await shop.stop().catch(() => undefined);
    shop = await startServer({ stateDir });
    await Promise.all(people.map((_, person) => reserve(shop.url, person)));
    expect(acknowledged).toHaveLength(PEOPLE);
    await until(await operatorAt(shop.url), session, ["awarding"], 60);
    const sizes = { people: PEOPLE, reservations: PEOPLE, units: 5, stores: 2 };
    const checks = await checkDrill(
      shop.url,
      { session, acknowledged, receipts, refused: new Map(), seconds: 1, windowS: WINDOW_S, stock: [3, 2] },
      sizes,
    );
    expect(checks.filter(({ good }) => !good)).toEqual([]);
  } finally {
    await shop.stop().catch(() => undefined);
    rmSync(stateDir, { recursive: true, force: true });
  }
});
