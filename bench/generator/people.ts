// Fresh people with tokens and passes, made before the timed part: the rest of a request below its first line, as text.
import { randomBytes } from "node:crypto";
import { settingsOf } from "../../contracts/settings.ts";
import { b64url, hex, unhex } from "../../domain/bytes.ts";
import { pidOf } from "../../domain/draw/entry.ts";
import { passBody, passKey, passMessage, passText } from "../../domain/draw/pass.ts";
import { macOf } from "../../workers/edge/hmac.ts";
import { BODY_BYTES_MAX } from "../../workers/edge/input.ts";
import { tokenFor } from "../../workers/edge/token.ts";

export type SessionFacts = {
  /** BRAND, secrets and the rest, as the Worker gets them. */
  settings: object;
  session: string;
  /** M in hex. */
  manifest: string;
  market: string;
  families: string[];
  pools: number;
  /** Unix seconds: close + grace. */
  exp: number;
};

/**
 * good; unsigned: a MAC of zeros; expired: a token of an hour ago; oversized: 1 kB over the limit; malformed: JSON that ends too early;
 * get: a read without a token.
 */
export type Kind = "good" | "unsigned" | "expired" | "oversized" | "malformed" | "get";

/** 1 kB over the limit of the shop's body reader. */
const OVERSIZED_BYTES = BODY_BYTES_MAX + 1024;

/** Prepared at a time, so that WebCrypto's threads are used. */
const AT_ONCE = 64;

/** `count` requests of people who have never been here: headers from Authorization on, and the body. */
export async function prepare(facts: SessionFacts, count: number, kind: Kind): Promise<string[]> {
  if (kind === "get") return Array<string>(count).fill("\r\n");
  const settings = settingsOf(facts.settings);
  const M = unhex(facts.manifest);
  const key = passKey(settings.OPERATOR_SECRETS[0].secret, M);
  const tickets = Object.fromEntries(facts.families.map((family) => [family, 1]));
  const one = async (at: number): Promise<string> => {
    const person = randomBytes(32);
    const id = person.toString("hex");
    const device = b64url(randomBytes(32));
    const exp = kind === "expired" ? Math.floor(Date.now() / 1000) - 3600 : facts.exp;
    const sub = `m-${id.slice(0, 24)}`;
    const good = await tokenFor(
      { v: 1, role: "member", sub, person: id, market: facts.market, ageOk: true, exp, device },
      settings,
    );
    const token = kind === "unsigned" ? good.slice(0, -43) + "A".repeat(43) : good;
    const pid = hex(pidOf(settings.PEPPER, person, M));
    const { manifest, market } = facts;
    const body = passBody({ v: 1, type: "pass", manifest, market, pid, tickets, ageOk: true, exp: facts.exp });
    const pass = passText(body, await macOf(key, passMessage("pass", body)));
    const nonce = randomBytes(32).toString("hex");
    const whole = JSON.stringify({ pass, pool: 1 + (at % facts.pools), nonce });
    const json = kind === "malformed" ? `${whole.slice(0, -1)} ` : kind === "oversized" ? whole.padEnd(OVERSIZED_BYTES) : whole;
    return `Authorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: ${json.length}\r\n\r\n${json}`;
  };
  const rests: string[] = [];
  while (rests.length < count) {
    const first = rests.length;
    rests.push(...(await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - first) }, (_, at) => one(first + at)))));
  }
  return rests;
}
