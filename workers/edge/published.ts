// Published files, as they lie in R2. One that is not there yet answers 404, and everybody may share that answer for a second.
import { ABSENT_S, fits, keep, noteAbsent, recall } from "./file-cache.ts";
import { problem } from "./problem.ts";
import { isKnownTo } from "./shared.ts";

/** Written once, never changed, cached for as long as anyone likes. */
export const IMMUTABLE = "public, max-age=31536000, immutable";
// Anyone may check a draw, and show the catalogue, from any page.
export const OPEN = { "Access-Control-Allow-Origin": "*" };
const NOT_YET = { headers: { ...OPEN, "Cache-Control": `public, max-age=${ABSENT_S}` } };

/** A file with a `cache` of its own may change: the edge does not remember it. */
export type Served = { type?: string; cache?: string };

export async function published(
  env: Env,
  key: string,
  request: Request,
  { type = "application/octet-stream", cache = IMMUTABLE }: Served = {},
): Promise<Response> {
  const headersOf = (etag: string) => ({ ...OPEN, "Content-Type": type, "Cache-Control": cache, ETag: etag });
  const known = cache === IMMUTABLE ? recall(key) : undefined;
  if (known === "absent") return problem("not_found", NOT_YET);
  if (known) {
    const headers = headersOf(known.etag);
    return isKnownTo(request, known.etag) ? new Response(null, { status: 304, headers }) : new Response(known.bytes, { headers });
  }
  const object = await env.FILES.get(key, { onlyIf: request.headers });
  if (!object) {
    noteAbsent(key);
    return problem("not_found", NOT_YET);
  }
  const headers = headersOf(object.httpEtag);
  if (!("body" in object)) return new Response(null, { status: 304, headers });
  if (cache === IMMUTABLE && fits(object)) return new Response((await keep(key, object)).bytes, { headers });
  return new Response(object.body, { headers: { ...headers, "Content-Length": String(object.size) } });
}
