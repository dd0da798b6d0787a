// Fetches one beacon round from relays that speak drand's HTTP API. A relay is never believed: the signature is.
import * as v from "valibot";
import type { Bytes } from "../../domain/bytes.ts";
import { verifiedSignature } from "../../domain/draw/beacon.ts";
import type { Chain } from "../../domain/draw/chains.ts";
import { withTimeout } from "../timeout.ts";

const TIMEOUT_MS = 4_000;
/** A round is some 300 bytes of JSON; more is not a beacon. */
const REPLY_BYTES_MAX = 4_096;
/** Relays asked at once; the first good answer counts. */
const ASKED = 2;

const reply = v.object({ round: v.number(), signature: v.pipe(v.string(), v.maxLength(192)) });

/** The canonical signature of `round`, or undefined when no relay has a valid one yet. `tries` moves on through the relays. */
export async function fetchBeacon(
  chain: Chain,
  round: number,
  relays: string[],
  fetcher: typeof fetch,
  tries: number,
): Promise<Bytes | undefined> {
  const asked = Array.from(
    { length: Math.min(ASKED, relays.length) },
    (_, at) => relays[(tries * ASKED + at) % relays.length] as string,
  );
  const answers = await Promise.allSettled(asked.map((relay) => withTimeout(ask(relay, chain, round, fetcher), TIMEOUT_MS)));
  for (const [at, answer] of answers.entries()) {
    const signature = answer.status === "fulfilled" ? verifiedSignature(chain, round, answer.value) : undefined;
    if (signature) return signature;
    const problem = answer.status === "rejected" ? String(answer.reason) : "the signature does not verify";
    console.warn(JSON.stringify({ event: "beacon_unavailable", relay: asked[at], round, problem }));
  }
  return undefined;
}

/** The v1 route: every relay of the network serves it. */
async function ask(relay: string, chain: Chain, round: number, fetcher: typeof fetch): Promise<string> {
  const response = await fetcher(`${relay.replace(/\/$/, "")}/${chain.hash}/public/${round}`, { redirect: "manual" });
  if (!response.ok) throw new Error(`status ${response.status}`);
  const text = await response.text();
  if (text.length > REPLY_BYTES_MAX) throw new Error("the reply is too large");
  const parsed = v.parse(reply, JSON.parse(text));
  if (parsed.round !== round) throw new Error(`round ${parsed.round} instead of ${round}`);
  return parsed.signature;
}
