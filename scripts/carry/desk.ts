// The operator's desk of a running installation, for export and import: whose token, and requests that are tried again.
import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";
import { settingsSchema } from "../../contracts/settings.ts";
import { operatorSub } from "../../contracts/sign-in.ts";
import { tokenFor } from "../../workers/edge/token.ts";
import { readConfig } from "../deploy/config.ts";
import { readEnvFile } from "../local/env-file.ts";
import { installedSecrets } from "../local/secrets.ts";

const TOKEN_S = 86_400;
/** A restart or a moment of the network is lived through: 1 + 2 + 4 + 8 + 16 s. */
const TRIES = 6;

/** Said to the person as it is. */
export class CarryError extends Error {}

/** A token for an operator: OPERATOR_TOKEN, or signed with the secrets of an env file, or of the local installation. */
export async function operatorToken(env: string | undefined): Promise<string> {
  if (process.env.OPERATOR_TOKEN) return process.env.OPERATOR_TOKEN;
  const { vars } = readConfig();
  const known = env === undefined ? { ...vars, TOKEN_SECRETS: installedSecrets()?.TOKEN_SECRETS } : readEnvFile(env, vars);
  const parsed = v.safeParse(v.pick(settingsSchema, ["BRAND", "TOKEN_SECRETS"]), known);
  if (!parsed.success) {
    throw new CarryError("Who asks? Give --env FILE of the installation, or OPERATOR_TOKEN (npm run credential -- operator NAME).");
  }
  return tokenFor(
    { v: 1, role: "operator", sub: operatorSub("carry"), exp: Math.floor(Date.now() / 1000) + TOKEN_S },
    parsed.output,
  );
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
