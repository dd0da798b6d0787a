// The shop's own award book, which accounts for what it holds while it builds tables and draws.
import { AwardBook as Deployed } from "../../durable-objects/award-book.ts";
import { portsOf } from "../../durable-objects/ports.ts";
import { Held, holding } from "./held.ts";

export class AwardBook extends Deployed {
  readonly #held: Held;

  constructor(ctx: DurableObjectState, env: Env) {
    const held = new Held(ctx.id.name ?? "book");
    super(ctx, env, holding(portsOf(ctx, env), held));
    this.#held = held;
  }

  override tables(...plan: Parameters<Deployed["tables"]>): ReturnType<Deployed["tables"]> {
    return this.#held.during(() => super.tables(...plan));
  }

  override draw(...order: Parameters<Deployed["draw"]>): ReturnType<Deployed["draw"]> {
    return this.#held.during(() => super.draw(...order));
  }
}
