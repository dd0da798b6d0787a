// Standard base64 with padding (RFC 4648, section 4), as signed notes use it. One byte string has one spelling.
import { type Bytes, b64url, unb64url } from "../bytes.ts";

export function base64(bytes: Uint8Array): string {
  const text = b64url(bytes).replaceAll("-", "+").replaceAll("_", "/");
  return text.padEnd(Math.ceil(text.length / 4) * 4, "=");
}

/** The bytes, or undefined where the text is not the one spelling of any. */
export function unbase64(text: string): Bytes | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  return unb64url(text.replace(/=+$/, "").replaceAll("+", "-").replaceAll("/", "_"));
}
