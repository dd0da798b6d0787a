// From a refusal or a failure to RFC 9457 application/problem+json. What failed inside goes to the log, never to the caller.
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { PROBLEMS, type ProblemCode, RETRY_CODES } from "../../contracts/problems.ts";
import { SettingsError } from "../../contracts/settings.ts";
import { retryAfterS } from "../../domain/retry.ts";
import type { OpenApp } from "./app-type.ts";
import { SECURITY } from "./security.ts";

export type ProblemExtra = {
  detail?: string;
  errors?: { pointer: string; code?: string; detail: string }[];
  retryAfterS?: number;
  headers?: Record<string, string>;
  [member: string]: unknown;
};

/** V8's own, which the platform's types leave out. */
const engine = Error as { stackTraceLimit?: number | undefined };

/** Runs `work` so that an error in it has no stack: an expected "no" needs none, and collecting one costs as much as the whole reply. */
export function withoutStack<Value>(work: () => Value): Value {
  const depth = engine.stackTraceLimit;
  engine.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    engine.stackTraceLimit = depth;
  }
}

/** Thrown by middleware where returning a response is awkward; becomes the problem that it names. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly extra: ProblemExtra;

  constructor(code: ProblemCode, extra: ProblemExtra = {}) {
    const depth = engine.stackTraceLimit;
    engine.stackTraceLimit = 0;
    super(code);
    engine.stackTraceLimit = depth;
    this.code = code;
    this.extra = extra;
  }
}

export function problem(code: ProblemCode, extra: ProblemExtra = {}): Response {
  const { status, title, explanation } = PROBLEMS[code];
  const { retryAfterS: askedS, headers: more, ...members } = extra;
  // A plain record: every call on Headers leaves JavaScript.
  const headers: Record<string, string> = {
    ...SECURITY,
    "Content-Type": "application/problem+json",
    "Cache-Control": "no-store",
    ...more,
  };
  if ((RETRY_CODES as readonly string[]).includes(code)) headers["Retry-After"] = String(askedS ?? retryAfterS(Math.random));
  if (status === PROBLEMS.unauthenticated.status) headers["WWW-Authenticate"] = "Bearer";
  return new Response(JSON.stringify({ type: `/problems#${code}`, title, status, code, detail: explanation, ...members }), {
    status,
    headers,
  });
}

/** Failures of the platform that pass by themselves. Durable Objects mark them; anything else is ours. */
export const passes = (error: unknown): boolean => {
  const { retryable, overloaded } = error as { retryable?: boolean; overloaded?: boolean };
  return retryable === true || overloaded === true;
};

export function onError(error: Error, c: Context<OpenApp>): Response {
  if (error instanceof ProblemError) return problem(error.code, error.extra);
  if (error instanceof HTTPException) return error.getResponse();
  const code = error instanceof SettingsError ? "misconfigured" : passes(error) ? "busy" : "internal";
  console.error(
    JSON.stringify({
      event: code,
      method: c.req.method,
      path: new URL(c.req.url).pathname,
      error: String(error),
      stack: error.stack,
    }),
  );
  return problem(code);
}
