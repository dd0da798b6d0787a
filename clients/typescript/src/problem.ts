// A refusal of the shop as an error with its code.
import type { ProblemCode } from "./types.ts";

export type ProblemBody = {
  type: string;
  title: string;
  status: number;
  code: ProblemCode;
  detail: string;
  errors?: { pointer: string; detail: string }[];
  /** Some codes bring more: `receipt`, `refusal`, `overload`, `collected`. */
  [member: string]: unknown;
};

export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: number;
  /** What it is about: decide by this, not by the title. An older client may meet a code that it does not know. */
  readonly code: ProblemCode;
  /** The places of a body that do not fit. */
  readonly errors: { pointer: string; detail: string }[];
  readonly body: ProblemBody;
  /** Seconds after which the same request may be sent again. */
  readonly retryAfterS: number | undefined;

  constructor(body: ProblemBody, retryAfterS?: number) {
    super(`${body.code}: ${body.title}. ${body.detail}`);
    this.status = body.status;
    this.code = body.code;
    this.errors = body.errors ?? [];
    this.body = body;
    this.retryAfterS = retryAfterS;
  }
}

/** Whether this is a refusal of the shop, and one of these codes where any are named. */
export const isProblem = (error: unknown, ...codes: ProblemCode[]): error is Problem =>
  error instanceof Problem && (codes.length === 0 || codes.includes(error.code));
