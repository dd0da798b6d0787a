// Access tokens: `kid.base64url(claims).base64url(HMAC)`, short-lived, checked without a look-up.

import { keyNamed, type Settings } from "../../contracts/settings.ts";
import type { Claims } from "../../contracts/sign-in.ts";
import { type Bytes, b64url, join, unb64url, utf8 } from "../../domain/bytes.ts";
import { macIsGood, macOf } from "./hmac.ts";

const decoder = new TextDecoder();

/** The purpose and brand stand in front of what is signed: a token of another brand, or any other MAC, never passes as one. */
const message = (brand: string, kid: string, body: Uint8Array): Bytes => join(utf8(`fairpour/token/1\n${brand}\n${kid}\n`), body);

export async function tokenFor(
  claims: Claims,
  { BRAND, TOKEN_SECRETS: [key] }: Pick<Settings, "BRAND" | "TOKEN_SECRETS">,
): Promise<string> {
  const body = utf8(JSON.stringify(claims));
  return `${key.kid}.${b64url(body)}.${b64url(await macOf(key.secret, message(BRAND, key.kid, body)))}`;
}

/** The claims of a token that we signed and that has not expired; undefined otherwise. */
export async function claimsOf(token: string, settings: Settings, nowMs: number): Promise<Claims | undefined> {
  const [kid, text, signature, more] = token.split(".");
  if (!kid || !text || !signature || more !== undefined) return undefined;
  const key = keyNamed(settings.TOKEN_SECRETS, kid);
  const body = unb64url(text);
  const mac = unb64url(signature);
  if (!key || !body || mac?.length !== 32) return undefined;
  // What has expired by its own words needs no MAC.
  const claims = read(body);
  if (claims?.v !== 1 || !(nowMs < claims.exp * 1000)) return undefined;
  return (await macIsGood(key.secret, mac, message(settings.BRAND, kid, body))) ? claims : undefined;
}

function read(body: Bytes): Claims | undefined {
  try {
    return JSON.parse(decoder.decode(body)) as Claims;
  } catch {
    return undefined;
  }
}
