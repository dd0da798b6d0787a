// Standard Webhooks (github.com/standard-webhooks): the symmetric signature, and the secret of a webhook.
import { type Bytes, utf8 } from "../bytes.ts";
import { hkdf, hmac } from "../hash.ts";
import { base64 } from "../log/base64.ts";

/** Nothing is stored: whoever has the operator secret has every webhook's. Another generation is another secret. */
export const webhookSecret = (operatorSecret: Uint8Array, brand: string, webhook: string, generation: number): Bytes =>
  hkdf(operatorSecret, utf8(`fairpour/webhook/1\n${brand}\n${webhook}\n${generation}`));

/** As receivers are given it. */
export const secretText = (secret: Uint8Array): string => `whsec_${base64(secret)}`;

/** The headers of one attempt. Two secrets sign while the one is being changed for the other; the receiver takes either. */
export function signedHeaders(
  id: string,
  timestampS: number,
  body: string,
  secrets: readonly Uint8Array[],
): Record<string, string> {
  const message = utf8(`${id}.${timestampS}.${body}`);
  return {
    "webhook-id": id,
    "webhook-timestamp": String(timestampS),
    "webhook-signature": secrets.map((secret) => `v1,${base64(hmac(secret, message))}`).join(" "),
  };
}
