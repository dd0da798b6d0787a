// What one operation of the API is: the row of the table that openapi.json, the API page and the client's types are made from.
import type * as v from "valibot";
import type { ProblemCode } from "../../contracts/problems.ts";

export type Who = "anybody" | "member" | "store" | "operator";

/** A reply: JSON of a schema, or bytes of one of these media types; without a type there is no body. */
export type Reply = { what: string; schema: v.GenericSchema } | { what: string; types: string[] };

/** `needed`: a request without it is refused, or finds nothing. What is in a path always is. */
export type Parameter = { schema: v.GenericSchema; what: string; needed?: true };

export type Operation = {
  /** Name of the operation, unique: the typed client calls it by this. */
  id: string;
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** As the router has it, patterns included: `/rules/:hash{[0-9a-f]{64}}`. */
  path: string;
  who: Who;
  /** One line, without a full stop at its end. */
  title: string;
  /** What else a caller has to know. */
  text?: string;
  query?: { [name: string]: Parameter };
  /** Left out where the address and the token say all. */
  body?: v.GenericSchema;
  /** Media type of a body that is no JSON, instead of one or beside it. */
  bodyType?: string;
  /** Does something new each time, where everywhere else the same request again gets the same answer: without a reply it is not sent again. */
  once?: true;
  /** Status below 400 -> what comes with it. */
  replies: { [status: number]: Reply };
  /** Codes beside those that every operation of its kind can answer with (`commonProblems`). */
  problems: readonly ProblemCode[];
};

/** What any address answers with when something is wrong on our side. */
const ALWAYS = ["internal", "busy", "misconfigured"] as const satisfies ProblemCode[];

/** What every operation of this kind can answer with. */
export const commonProblems = ({ who, body, bodyType }: Operation): ProblemCode[] => [
  ...(body || bodyType ? (["unreadable_body", "body_too_large"] as const) : []),
  ...(body ? (["invalid_input"] as const) : []),
  ...(who === "anybody" ? [] : (["unauthenticated", "wrong_role"] as const)),
  ...ALWAYS,
];

export const problemsOf = (operation: Operation): ProblemCode[] => [
  ...new Set([...commonProblems(operation), ...operation.problems]),
];

export const json = (what: string, schema: v.GenericSchema): Reply => ({ what, schema });
export const bytes = (what: string, ...types: string[]): Reply => ({ what, types });
/** The caller has this version already. */
export const KNOWN = bytes("As the ETag that was sent.");
