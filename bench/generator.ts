// The load generator: a process of its own, on a core of its own, that does what the harness asks over IPC, one order at a time.
import { burst } from "./generator/burst.ts";
import { Ledger } from "./generator/ledger.ts";
import { load } from "./generator/load.ts";
import { opens } from "./generator/opens.ts";
import type { Answer, Answers, Order } from "./generator/orders.ts";
import { type Kind, prepare } from "./generator/people.ts";
import { probe } from "./generator/probe.ts";
import { steady } from "./generator/steady.ts";

const ledger = new Ledger();
const prepared = new Map<Kind, string[]>();

/** Parsed after the timed part: a receipt costs the generator as much as a request. */
async function booked<Value>(timed: (keep: (body: Buffer) => void) => Promise<Value>): Promise<Value> {
  const receipts: Buffer[] = [];
  const value = await timed((body) => receipts.push(Buffer.from(body)));
  for (const receipt of receipts) ledger.add(receipt);
  return value;
}

async function carryOut(request: Order): Promise<Answers[keyof Answers]> {
  switch (request.do) {
    case "prepare":
      prepared.set(request.kind, await prepare(request.facts, request.count, request.kind));
      return { prepared: request.count };
    case "load":
      return booked((keep) => load(request.order, prepared.get(request.order.kind) ?? [], keep));
    case "steady":
      return booked((keep) => steady(request.order, prepared.get("good") ?? [], keep));
    case "beside":
      return booked(async (keep) => {
        const [loaded, probed] = await Promise.all([steady(request.order, prepared.get("good") ?? [], keep), probe(request.probe)]);
        return { load: loaded, probe: probed };
      });
    case "opens":
      return opens(request.order);
    case "burst":
      return booked((keep) => burst(request.order, prepared.get(request.order.kind) ?? [], keep));
    case "audit":
      return ledger.audit(request.origin, request.session, request.shards);
  }
}

process.on("message", async (order: Order) => {
  let answer: Answer;
  try {
    answer = { value: await carryOut(order) };
  } catch (error) {
    answer = { error: error instanceof Error ? error.message : String(error) };
  }
  process.send?.(answer);
});
process.on("disconnect", () => process.exit());
