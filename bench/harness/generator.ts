// The generator process as the harness sees it.
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import type { Answer, Answers, Order } from "../generator/orders.ts";
import { GENERATOR_CORE, hasTaskset } from "./processes.ts";

const PROGRAM = join(import.meta.dirname, "../generator.ts");

export class Generator {
  readonly #child: ChildProcess;

  constructor() {
    const pinned = hasTaskset() ? ["taskset", "-c", String(GENERATOR_CORE)] : [];
    const [program, ...args] = [...pinned, process.execPath, "--max-semi-space-size=64", PROGRAM];
    this.#child = spawn(program as string, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  ask<What extends Order["do"]>(order: Extract<Order, { do: What }>): Promise<Answers[What]> {
    return new Promise((resolve, reject) => {
      const ended = () => reject(new Error("the generator ended"));
      this.#child.once("exit", ended);
      this.#child.once("message", (answer: Answer) => {
        this.#child.off("exit", ended);
        if ("error" in answer) reject(new Error(answer.error));
        else resolve(answer.value as Answers[What]);
      });
      this.#child.send(order);
    });
  }

  stop(): void {
    this.#child.disconnect();
  }
}
