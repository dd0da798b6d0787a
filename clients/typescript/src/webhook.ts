// For who receives webhooks: whether a request is the shop's own, by its signature (Standard Webhooks), before anything is believed.
import type { Event } from "./types.ts";

/** A request of this age, either way, is somebody else's that was kept. */
const AGE_S_MAX = 300;

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

/**
 * The event, or an error. `body` is the request's exact text, before any parsing; `headers` any of the usual kinds. Note the event's id: the same
 * event may come again.
 */
export async function verifyWebhook(
  secret: string,
  headers: Headers | { [name: string]: string | string[] | undefined },
  body: string,
  nowMs: number = Date.now(),
): Promise<Event> {
  const header = (name: string) => (headers instanceof Headers ? headers.get(name) : [headers[name]].flat()[0]) ?? "";
  const [id, timestamp] = [header("webhook-id"), header("webhook-timestamp")];
  if (!id || !/^[0-9]+$/.test(timestamp)) throw new Error("this is no signed webhook");
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > AGE_S_MAX) throw new Error("the webhook is too old, or from the future");
  const usage: KeyUsage[] = ["verify"];
  const raw = bytesOf(secret.replace(/^whsec_/, ""));
  const key = await crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, usage);
  const message = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  for (const part of header("webhook-signature").split(" ")) {
    const signature = /^v1,([A-Za-z0-9+/]+=*)$/.exec(part)?.[1];
    // Compared inside the platform, in constant time.
    if (signature && (await crypto.subtle.verify("HMAC", key, bytesOf(signature), message))) return JSON.parse(body) as Event;
  }
  throw new Error("the webhook's signature is not the shop's");
}
