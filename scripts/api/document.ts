// openapi.json: OpenAPI 3.1 made from the table of operations, the schemas in contracts/ and the problems. Never part of the Worker.
import { toJsonSchema, toJsonSchemaDefs } from "@valibot/to-json-schema";
import * as v from "valibot";
import { hex32, orderId, sessionId, skuId, slug, storeId, u32 } from "../../contracts/basics.ts";
import { BUCKETS } from "../../contracts/carry.ts";
import { incidentId } from "../../contracts/incidents.ts";
import { PROBLEMS, type ProblemCode, RETRY_CODES } from "../../contracts/problems.ts";
import { proposalId } from "../../contracts/review.ts";
import { templateId } from "../../contracts/templates.ts";
import { webhookId } from "../../contracts/webhooks.ts";
import { type Operation, type Parameter, problemsOf, type Reply, type Who } from "./operation.ts";
import { OPERATIONS } from "./operations.ts";
import { NAMED } from "./schemas.ts";

/** JSON Schema 2020-12, as OpenAPI 3.1 uses it. */
export type Schema = {
  $ref?: string;
  type?: string | string[];
  properties?: { [name: string]: Schema };
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema | boolean;
  prefixItems?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  description?: string;
  [keyword: string]: unknown;
};

type Media = { [type: string]: { schema?: Schema } };
export type OpenApiParameter = { name: string; in: "path" | "query"; required: boolean; description: string; schema: Schema };
export type OpenApiOperation = {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  security: { token?: Who[] }[];
  parameters: OpenApiParameter[];
  requestBody?: { required: boolean; content: Media };
  responses: { [status: string]: { description: string; headers?: object; content?: Media } };
};
export type OpenApi = {
  openapi: "3.1.0";
  info: { title: string; version: string; description: string; license: object };
  servers: { url: string }[];
  tags: { name: string; description: string }[];
  paths: { [path: string]: { [method: string]: OpenApiOperation } };
  components: { schemas: { [name: string]: Schema }; securitySchemes: object };
};

const CONVERSION = {
  target: "draft-2020-12",
  // Which rules a JSON Schema cannot say (close after open, each SKU once) stands in the operation's text or in the problem's errors.
  errorMode: "ignore",
  definitions: NAMED,
  overrideRef: ({ referenceId }: { referenceId: string }) => `#/components/schemas/${referenceId}`,
} as const;

function schemaOf(schema: v.GenericSchema, typeMode: "input" | "output"): Schema {
  const { $schema: _, $defs: __, ...rest } = toJsonSchema(schema as never, { ...CONVERSION, typeMode } as never) as Schema;
  return rest;
}

const PATH_PARAMETERS: { [name: string]: Parameter } = {
  session: { schema: sessionId, what: "Id of a session." },
  order: { schema: orderId, what: "Id of an order." },
  store: { schema: storeId, what: "Id of a store." },
  template: { schema: templateId, what: "Id of a template." },
  product: { schema: slug, what: "Id of a product." },
  sku: { schema: skuId, what: "Id of a SKU." },
  id: { schema: hex32, what: "SHA-256 of the snapshot." },
  proposal: { schema: proposalId, what: "Id of a proposal." },
  webhook: { schema: webhookId, what: "Id of a webhook." },
  hash: { schema: hex32, what: "SHA-256 of the document." },
  shard: { schema: u32, what: "Shard of the entry." },
  index: { schema: u32, what: "Index of the entry within its shard." },
  incident: { schema: incidentId, what: "Id of an incident." },
  collection: { schema: v.string(), what: "Name of a collection." },
  bucket: { schema: v.picklist(BUCKETS), what: "Which bucket." },
  key: { schema: v.string(), what: "Key of the file, slashes included." },
  name: { schema: v.string(), what: "Name of the file, such as `seal.json` or `results/3`." },
  tile: { schema: v.string(), what: "`tile/` and what follows it, such as `tile/0/000`." },
};

/** `/rules/:hash{[0-9a-f]{64}}` -> `/rules/{hash}` and its names. */
export function pathOf(path: string): { path: string; names: string[] } {
  const names: string[] = [];
  const parts = path.split(/\/(?=:|[a-z])/).map((part) => {
    const name = /^:([A-Za-z]+)/.exec(part)?.[1];
    if (!name) return part;
    names.push(name);
    return `{${name}}`;
  });
  return { path: parts.join("/"), names };
}

function parametersOf({ path, query = {} }: Operation): OpenApiParameter[] {
  const inPath = pathOf(path).names.map((name): OpenApiParameter => {
    const known = PATH_PARAMETERS[name];
    if (!known) throw new Error(`say in PATH_PARAMETERS what :${name} of ${path} is`);
    return { name, in: "path", required: true, description: known.what, schema: schemaOf(known.schema, "input") };
  });
  const inQuery = Object.entries(query).map(
    ([name, { schema, what, needed = false }]): OpenApiParameter => ({
      name,
      in: "query",
      required: needed,
      description: what,
      schema: schemaOf(schema, "input"),
    }),
  );
  return [...inPath, ...inQuery];
}

function responseOf(reply: Reply): OpenApiOperation["responses"][string] {
  if ("schema" in reply) {
    return { description: reply.what, content: { "application/json": { schema: schemaOf(reply.schema, "output") } } };
  }
  return {
    description: reply.what,
    ...(reply.types.length ? { content: Object.fromEntries(reply.types.map((type) => [type, {}])) } : {}),
  };
}

const RETRY_AFTER = {
  "Retry-After": { description: "Seconds to wait before the same request again.", schema: { type: "integer" } },
};

/** One response per status, with the codes that it can carry. */
function refusalsOf(codes: ProblemCode[]): OpenApiOperation["responses"] {
  const byStatus = Map.groupBy(codes, (code) => PROBLEMS[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => {
      const schema: Schema = { allOf: [{ $ref: "#/components/schemas/Problem" }], properties: { code: { enum: list } } };
      const retry = list.some((code) => (RETRY_CODES as readonly string[]).includes(code));
      return [
        status,
        {
          description: list.map((code) => `\`${code}\`: ${PROBLEMS[code].title}.`).join(" "),
          ...(retry ? { headers: RETRY_AFTER } : {}),
          content: { "application/problem+json": { schema } },
        },
      ];
    }),
  );
}

const TAGS: { [Tag in Who | "files"]: string } = {
  anybody: "For everybody, without a token, from any page.",
  member: "A member: reserve, accept, collect. The token says who calls.",
  store: "A store's device, for its own store only.",
  operator: "The brand's people: plan, announce, pay, follow.",
  files: "Published files and pages: what a draw is checked from.",
};

const ONCE = "Does something new each time: without a reply, look before sending it again.";

function operationOf(operation: Operation): OpenApiOperation {
  const { id, who, title, body, bodyType, replies, path } = operation;
  const text = [operation.text, operation.once && ONCE].filter(Boolean).join(" ");
  const content: Media = {
    ...(body ? { "application/json": { schema: schemaOf(body, "input") } } : {}),
    ...(bodyType ? { [bodyType]: {} } : {}),
  };
  return {
    operationId: id,
    tags: [path.startsWith("/v1/") ? who : "files"],
    summary: title,
    ...(text ? { description: text } : {}),
    security: who === "anybody" ? [{}] : [{ token: [who] }],
    parameters: parametersOf(operation),
    ...(body || bodyType ? { requestBody: { required: true, content } } : {}),
    responses: {
      ...Object.fromEntries(Object.entries(replies).map(([status, reply]) => [status, responseOf(reply)])),
      ...refusalsOf(problemsOf(operation)),
    },
  };
}

/** RFC 9457, with our `code`. */
const PROBLEM: Schema = {
  type: "object",
  required: ["type", "title", "status", "code", "detail"],
  properties: {
    type: { type: "string", description: "Where the code is explained." },
    title: { type: "string" },
    status: { type: "integer" },
    code: { enum: Object.keys(PROBLEMS) },
    detail: { type: "string" },
    errors: {
      type: "array",
      description: "Places of a body that do not fit (RFC 6901 pointers).",
      items: {
        type: "object",
        required: ["pointer", "detail"],
        properties: { pointer: { type: "string" }, detail: { type: "string" } },
      },
    },
    overload: { type: "string", description: "With `busy`: the ticket to send along when coming back." },
    receipt: { type: "object", description: "With `already_reserved`: the first receipt." },
    refusal: { type: "object", description: "The signed refusal of a shard." },
    collected: { type: "object", description: "With `already_collected`: when and where." },
  },
};

export function openApi(version: string, operations: Operation[] = OPERATIONS): OpenApi {
  const paths: OpenApi["paths"] = {};
  for (const operation of operations) {
    const { path } = pathOf(operation.path);
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: operationOf(operation) };
  }
  const schemas = toJsonSchemaDefs(NAMED as never, CONVERSION as never) as { [name: string]: Schema };
  return {
    openapi: "3.1.0",
    info: {
      title: "Fairpour",
      version,
      description:
        "The API of a Fairpour shop. Every refusal is application/problem+json with a code. The same request again gets the same answer. docs/api.md says what may change under /v1.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: { Problem: PROBLEM, ...schemas },
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "An access token of the role that `security` names." },
      },
    },
  };
}
