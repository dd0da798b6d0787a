// openapi.json is a valid OpenAPI 3.1 document whose schemas take what the shop gives, and the page shows all of it.
import Ajv2020 from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { PROBLEMS } from "../../contracts/problems.ts";
import { openApi, pathOf } from "../../scripts/api/document.ts";
import { OPERATIONS } from "../../scripts/api/operations.ts";
import { pageParts } from "../../scripts/api/page.ts";
import { NAMED } from "../../scripts/api/schemas.ts";
import { operationsOf, typeText } from "../../scripts/api/types.ts";

const document = openApi("1.2.3");
const text = JSON.stringify(document);

function everySchema(value: unknown, found: { $ref: string }[] = []): { $ref: string }[] {
  if (typeof value !== "object" || value === null) return found;
  if ("$ref" in value && typeof value.$ref === "string") found.push(value as { $ref: string });
  for (const child of Object.values(value)) everySchema(child, found);
  return found;
}

describe("openapi.json", () => {
  it("has every operation of the table under its path and method", () => {
    const listed = operationsOf(document).map(({ path, method, operation }) => [operation.operationId, `${method} ${path}`]);
    const wanted = OPERATIONS.map(({ id, method, path }) => [id, `${method.toLowerCase()} ${pathOf(path).path}`]);
    expect(listed.sort()).toEqual(wanted.sort());
  });

  it("declares each parameter that a path has, and no pattern of our router is left in a path", () => {
    for (const [path, methods] of Object.entries(document.paths)) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(path.replace(/\{\w+\}/g, ""), path).toMatch(/^[a-z0-9/.-]+$/);
      for (const { parameters } of Object.values(methods)) {
        expect(parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name)).toEqual(names);
      }
    }
  });

  it("refers only to schemas that it has", () => {
    const known = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
    expect(everySchema(document).filter(({ $ref }) => !known.includes($ref))).toEqual([]);
    expect(Object.keys(NAMED).filter((name) => !text.includes(`#/components/schemas/${name}"`))).toEqual([]);
  });

  it("has schemas that a validator of JSON Schema 2020-12 takes, and they tell good from bad", () => {
    const ajv = new Ajv2020({ strict: false });
    ajv.addSchema({ $id: "api", components: document.components });
    for (const name of Object.keys(document.components.schemas)) ajv.getSchema(`api#/components/schemas/${name}`);
    const reserve = ajv.getSchema("api#/components/schemas/ReserveInput") as (value: unknown) => boolean;
    const good = { pass: "x".repeat(60), pool: 1, nonce: "0".repeat(64) };
    expect(reserve(good)).toBe(true);
    for (const bad of [{ ...good, pool: -1 }, { ...good, pool: 1.5 }, { ...good, nonce: "0" }, { ...good, more: 1 }, {}]) {
      expect(reserve(bad), JSON.stringify(bad)).toBe(false);
    }
    const problem = ajv.getSchema("api#/components/schemas/Problem") as (value: unknown) => boolean;
    expect(problem({ type: "/problems#late", title: "t", status: 410, code: "late", detail: "d" })).toBe(true);
    expect(problem({ type: "/problems#late", title: "t", status: 410, code: "nonsense", detail: "d" })).toBe(false);
  });

  it("says what is needed, what takes no body, and what is not to be sent twice", () => {
    const found = (id: string) => operationsOf(document).find(({ operation }) => operation.operationId === id)?.operation;
    const needed = (id: string) => found(id)?.parameters.flatMap(({ name, required }) => (required ? [name] : []));
    expect(needed("nearestStores")).toEqual(["session", "sku", "lat", "lng"]);
    expect(needed("allOrders")).toEqual([]);
    expect([found("pass")?.requestBody, found("importStores")?.requestBody?.required]).toEqual([undefined, true]);
    const twice = operationsOf(document).filter(({ operation }) => operation.description?.includes("before sending it again"));
    expect(twice.map(({ operation }) => operation.operationId)).toEqual(["makeWebhook", "changeWebhookSecret"]);
  });

  it("puts each code under its own status, with Retry-After where one comes back", () => {
    const responses = document.paths["/v1/sessions/{session}/reservations"]?.post?.responses ?? {};
    const codesAt = (status: number) =>
      Object.entries(PROBLEMS).flatMap(([code, problem]) => (problem.status === status ? [code] : []));
    const said = JSON.stringify(responses["410"]);
    expect(codesAt(410).filter((code) => said.includes(`"${code}"`))).toEqual(["voided", "late", "archived"]);
    expect(responses["503"]).toHaveProperty("headers.Retry-After");
    expect(responses["409"]).not.toHaveProperty("headers");
  });

  it("asks for no token where none is needed, and names the role where one is", () => {
    for (const { id, who } of OPERATIONS) {
      const { operation } = operationsOf(document).find((one) => one.operation.operationId === id) as {
        operation: { security: unknown };
      };
      expect(operation.security, id).toEqual(who === "anybody" ? [{}] : [{ token: [who] }]);
    }
  });
});

describe("a schema as TypeScript", () => {
  it.each([
    [{ type: "string" }, "string"],
    [{ type: "integer", minimum: 0 }, "number"],
    [{ type: ["string", "null"] }, "string | null"],
    [{ const: true }, "true"],
    [{ enum: ["a", "b"] }, '"a" | "b"'],
    [{ $ref: "#/components/schemas/Order" }, "Order"],
    [{ type: "array", items: { anyOf: [{ type: "string" }, { type: "null" }] } }, "(string | null)[]"],
    [{ type: "array", prefixItems: [{ type: "integer" }] }, "[number]"],
    [{ type: "object", additionalProperties: { type: "string" } }, "{\n  [key: string]: string;\n}"],
    [
      { type: "object", properties: { "zh-CN": { type: "string" }, en: { type: "string" } }, required: ["en"] },
      '{\n  "zh-CN"?: string;\n  en: string;\n}',
    ],
    [{}, "unknown"],
  ])("%j is %s", (schema, wanted) => {
    expect(typeText(schema)).toBe(wanted);
  });
});

it("the API page has every operation, every shape and every code with a place to link to, and no script of its own inside", () => {
  const html = pageParts(document);
  for (const { id } of OPERATIONS) expect(html).toContain(`id="${id}"`);
  for (const { id } of OPERATIONS) expect(html).toContain(`Id: <code>${id}</code>`);
  for (const name of Object.keys(document.components.schemas)) expect(html).toContain(`id="${name}"`);
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(html).not.toMatch(/<script|\sstyle=|\son\w+=/);
});
