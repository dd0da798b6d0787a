// Replies that a whole crowd shares: made once per isolate and lifetime, kept as bytes with their ETag.
import type { Context } from "hono";
import { hex, utf8 } from "../../domain/bytes.ts";

type Kept = { body: Uint8Array<ArrayBuffer>; etag: string; untilMs: number };

const kept = new Map<string, Kept>();
/** More keys than an installation has sessions and markets. */
const KEPT_MAX = 500;

/** The reply of `make`, at most `seconds` old. `key` may only name things that exist: whatever a caller invents must be refused before. */
export async function shared(c: Context, key: string, seconds: number, make: () => Promise<object>): Promise<Response> {
  const known = kept.get(key);
  if (known && Date.now() < known.untilMs) return reply(c.req.raw, known, seconds);
  // Whoever comes first makes it anew; those who come meanwhile get the one before, rather than all asking at once.
  if (known) known.untilMs = Date.now() + seconds * 1000;
  const body = utf8(JSON.stringify(await make()));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  const fresh = { body, etag: `"${hex(digest.subarray(0, 16))}"`, untilMs: Date.now() + seconds * 1000 };
  if (kept.size >= KEPT_MAX) kept.clear();
  kept.set(key, fresh);
  return reply(c.req.raw, fresh, seconds);
}

function reply(request: Request, { body, etag }: Kept, seconds: number): Response {
  const headers = { "Content-Type": "application/json", "Cache-Control": `public, max-age=${seconds}`, ETag: etag };
  return isKnownTo(request, etag) ? new Response(null, { status: 304, headers }) : new Response(body, { headers });
}

/** Whether the caller has this very version. RFC 9110, section 13.1.2: weak comparison. */
export function isKnownTo(request: Request, etag: string): boolean {
  const asked = request.headers.get("If-None-Match")?.split(",") ?? [];
  return asked.some((one) => one.trim().replace(/^W\//, "") === etag || one.trim() === "*");
}
