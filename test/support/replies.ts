// Holds a real reply against the table of operations: a status, a code or a shape that the table does not have is an error of the test.
import * as v from "valibot";
import type { ProblemCode } from "../../contracts/problems.ts";
import { type Operation, problemsOf } from "../../scripts/api/operation.ts";
import { OPERATIONS } from "../../scripts/api/operations.ts";

/** Answered before an operation is chosen. */
const BEFORE: ProblemCode[] = ["method_not_allowed"];

const patternOf = ({ path }: Operation): RegExp =>
  new RegExp(`^${path.replace(/\/:\w+(?:\{((?:[^{}]|\{[^}]*\})+)\})?/g, (_, pattern = "[^/]+") => `/(?:${pattern})`)}$`);

const PATTERNS = OPERATIONS.map((operation) => ({ operation, pattern: patternOf(operation) }));

export const operationAt = (method: string, path: string): Operation | undefined =>
  PATTERNS.filter(({ operation, pattern }) => operation.method === method && pattern.test(path)).sort(
    // Of two that fit, the router takes the one that was mounted first: the one with more to say.
    (a, b) => b.operation.path.length - a.operation.path.length,
  )[0]?.operation;

/** Throws where the reply is not one that the table promises; says nothing of addresses that it does not have. */
export function mustBePromised(method: string, url: string, status: number, type: string, text: string): void {
  const path = url.replace(/[?#].*$/, "");
  const operation = operationAt(method, path);
  if (!operation) return;
  const where = `${operation.method} ${operation.path} (${operation.id} in scripts/api/)`;
  if (type.startsWith("application/problem+json")) {
    const { code } = JSON.parse(text) as { code: ProblemCode };
    if (![...BEFORE, ...problemsOf(operation)].includes(code)) throw new Error(`${where} does not list the problem ${code}`);
    return;
  }
  const reply = operation.replies[status];
  if (!reply) throw new Error(`${where} does not list the status ${status}`);
  if (!("schema" in reply)) return;
  const parsed = v.safeParse(reply.schema, JSON.parse(text));
  if (parsed.success) return;
  const issues = parsed.issues.map((issue) => `${v.getDotPath(issue) ?? "the whole"}: ${issue.message}`);
  throw new Error(`${where} answered ${status} with another shape than promised: ${issues.slice(0, 5).join("; ")}`);
}
