// What a witness answers, and how it reads a body. Its own protocol has plain statuses; everything else is problem+json.
import { join } from "../domain/bytes.ts";

export const PROBLEMS = {
  unreadable: [400, "The body cannot be read"],
  unknown_session: [404, "This witness has no manifest of that session in its copy of the log"],
  not_found: [404, "Not found"],
  method_not_allowed: [405, "The address takes other methods"],
  too_large: [413, "The body is too large"],
  invalid_input: [
    422,
    "The body does not have the documented shape; a complaint carries a receipt with eid, without nonce and pid",
  ],
  not_signed: [422, "The receipt is not signed by the session's key"],
  too_many: [429, "Too many complaints at the moment"],
  misconfigured: [503, "This witness is not set up"],
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type ProblemCode = keyof typeof PROBLEMS;

/** Anyone may read from any page. */
const OPEN = { "Access-Control-Allow-Origin": "*", "X-Content-Type-Options": "nosniff" };

export function problem(code: ProblemCode, headers: Record<string, string> = {}): Response {
  const [status, title] = PROBLEMS[code];
  const retry: Record<string, string> = status === 429 || status === 503 ? { "Retry-After": "60" } : {};
  return new Response(JSON.stringify({ type: "about:blank", title, status, code }), {
    status,
    headers: { ...OPEN, "Content-Type": "application/problem+json", "Cache-Control": "no-store", ...retry, ...headers },
  });
}

export const json = (value: unknown, status = 200): Response =>
  new Response(JSON.stringify(value), {
    status,
    headers: { ...OPEN, "Content-Type": "application/json", "Cache-Control": "no-store" },
  });

const IMMUTABLE = "public, max-age=31536000, immutable";

/** Copies never change, once they are there. */
export const copied = (body: BodyInit, type: string): Response =>
  new Response(body, { headers: { ...OPEN, "Content-Type": type, "Cache-Control": IMMUTABLE } });

export const text = (body: string, status = 200, type = "text/plain; charset=utf-8"): Response =>
  new Response(body, { status, headers: { ...OPEN, "Content-Type": type, "Cache-Control": "no-store" } });

/** The body as text; undefined where it is longer than allowed, and nothing more of it is read then. */
export async function bodyOf(request: Request, bytesMax: number): Promise<string | undefined> {
  const pieces: Uint8Array[] = [];
  let total = 0;
  for await (const piece of request.body ?? []) {
    total += piece.length;
    if (total > bytesMax) return undefined;
    pieces.push(piece);
  }
  return new TextDecoder().decode(join(...pieces));
}
