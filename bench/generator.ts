// The load generator: a process of its own, on a core of its own, that does what the harness asks over IPC, one order at a time.
import { Ledger } from "./generator/ledger.ts";
import { load } from "./generator/load.ts";
import type { Answer, Answers, Order } from "./generator/orders.ts";
import { prepare } from "./generator/people.ts";

const ledger = new Ledger();
let rests: string[] = [];

async function carryOut(order: Order): Promise<Answers[keyof Answers]> {
  switch (order.do) {
    case "prepare":
      rests = await prepare(order.facts, order.count);
      return { prepared: rests.length };
    case "load": {
      // Parsed after the timed part: a receipt costs the generator as much as a request.
      const receipts: Buffer[] = [];
      const measured = await load(order.order, rests, (body) => receipts.push(Buffer.from(body)));
      for (const receipt of receipts) ledger.add(receipt);
      return measured;
    }
    case "audit":
      return ledger.audit(order.origin, order.session, order.manifest, order.shards);
  }
}

process.on("message", async (order: Order) => {
  let answer: Answer;
  try {
    answer = { value: await carryOut(order) };
  } catch (error) {
    answer = { error: error instanceof Error ? `${error.message}` : String(error) };
  }
  process.send?.(answer);
});
process.on("disconnect", () => process.exit());
