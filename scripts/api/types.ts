// JSON Schema as TypeScript: what the API page shows and what the typed client is made of.
import type { OpenApi, OpenApiOperation, Schema } from "./document.ts";

const isName = (key: string): boolean => /^[A-Za-z_$][\w$]*$/.test(key);

export const union = (parts: string[]): string => [...new Set(parts)].join(" | ");

function objectText({ properties = {}, required = [], additionalProperties }: Schema, indent: string): string {
  const inner = `${indent}  `;
  const lines = Object.entries(properties).map(([key, schema]) => {
    const name = isName(key) ? key : JSON.stringify(key);
    return `${inner}${name}${required.includes(key) ? "" : "?"}: ${typeText(schema, inner)};`;
  });
  const known = lines.length > 0;
  if (additionalProperties && typeof additionalProperties === "object" && !known) {
    lines.push(`${inner}[key: string]: ${typeText(additionalProperties, inner)};`);
  } else if (!known) {
    return "object";
  }
  return `{\n${lines.join("\n")}\n${indent}}`;
}

function arrayText({ items, prefixItems }: Schema, indent: string): string {
  if (prefixItems) return `[${prefixItems.map((item) => typeText(item, indent)).join(", ")}]`;
  if (typeof items !== "object") return "unknown[]";
  const item = typeText(items, indent);
  const isOne = /^[\w"]+$/.test(item) || (items.type === "object" && item.startsWith("{"));
  return isOne ? `${item}[]` : `(${item})[]`;
}

export function typeText(schema: Schema, indent = ""): string {
  const { $ref, anyOf, oneOf, allOf, type } = schema;
  if ($ref) return $ref.slice($ref.lastIndexOf("/") + 1);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return union(schema.enum.map((value) => JSON.stringify(value)));
  const choices = anyOf ?? oneOf;
  if (choices) return union(choices.map((choice) => typeText(choice, indent)));
  if (allOf) return allOf.map((part) => typeText(part, indent)).join(" & ");
  if (Array.isArray(type)) return union(type.map((one) => typeText({ ...schema, type: one }, indent)));
  switch (type) {
    case "object":
      return objectText(schema, indent);
    case "array":
      return arrayText(schema, indent);
    case "integer":
    case "number":
      return "number";
    case "string":
    case "boolean":
    case "null":
      return type;
    default:
      return "unknown";
  }
}

const JSON_TYPE = "application/json";

export const bodySchema = ({ requestBody }: OpenApiOperation): Schema | undefined => requestBody?.content[JSON_TYPE]?.schema;

/** The schemas of the replies that are no refusals; the same one once. */
export function replySchemas({ responses }: OpenApiOperation): Schema[] {
  const schemas = Object.values(responses).flatMap(({ content }): Schema[] => {
    const schema = content?.[JSON_TYPE]?.schema;
    return schema ? [schema] : [];
  });
  return [...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values()];
}

export const operationsOf = (document: OpenApi): { path: string; method: string; operation: OpenApiOperation }[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
