// Requests to the real routes inside workerd, and tokens for every role. Every reply has to be one that the API's table promises.
import { env, exports } from "cloudflare:workers";
import { settingsOf } from "../../../contracts/settings.ts";
import type { Claims } from "../../../contracts/sign-in.ts";
import { hex, utf8 } from "../../../domain/bytes.ts";
import { sha256 } from "../../../domain/hash.ts";
import { tokenFor } from "../../../workers/edge/token.ts";
import { mustBePromised } from "../../support/replies.ts";

const EXP = 4_000_000_000;

export const memberClaims = (name: string, changes: Partial<Claims> = {}): Claims => ({
  v: 1,
  role: "member",
  sub: `m-${name}`,
  person: hex(sha256(utf8(name))),
  market: "CN",
  ageOk: true,
  exp: EXP,
  ...changes,
});

export const tokenOf = (claims: Claims): Promise<string> => tokenFor(claims, settingsOf(env));
export const memberToken = (name: string, changes: Partial<Claims> = {}) => tokenOf(memberClaims(name, changes));
export const storeToken = (store: string) => tokenOf({ v: 1, role: "store", sub: `device-${store}`, store, exp: EXP });
export const operatorToken = () => tokenOf({ v: 1, role: "operator", sub: "operator", exp: EXP });

export type Answer = { status: number; body: Record<string, unknown> & { code?: string }; text: string; headers: Headers };

export async function call(
  method: string,
  path: string,
  { token, body, raw, headers }: { token?: string; body?: unknown; raw?: BodyInit; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await (exports as unknown as { default: Fetcher }).default.fetch(`http://shop.test${path}`, {
    method,
    headers: {
      ...(payload === undefined ? {} : { "Content-Type": "application/json" }),
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
    ...(payload === undefined ? {} : { body: payload as string }),
  });
  const text = await response.text();
  mustBePromised(method, path, response.status, response.headers.get("Content-Type") ?? "", text);
  const isJson = text !== "" && response.headers.get("Content-Type")?.includes("json");
  return {
    status: response.status,
    body: isJson ? (JSON.parse(text) as Answer["body"]) : {},
    text,
    headers: response.headers as unknown as Headers,
  };
}
