// What the typed client is made of, clients/typescript/src: types.ts, what each operation takes and gives, and operations.ts, where it is.
import { type OpenApi, type OpenApiOperation, openApi, pathOf } from "./document.ts";
import type { Operation } from "./operation.ts";
import { OPERATIONS } from "./operations.ts";
import { bodySchema, operationsOf, replySchemas, typeText, union } from "./types.ts";

const MADE = "Made from the table of operations (scripts/api) by `node scripts/docs/client-types.ts`: not edited by hand.";

/** Media types of what comes without a schema. */
const typesOf = ({ replies }: Operation): string[] =>
  Object.values(replies).flatMap((reply) => ("types" in reply ? reply.types : []));

/** What a program calls: pages are for people. */
export const CALLED = OPERATIONS.filter((operation) => !typesOf(operation).some((type) => type.startsWith("text/html")));

/** Bytes where anything but text may come, so that a file of a draw stays what its hash is of. */
function givesOf(operation: Operation): "json" | "text" | "bytes" {
  const types = typesOf(operation);
  if (types.length === 0) return "json";
  return types.every((type) => type.startsWith("text/")) ? "text" : "bytes";
}

/** `/draws/:session/:name{.+}` -> `/draws/{session}/{+name}`: what may have slashes has the plus of RFC 6570. */
function addressOf({ path }: Operation): string {
  const long = [...path.matchAll(/:(\w+)\{[^}]*\.\+\}/g)].map(([, name]) => name);
  return pathOf(path).path.replace(/\{(\w+)\}/g, (whole, name: string) => (long.includes(name) ? `{+${name}}` : whole));
}

function parametersText({ parameters }: OpenApiOperation, place: "path" | "query"): string {
  const members = parameters
    .filter((parameter) => parameter.in === place)
    .map(({ name, required, schema }) => `${name}${required ? "" : "?"}: ${typeText(schema)}${required ? "" : " | undefined"}`);
  return `{ ${members.join("; ")} }`;
}

function replyText(row: Operation, operation: OpenApiOperation): string {
  const gives = givesOf(row);
  if (gives !== "json") return gives === "text" ? "string" : "Uint8Array";
  return union(replySchemas(operation).flatMap((schema) => (schema.anyOf ?? [schema]).map((one) => typeText(one, "    "))));
}

function operationText(row: Operation, operation: OpenApiOperation): string {
  const query = operation.parameters.filter((parameter) => parameter.in === "query");
  const schema = bodySchema(operation);
  const body = [...(schema ? [typeText(schema, "    ")] : []), ...(row.bodyType ? ["string", "Uint8Array"] : [])];
  const lines = [
    ...(query.length < operation.parameters.length ? [`params: ${parametersText(operation, "path")};`] : []),
    ...(query.length ? [`query${query.some(({ required }) => required) ? "" : "?"}: ${parametersText(operation, "query")};`] : []),
    ...(body.length ? [`body: ${union(body)};`] : []),
    `reply: ${replyText(row, operation)};`,
  ];
  const token = row.who === "anybody" ? "" : ` Token: ${row.who}.`;
  return `  /** ${row.title}.${token} */\n  ${row.id}: {\n${lines.map((line) => `    ${line}`).join("\n")}\n  };`;
}

/** clients/typescript/src/types.ts. */
export function clientTypes(document: OpenApi = openApi("", CALLED)): string {
  const named = Object.entries(document.components.schemas).filter(([name]) => name !== "Problem");
  const { Problem } = document.components.schemas;
  const codes = (Problem?.properties?.code?.enum ?? []) as string[];
  const operations = operationsOf(document).map(({ operation }) => {
    const row = CALLED.find(({ id }) => id === operation.operationId) as Operation;
    return operationText(row, operation);
  });
  return `// What the API takes and gives. ${MADE}

export type ProblemCode =
${codes.map((code) => `  | ${JSON.stringify(code)}`).join("\n")};

${named.map(([name, schema]) => `export type ${name} = ${typeText(schema)};`).join("\n\n")}

/** What \`call\` takes for each operation, and its reply. */
export type Operations = {
${operations.join("\n")}
};
`;
}

function routeText(operation: Operation): string {
  const { id, method, bodyType, once } = operation;
  const gives = givesOf(operation);
  const members = [
    `method: "${method}"`,
    `path: "${addressOf(operation)}"`,
    ...(bodyType ? [`takes: "${bodyType}"`] : []),
    ...(gives === "json" ? [] : [`gives: "${gives}"`]),
    ...(once ? ["once: true"] : []),
  ];
  return `  ${id}: { ${members.join(", ")} },`;
}

/** clients/typescript/src/operations.ts. */
export const clientOperations = (): string => `// Where each operation is. ${MADE}
import type { Route } from "./transport.ts";
import type { Operations } from "./types.ts";

export const OPERATIONS: { readonly [Id in keyof Operations]: Route } = {
${CALLED.map(routeText).join("\n")}
};
`;
