// Parses a body or a query at the door, once: size, UTF-8, JSON, schema, in that order. After it, code sees checked values only.
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import * as v from "valibot";
import { ProblemError, problem, withoutStack } from "./problem.ts";

/** Enough for every body but an allotment. */
export const BODY_BYTES_MAX = 8_192;
const ERRORS_MAX = 20;

const tooLong = (bytesMax: number) => ["body_too_large", { detail: `At most ${bytesMax} bytes.` }] as const;

/** In front of everything else: a body that says that it is too long is refused before the token is looked at, and unread. */
export const small = createMiddleware(async function small(c, next) {
  if (Number(c.req.raw.headers.get("Content-Length")) > BODY_BYTES_MAX) return problem(...tooLong(BODY_BYTES_MAX));
  return next();
});

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The checked body. Throws a ProblemError: 413 over `bytesMax`, 400 unreadable, 422 with a pointer to each place that does not fit. */
export async function body<const Schema extends v.GenericSchema>(
  c: Context,
  schema: Schema,
  bytesMax = BODY_BYTES_MAX,
): Promise<v.InferOutput<Schema>> {
  const bytes = await bounded(c.req.raw, bytesMax);
  let value: unknown;
  try {
    value = withoutStack(() => JSON.parse(utf8.decode(bytes)));
  } catch {
    throw new ProblemError("unreadable_body");
  }
  return checked(schema, value);
}

/** The checked query parameters: 422 with the name of each that does not fit. */
export const query = <const Schema extends v.GenericSchema>(c: Context, schema: Schema): v.InferOutput<Schema> =>
  checked(schema, c.req.query());

function checked<const Schema extends v.GenericSchema>(schema: Schema, value: unknown): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, value, { abortPipeEarly: true });
  if (parsed.success) return parsed.output;
  const errors = parsed.issues.slice(0, ERRORS_MAX).map((issue) => ({ pointer: pointer(issue), detail: detail(issue) }));
  throw new ProblemError("invalid_input", { errors });
}

/** The bytes of a body. Throws a ProblemError: 413 over `bytesMax`. */
export async function bounded(request: Request, bytesMax: number): Promise<Uint8Array> {
  const length = request.headers.get("Content-Length");
  if (length !== null) {
    if (Number(length) > bytesMax) throw new ProblemError(...tooLong(bytesMax));
    return request.bytes();
  }
  // Without a length the body is read piece by piece, so that a long one is never held whole.
  const pieces: Uint8Array[] = [];
  let total = 0;
  for await (const piece of request.body ?? []) {
    total += piece.length;
    if (total > bytesMax) throw new ProblemError(...tooLong(bytesMax));
    pieces.push(piece);
  }
  const bytes = new Uint8Array(total);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** RFC 6901. */
const pointer = (issue: v.BaseIssue<unknown>): string =>
  (issue.path ?? []).map(({ key }) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** What is expected, without echoing what was sent. */
const detail = (issue: v.BaseIssue<unknown>): string =>
  issue.kind === "schema"
    ? `expected ${issue.expected ?? "another value"}`
    : issue.type === "regex" || issue.type === "check" || issue.type === "raw_check"
      ? issue.message
      : `expected ${issue.expected ?? issue.type}`;
