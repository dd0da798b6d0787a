// Fresh people with tokens and passes, made before the timed part: the rest of a request below its first line, as text.
import { randomBytes } from "node:crypto";
import { settingsOf } from "../../contracts/settings.ts";
import { b64url, hex, unhex } from "../../domain/bytes.ts";
import { pidOf } from "../../domain/draw/entry.ts";
import { passBody, passKey, passMessage, passText } from "../../domain/draw/pass.ts";
import { macOf } from "../../workers/edge/hmac.ts";
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

/** Prepared at a time, so that WebCrypto's threads are used. */
const AT_ONCE = 64;

/** `count` requests of people who have never been here: headers from Authorization on, and the body. */
export async function prepare(facts: SessionFacts, count: number): Promise<string[]> {
  const settings = settingsOf(facts.settings);
  const M = unhex(facts.manifest);
  const key = passKey(settings.OPERATOR_SECRETS[0].secret, M);
  const tickets = Object.fromEntries(facts.families.map((family) => [family, 1]));
  const one = async (at: number): Promise<string> => {
    const person = randomBytes(32);
    const id = person.toString("hex");
    const device = b64url(randomBytes(32));
    const token = await tokenFor(
      { v: 1, role: "member", sub: `m-${id.slice(0, 24)}`, person: id, market: facts.market, ageOk: true, exp: facts.exp, device },
      settings,
    );
    const pid = hex(pidOf(settings.PEPPER, person, M));
    const { manifest, market, exp } = facts;
    const body = passBody({ v: 1, type: "pass", manifest, market, pid, tickets, ageOk: true, exp });
    const pass = passText(body, await macOf(key, passMessage("pass", body)));
    const nonce = randomBytes(32).toString("hex");
    const json = JSON.stringify({ pass, pool: 1 + (at % facts.pools), nonce });
    return `Authorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: ${json.length}\r\n\r\n${json}`;
  };
  const rests: string[] = [];
  while (rests.length < count) {
    const first = rests.length;
    rests.push(...(await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - first) }, (_, at) => one(first + at)))));
  }
  return rests;
}
