// The operator's desk of a running installation, for export and import: whose token, and requests that are tried again.
import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";
import { settingsSchema } from "../../contracts/settings.ts";
import { operatorSub, type SignInReply } from "../../contracts/sign-in.ts";
import { tokenFor } from "../../workers/edge/token.ts";
import { readConfig } from "../deploy/config.ts";
import { readEnvFile } from "../local/env-file.ts";

const TOKEN_S = 86_400;
/** Which operator the installation sees at work. */
const NAME = "carry";
/** A restart or a moment of the network is lived through: 1 + 2 + 4 + 8 + 16 s. */
const TRIES = 6;

/** Said to the person as it is. */
export class CarryError extends Error {}

/** A token for an operator: signed with the secrets of an env file, or OPERATOR_TOKEN, or what `npm start` gives anybody. */
export async function operatorToken(origin: string, env: string | undefined): Promise<string> {
  if (env === undefined) return process.env.OPERATOR_TOKEN || localToken(origin);
  const settings = v.parse(v.pick(settingsSchema, ["BRAND", "TOKEN_SECRETS"]), readEnvFile(env, readConfig().vars));
  const exp = Math.floor(Date.now() / 1000) + TOKEN_S;
  return tokenFor({ v: 1, role: "operator", sub: operatorSub(NAME), exp }, settings);
}

/** The local sign-in believes anybody, and is there under `npm start` only. */
async function localToken(origin: string): Promise<string> {
  const reply = await fetch(`${origin.replace(/\/$/, "")}/local/sign-in`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ role: "operator", name: NAME }),
  }).catch(() => undefined);
  if (!reply) throw new CarryError(`No shop answers at ${origin}. Is it running there?`);
  if (!reply.ok)
    throw new CarryError("Who asks? Give --env FILE of the installation, or OPERATOR_TOKEN (npm run credential -- operator NAME).");
  return ((await reply.json()) as SignInReply).token;
}

export class Desk {
  readonly #url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.#url = url.replace(/\/$/, "");
    this.#token = token;
  }

  async json<Body>(method: string, path: string, body?: unknown): Promise<Body> {
    const response = await this.#ask(method, path, body === undefined ? undefined : JSON.stringify(body), "application/json");
    return (await response.json()) as Body;
  }

  async file(path: string): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await (await this.#ask("GET", path)).arrayBuffer());
  }

  async put(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#ask("PUT", path, bytes, "application/octet-stream");
  }

  /** The reply, if it is a good one. Waits where the installation is busy or away; throws a CarryError with what it says otherwise. */
  async #ask(method: string, path: string, body?: string | Uint8Array<ArrayBuffer>, type?: string): Promise<Response> {
    for (let tries = 1; ; tries++) {
      const headers = { Authorization: `Bearer ${this.#token}`, ...(body === undefined ? {} : { "Content-Type": type as string }) };
      const reply = await fetch(`${this.#url}/v1/admin/${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body }),
      }).catch((error: unknown) => error as Error);
      if (reply instanceof Response && reply.ok) return reply;
      const isPassing = !(reply instanceof Response) || reply.status >= 500 || reply.status === 429;
      if (!isPassing || tries === TRIES) throw new CarryError(await complaint(reply, `${method} ${path}`));
      await sleep(1_000 * 2 ** (tries - 1));
    }
  }
}

async function complaint(reply: Response | Error, what: string): Promise<string> {
  if (!(reply instanceof Response)) return `${what}: ${reply.cause ?? reply.message}`;
  const problem = (await reply.json().catch(() => ({}))) as { code?: string; detail?: string };
  return problem.code ? `${problem.code}: ${problem.detail}` : `${what}: status ${reply.status}`;
}
