// The witness of the tests: the real one, whose way to the log's files leads to what a test put there.
import handler from "../../../witness/index.ts";
import { LogWitness as RealWitness } from "../../../witness/log-witness.ts";
import { shop } from "./shop.ts";

export class LogWitness extends RealWitness {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env as never, ((input: string) => shop().answer(new URL(input).pathname)) as typeof fetch);
  }
}

export default handler;
