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

/** Members of a reply that its schema let fall: nobody is told that they are there. A schema that is open keeps them. */
function membersBeside(given: unknown, known: unknown, at = ""): string[] {
  if (typeof given !== "object" || given === null) return [];
  if (typeof known !== "object" || known === null) return [at];
  return Object.entries(given).flatMap(([name, value]) => {
    const path = at ? `${at}.${name}` : name;
    return name in known ? membersBeside(value, (known as Record<string, unknown>)[name], path) : [path];
  });
}

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
  const given = JSON.parse(text) as unknown;
  const parsed = v.safeParse(reply.schema, given);
  if (parsed.success) {
    const unsaid = membersBeside(given, parsed.output);
    if (unsaid.length > 0) throw new Error(`${where} answered ${status} with what it does not promise: ${unsaid.join(", ")}`);
    return;
  }
  const issues = parsed.issues.map((issue) => `${v.getDotPath(issue) ?? "the whole"}: ${issue.message}`);
  throw new Error(`${where} answered ${status} with another shape than promised: ${issues.slice(0, 5).join("; ")}`);
}
