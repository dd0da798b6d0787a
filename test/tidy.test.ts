// Style as a test: what Biome cannot say about the sources, and that Biome's import rules hold the line that house style draws.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { parseSync } from "vite";
import { describe, expect, it } from "vitest";

const ROOT = dirname(import.meta.dirname);
const NOT_OURS = new Set(["node_modules", "dist", "coverage"]);

/** Every file of the project as a path below its root, always with forward slashes. */
function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    if (NOT_OURS.has(entry.name) || (entry.name.startsWith(".") && entry.isDirectory())) return [];
    const path = posix.join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

const FILES = filesBelow(".");
const isIn = (path: string, ...folders: string[]) => folders.some((folder) => path.startsWith(`${folder}/`));

type Node = { type: string; start: number; end: number; value?: unknown; [key: string]: unknown };
type Source = { path: string; text: string; code: string; nodes: { node: Node; parent: Node | undefined }[]; imports: string[] };

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "type" in value && "start" in value;

function nodesOf(node: Node, parent?: Node): Source["nodes"] {
  const children = Object.values(node).flat().filter(isNode);
  return [{ node, parent }, ...children.flatMap((child) => nodesOf(child, node))];
}

const isText = ({ type, value }: Node) =>
  type === "TemplateElement" || type === "JSXText" || (type === "Literal" && typeof value !== "number");
const textOf = ({ type, value }: Node) => (type === "TemplateElement" ? (value as { raw: string }).raw : String(value));

/** Blanks out a stretch, keeping every line where it is. */
const blank = (text: string, { start, end }: { start: number; end: number }) =>
  text.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, " ") + text.slice(end);

function parse(path: string): Source {
  const text = readFileSync(join(ROOT, path), "utf8");
  const { program, comments, module } = parseSync(path, text);
  const nodes = nodesOf(program as unknown as Node);
  const code = [...comments, ...nodes.map(({ node }) => node).filter(isText)].reduce(blank, text);
  const exported = module.staticExports.flatMap(({ entries }) => entries.map(({ moduleRequest }) => moduleRequest?.value));
  const dynamic = nodes.filter(({ node }) => node.type === "ImportExpression").map(({ node }) => (node.source as Node).value);
  const imports = [...module.staticImports.map(({ moduleRequest }) => moduleRequest.value), ...exported, ...dynamic];
  return { path, text, code, nodes, imports: imports.filter((name) => typeof name === "string") };
}

const SOURCES = FILES.filter((path) => /\.(ts|tsx|mjs)$/.test(path) && !path.endsWith(".d.ts")).map(parse);
const BY_PATH = new Map(SOURCES.map((source) => [source.path, source]));

const at = (source: Source, offset: number) => `${source.path}:${source.text.slice(0, offset).split("\n").length}`;

/** Where a pattern stands in the code, comments and texts left out. */
const occurrences = (source: Source, pattern: RegExp) =>
  [...source.code.matchAll(pattern)].map((match) => `${at(source, match.index)} ${match[0].trim()}`);

/** The source file that a relative name means. */
function resolve(importer: string, name: string): string | undefined {
  if (!name.startsWith(".")) return undefined;
  const path = posix.join(posix.dirname(importer), name.replace(/\?.*$/, ""));
  return BY_PATH.has(path) ? path : undefined;
}

const importsOf = (source: Source) => source.imports.flatMap((name) => resolve(source.path, name) ?? []);

/** Beside its imports: `new URL("./x.ts", …)`, a path handed to Vite or Miniflare, and whatever else names a file in a text. */
function mentionsOf(source: Source): string[] {
  const texts = source.nodes.map(({ node }) => node).filter((node) => node.type === "Literal" || node.type === "TemplateElement");
  return texts.flatMap((node) => {
    const name = textOf(node).replace(/^\//, "");
    return resolve(source.path, name) ?? (BY_PATH.has(name) ? name : []);
  });
}

describe("every source file", () => {
  it("starts with a line that says what it is for", () => {
    const first = ({ text }: Source) => text.split("\n").find((line) => !line.startsWith("#!")) ?? "";
    const silent = SOURCES.filter((source) => !/^\/\/ (?!@|biome-)\S+ \S+ \S+/.test(first(source)));
    expect(silent.map((source) => `${source.path}:1 ${first(source)}`)).toEqual([]);
  });

  it("has at most 300 lines", () => {
    // What is made from other files is read by nobody from top to bottom.
    const made = ["clients/typescript/src/types.ts"];
    const measured = FILES.filter(
      (path) => /\.(ts|tsx|mjs|js|css|sql|html)$/.test(path) && !isIn(path, "test") && !path.endsWith(".d.ts"),
    ).filter((path) => !made.includes(path));
    const lines = (path: string) => readFileSync(join(ROOT, path), "utf8").trimEnd().split("\n").length;
    expect(measured.filter((path) => lines(path) > 300).map((path) => `${path}:301 of ${lines(path)}`)).toEqual([]);
  });

  it("can be reached from an entry", () => {
    const mains = FILES.filter((path) => /(^|\/)wrangler[^/]*\.toml$/.test(path)).flatMap((path) => {
      const main = /^main\s*=\s*"(.+)"/m.exec(readFileSync(join(ROOT, path), "utf8"))?.[1];
      return main ? [posix.join(posix.dirname(path), main)] : [];
    });
    const pages = FILES.filter((path) => isIn(path, "web") && path.endsWith(".html")).flatMap((path) => {
      const scripts = [...readFileSync(join(ROOT, path), "utf8").matchAll(/\bsrc="([^"]+)"/g)].map((match) => match[1] ?? "");
      return scripts.map((src) => (src.startsWith("/") ? posix.join("web", src) : posix.join(posix.dirname(path), src)));
    });
    const isEntry = (path: string) =>
      /^scripts\/[^/]+$/.test(path) ||
      /\.config\.(ts|mjs)$/.test(path) ||
      isIn(path, "test", "bench", "witness", "packs", "clients");
    const entries = [
      "workers/index.ts",
      "workers/local.ts",
      ...mains,
      ...pages,
      ...SOURCES.map(({ path }) => path).filter(isEntry),
    ];

    const reached = new Set<string>();
    for (const queue = [...entries]; queue.length > 0; ) {
      const source = BY_PATH.get(queue.pop() ?? "");
      if (!source || reached.has(source.path)) continue;
      reached.add(source.path);
      queue.push(...importsOf(source), ...mentionsOf(source));
    }
    expect(SOURCES.filter(({ path }) => !reached.has(path)).map(({ path }) => `${path}:1`)).toEqual([]);
  });

  it("is in no import cycle", () => {
    const cycles: string[] = [];
    const done = new Set<string>();
    const visit = (path: string, trail: string[]) => {
      if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(" -> "));
      if (done.has(path) || trail.includes(path)) return;
      const source = BY_PATH.get(path);
      for (const next of source ? importsOf(source) : []) visit(next, [...trail, path]);
      done.add(path);
    };
    for (const { path } of SOURCES) visit(path, []);
    expect(cycles).toEqual([]);
  });
});

describe("each folder keeps to what it is for", () => {
  const IMPURE = /\basync\b|\bawait\b|\bDate\.now\b|\bnew Date\(|\bMath\.random\b|\bgetRandomValues\b|\brandomUUID\b|\bfetch\(/g;

  it("domain/ has no clock, no chance and no waiting", () => {
    expect(SOURCES.filter(({ path }) => isIn(path, "domain")).flatMap((source) => occurrences(source, IMPURE))).toEqual([]);
  });

  it("durable-objects/ hides with #private only, because a TypeScript private method answers over RPC", () => {
    const objects = SOURCES.filter(({ path }) => isIn(path, "durable-objects"));
    expect(objects.flatMap((source) => occurrences(source, /\b(?:private|protected)\b(?=\s+[\w#[*])/g))).toEqual([]);
  });

  it("4xx and 5xx stand in contracts/problems/ only", () => {
    const places = SOURCES.filter(
      ({ path }) => isIn(path, "workers", "durable-objects", "contracts") && !isIn(path, "contracts/problems"),
    );
    const isStatus = ({ type, value }: Node) =>
      type === "Literal" && Number.isInteger(value) && Number(value) >= 400 && Number(value) <= 511;
    // A number that is given a name is a limit of that name: const RETRY_MS = 500.
    const isNamed = (parent?: Node) => parent?.type === "VariableDeclarator" && !/status/i.test(String((parent.id as Node).name));
    const found = places.flatMap((source) =>
      source.nodes
        .filter(({ node, parent }) => isStatus(node) && !isNamed(parent))
        .map(({ node }) => `${at(source, node.start)} ${node.value}`),
    );
    expect(found).toEqual([]);
  });

  it("SQL stands in records/, durable-objects/, witness/, migrations/ and what sets a database up", () => {
    const SQL =
      /\b(SELECT\s[\s\S]*\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|(CREATE|DROP|ALTER)\s+(TABLE|INDEX|VIEW)|PRAGMA)\s/;
    const places = SOURCES.filter(
      ({ path }) => !isIn(path, "records", "durable-objects", "migrations", "scripts/local", "witness", "bench", "test"),
    );
    const found = places.flatMap((source) =>
      source.nodes.flatMap(({ node }) => {
        // A template as a whole, so that SELECT ${columns} FROM is seen.
        if (node.type !== "TemplateLiteral" && !(node.type === "Literal" && typeof node.value === "string")) return [];
        const text = source.text.slice(node.start, node.end);
        return SQL.test(text) ? [`${at(source, node.start)} ${text.slice(0, 60)}`] : [];
      }),
    );
    expect(found).toEqual([]);
  });
});

describe("imports point one way", () => {
  /** Importer, what it imports, and whether it may. */
  const LINES: [importer: string, name: string, may: "may" | "may not"][] = [
    ["domain/draw/a.ts", "../bytes.ts", "may"],
    ["domain/draw/b.ts", "@noble/hashes/sha2.js", "may"],
    ["domain/c.ts", "../contracts/basics.ts", "may not"],
    ["domain/draw/d.ts", "../../records/orders.ts", "may not"],
    ["domain/e.ts", "node:fs", "may not"],
    ["domain/f.ts", "cloudflare:workers", "may not"],
    ["contracts/a.ts", "../domain/bytes.ts", "may"],
    ["contracts/b.ts", "valibot", "may"],
    ["contracts/c.ts", "../records/orders.ts", "may not"],
    ["records/a.ts", "../contracts/orders.ts", "may"],
    ["records/b.ts", "drizzle-orm/sqlite-core", "may"],
    ["records/c.ts", "../workers/app.ts", "may not"],
    ["records/d.ts", "../durable-objects/outbox.ts", "may not"],
    ["records/e.ts", "hono", "may not"],
    ["durable-objects/a.ts", "../records/apply.ts", "may"],
    ["durable-objects/b.ts", "../migrations/session/0001.sql", "may"],
    ["durable-objects/c.ts", "cloudflare:workers", "may"],
    ["durable-objects/session/d.ts", "../../workers/edge/reach.ts", "may not"],
    ["durable-objects/e.ts", "drizzle-orm", "may not"],
    ["workers/shop/a.ts", "hono/cors", "may"],
    ["workers/shop/b.ts", "../../records/orders.ts", "may"],
    ["workers/shop/c.ts", "../../durable-objects/outbox.ts", "may not"],
    ["workers/app.ts", "../durable-objects/outbox.ts", "may not"],
    ["workers/index.ts", "../durable-objects/outbox.ts", "may"],
    ["workers/local.ts", "../durable-objects/outbox.ts", "may"],
    ["workers/d.ts", "drizzle-orm/d1", "may not"],
    ["workers/e.ts", "../web/shop/app.tsx", "may not"],
    ["web/shop/a.tsx", "../../contracts/orders.ts", "may"],
    ["web/shop/b.tsx", "../../domain/draw/rank.ts", "may"],
    ["web/shop/c.tsx", "../../workers/app.ts", "may not"],
    ["web/d.tsx", "../records/orders.ts", "may not"],
    ["web/e.tsx", "hono/client", "may not"],
    ["scripts/a.ts", "../domain/bytes.ts", "may"],
    ["scripts/b.ts", "../test/helpers.ts", "may not"],
    ["scripts/c.ts", "../bench/load.ts", "may not"],
    ["scripts/bench.ts", "../bench/load.ts", "may"],
    ["bench/a.ts", "hono", "may"],
    ["bench/b.ts", "../test/helpers.ts", "may not"],
    ["witness/a.ts", "../domain/bytes.ts", "may"],
    ["clients/typescript/src/a.ts", "./types.ts", "may"],
    ["clients/typescript/src/b.ts", "../../../contracts/orders.ts", "may not"],
    ["clients/typescript/src/c.ts", "../../../domain/bytes.ts", "may not"],
    ["clients/typescript/src/d.ts", "node:crypto", "may not"],
    ["test/a.test.ts", "../workers/app.ts", "may"],
  ];

  it("Biome refuses every import against the direction and lets every other one pass", () => {
    const folder = mkdtempSync(join(tmpdir(), "fairpour-imports-"));
    for (const [importer, name] of LINES) {
      mkdirSync(join(folder, dirname(importer)), { recursive: true });
      writeFileSync(join(folder, importer), `import "${name}";\n`);
    }
    cpSync(join(ROOT, "biome.json"), join(folder, "biome.json"));
    const biome = join(ROOT, "node_modules/@biomejs/biome/bin/biome");
    const options = ["lint", "--only=style/noRestrictedImports", "--max-diagnostics=none", "--reporter=json"];
    const { stdout, stderr } = spawnSync(process.execPath, [biome, ...options], { cwd: folder, encoding: "utf8" });
    rmSync(folder, { recursive: true });
    expect(stdout, stderr).toContain('"diagnostics"');
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { category: string; location: { path: string } }[] };
    const refused = new Set(
      diagnostics.filter(({ category }) => category.endsWith("noRestrictedImports")).map(({ location }) => location.path),
    );
    expect(LINES.map(([importer, name]) => [importer, name, refused.has(importer) ? "may not" : "may"])).toEqual(LINES);
  });
});
