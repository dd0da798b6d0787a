// Every operation as a program would call it, with all that it takes: lines that compile, and lines that must not.
import { CALLED } from "../../scripts/api/client.ts";
import { type OpenApi, type OpenApiParameter, openApi, type Schema } from "../../scripts/api/document.ts";
import { bodySchema, operationsOf } from "../../scripts/api/types.ts";

type Literal = string | number | boolean | null | Literal[] | { [name: string]: Literal };

/** A value of the schema's type, optional members included. What else a schema asks for (a pattern, a range) no type can say. */
function sampleOf(document: OpenApi, schema: Schema): Literal {
  const { $ref, anyOf, oneOf, enum: words, type, properties, additionalProperties, items, prefixItems } = schema;
  const inside = (part: Schema) => sampleOf(document, part);
  if ($ref) return inside(document.components.schemas[$ref.slice($ref.lastIndexOf("/") + 1)] as Schema);
  if (schema.const !== undefined) return schema.const as Literal;
  if (words) return words[0] as Literal;
  const [choice] = anyOf ?? oneOf ?? [];
  if (choice) return inside(choice);
  if (prefixItems) return prefixItems.map(inside);
  if (type === "array") return typeof items === "object" ? [inside(items)] : [];
  if (type === "string") return "x";
  if (type === "integer" || type === "number") return 1;
  if (type === "boolean") return true;
  if (properties) return Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, inside(part)]));
  if (typeof additionalProperties === "object") return { x: inside(additionalProperties) };
  return {};
}

const WRONG = "// @ts-expect-error";

/** A program, and how many lines of it must not compile. */
export function everyCall(): { program: string; wrong: number } {
  const document = openApi("", CALLED);
  const lines = operationsOf(document).flatMap(({ operation }) => {
    const { operationId, parameters, responses, requestBody } = operation;
    const given = (place: OpenApiParameter["in"]) =>
      parameters.filter((one) => one.in === place).map(({ name, schema }) => [name, sampleOf(document, schema)] as const);
    const [params, query] = [given("path"), given("query")];
    const schema = bodySchema(operation);
    const body = schema && (sampleOf(document, schema) as { [name: string]: Literal });
    const takes = Object.keys(requestBody?.content ?? {}).some((type) => type !== "application/json");
    const all = {
      ...(params.length ? { params: Object.fromEntries(params) } : {}),
      ...(query.length ? { query: Object.fromEntries(query) } : {}),
      ...(body || takes ? { body: body ?? "a,b" } : {}),
    };
    const call = (input: object = {}) =>
      `await shop.call("${operationId}"${Object.keys(input).length ? `, ${JSON.stringify(input)}` : ""});`;
    const wrong = (input?: object) => [WRONG, call(input)];
    const isNeeded = body || takes || parameters.some(({ required }) => required);
    const [[type, media] = ["", {}]] = Object.entries(responses["200"]?.content ?? {});
    const reply = media.schema ? "object" : type.startsWith("text/") ? "string" : "Uint8Array";
    return [
      call(all),
      ...(takes ? [call({ ...all, body: "a,b" })] : []),
      ...(isNeeded ? wrong() : [call()]),
      ...wrong({ ...all, nobody: 1 }),
      ...wrong({ ...all, params: { ...Object.fromEntries(params.slice(1)), nobody: "x" } }),
      ...wrong({ ...all, query: { ...Object.fromEntries(query), nobody: "x" } }),
      ...wrong({ ...all, body: { ...body, nobody: 1 } }),
      ...(responses["200"] ? [`(${call(all).slice(0, -1)}) satisfies ${reply};`] : []),
    ];
  });
  const program = ['import type { Fairpour } from "@fairpour/client";', "declare const shop: Fairpour;", ...lines].join("\n");
  return { program, wrong: lines.filter((line) => line === WRONG).length };
}
