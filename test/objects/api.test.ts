// The table of operations says what the Worker really serves: no route is missing from it, and none is in it that is not there.
import { describe, expect, it } from "vitest";
import { PROBLEMS } from "../../contracts/problems.ts";
import { PUBLIC_CHAINS } from "../../domain/draw/chains.ts";
import { OPERATIONS } from "../../scripts/api/operations.ts";
import { createApp } from "../../workers/app.ts";
import { mustBePromised, operationAt } from "../support/replies.ts";
import { call } from "./support/http.ts";

const FILE = {
  "/v1/admin/catalog": "catalog.ts",
  "/v1/catalog": "catalog.ts",
  "/v1/admin/": "admin.ts",
  "/v1/stores/:store/": "store.ts",
  "/v1/": "shop.ts (with a token) or public.ts",
  "/": "files.ts",
};
const fileFor = (route: string) => Object.entries(FILE).find(([start]) => route.split(" ")[1]?.startsWith(start))?.[1] as string;

const routes = new Set(
  createApp(PUBLIC_CHAINS)
    .routes.filter(({ method }) => method !== "ALL")
    .map(({ method, path }) => `${method} ${path}`),
);
const table = OPERATIONS.map(({ method, path }) => `${method} ${path}`);

describe("the table of operations", () => {
  it("has every route of the app", () => {
    const missing = [...routes].filter((route) => !table.includes(route));
    expect(missing.map((route) => `add an operation for "${route}" to scripts/api/${fileFor(route)}`)).toEqual([]);
  });

  it("has no route that the app does not have", () => {
    const gone = OPERATIONS.filter(({ method, path }) => !routes.has(`${method} ${path}`));
    expect(gone.map(({ id, method, path }) => `remove "${id}" (${method} ${path}) from scripts/api/`)).toEqual([]);
  });

  it("has each route and each id once", () => {
    expect(new Set(table).size).toBe(table.length);
    expect(new Set(OPERATIONS.map(({ id }) => id)).size).toBe(OPERATIONS.length);
  });

  it("names problems that are not those of every operation, each once", () => {
    for (const { id, problems } of OPERATIONS) expect(new Set(problems).size, id).toBe(problems.length);
    const named = new Set(OPERATIONS.flatMap(({ problems }) => problems));
    const COMMON = [
      "unreadable_body",
      "unauthenticated",
      "wrong_role",
      "method_not_allowed",
      "body_too_large",
      "invalid_input",
      "busy",
      "misconfigured",
      "internal",
    ];
    const unused = Object.keys(PROBLEMS).filter((code) => !named.has(code as never) && !COMMON.includes(code));
    expect(unused.map((code) => `no operation lists the problem ${code}`)).toEqual([]);
  });
});

const CHECKS = '{"session":"s","mayAnnounce":true,"checks":[{"check":"age","state":"ok","detail":"d","colour":"red"}]}';

describe("a reply that the table does not promise", () => {
  it.each([
    ["a status", "GET", "/v1/time", 202, "application/json", "{}", /does not list the status 202/],
    ["a code", "GET", "/v1/time", 409, "application/problem+json", '{"code":"late"}', /does not list the problem late/],
    ["a shape", "GET", "/v1/time", 200, "application/json", '{"now":"noon"}', /another shape than promised: now/],
    ["a member", "GET", "/v1/time", 200, "application/json", '{"now":1,"zone":"UTC"}', /does not promise: zone/],
    ["a member inside", "GET", "/v1/admin/sessions/s/checks", 200, "application/json", CHECKS, /does not promise: checks.0.colour/],
  ])("fails the test that got it: %s", (_, method, path, status, type, text, message) => {
    expect(() => mustBePromised(method, path, status, type, text)).toThrow(message);
  });

  it("is looked for under the right operation", () => {
    expect(operationAt("GET", "/draws/s/proofs/0/12")?.id).toBe("drawProof");
    expect(operationAt("GET", "/draws/s/manifest.json")?.id).toBe("drawFile");
    expect(operationAt("GET", "/log/tile/0/000")?.id).toBe("logTile");
    expect(operationAt("GET", `/rules/${"0".repeat(64)}`)?.id).toBe("rules");
    expect(operationAt("GET", "/v1/nothing")).toBeUndefined();
  });
});

it.each([
  "/v1/time",
  "/v1/beacons",
  "/v1/catalog",
  "/v1/catalog/search?q=x",
  "/v1/stores",
  "/v1/sessions",
  "/problems",
  "/log/vkey",
  "/log/checkpoint",
])("%s answers as promised", async (path) => {
  expect([200, 404]).toContain((await call("GET", path)).status);
});

describe("a page of another origin", () => {
  const concrete = (path: string) =>
    path
      .replace(/:\w+\{[^/]+\}/g, "0".repeat(64))
      .replace(/:\w+/g, "nobody")
      .replace(/\?.*$/, "");

  it.each(OPERATIONS.filter(({ who, path }) => who === "anybody" && path.startsWith("/v1/")).map(({ path }) => path))(
    "may read what is public, refusals too: %s (else put `open` in front of the route)",
    async (path) => {
      expect((await call("GET", concrete(path))).headers.get("Access-Control-Allow-Origin")).toBe("*");
    },
  );

  it.each(OPERATIONS.filter(({ who }) => who !== "anybody").map(({ method, path }) => [method, path]))(
    "may read nothing that takes a token: %s %s",
    async (method, path) => {
      const answer = await call(method, concrete(path), method === "GET" ? {} : { body: {} });
      expect(answer.status).toBe(401);
      expect(answer.headers.get("Access-Control-Allow-Origin")).toBeNull();
    },
  );
});
