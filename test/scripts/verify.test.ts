// npm run verify and its Python twin as commands: a site, a saved copy, what they print, how they exit.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hex, utf8 } from "../../domain/bytes.ts";
import { pageBytes } from "../../domain/log/page.ts";
import { sha256 } from "../../domain/sha256.ts";
import { PYTHON } from "../../scripts/setup/python.ts";
import type { Report } from "../../scripts/verify/report.ts";
import { outputOf } from "../support/program.ts";
import { publishedSession } from "../support/published-session.ts";

const ROOT = join(import.meta.dirname, "../..");
const OURS = [process.execPath, join(ROOT, "scripts/verify.ts")];
const THEIRS = PYTHON && [PYTHON, join(ROOT, "verifiers/python/verify.py")];
const BOTH: [name: string, program: string[]][] = [
  ["npm run verify", OURS],
  ...(THEIRS ? [["verify.py", THEIRS] as [string, string[]]] : []),
];

const PAGE = utf8("<!doctype html>the page of today");
const pageOf = (page: Uint8Array<ArrayBuffer>, s: number) => ({ name: "", bytes: pageBytes(hex(sha256(page)), s) });
const OLD_PAGE = utf8("<!doctype html>the page of yesterday");
const pages = [pageOf(OLD_PAGE, 1_700_000_000), pageOf(PAGE, 1_700_100_000)];
const { files, M } = publishedSession({ k: 2 }, {}, { entries: (honest) => [...pages, ...honest] });
const scratch = mkdtempSync(join(tmpdir(), "fairpour-verify-command-"));
let site: Server;
let origin: string;

beforeAll(async () => {
  site = createServer((request, response) => {
    const path = (request.url ?? "").slice(1);
    const bytes = path === "verify" ? PAGE : files.get(path);
    response.writeHead(bytes ? 200 : path.includes("broken-1") ? 500 : 404).end(bytes);
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
});

afterAll(async () => {
  await new Promise((resolve) => site.close(resolve));
  rmSync(scratch, { recursive: true });
});

function saved(name: string, published: Map<string, Uint8Array>): string {
  for (const [path, bytes] of published) {
    const file = join(scratch, name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  return join(scratch, name);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => relative(folder, path).replaceAll("\\", "/"))
    .sort();
}

describe("both commands", () => {
  it("say the same of a site, and of what one of them saved from it", async () => {
    const copy = join(scratch, "saved");
    const ours = await outputOf(OURS, "--origin", origin, "--session", "small-1", "--save", copy, "--json");
    const report = JSON.parse(ours.stdout) as Report;
    expect(report).toMatchObject({ verdict: "valid", session: "small-1", manifest: hex(M), counts: { entries: 8 } });
    expect(filesBelow(copy)).toEqual([...files.keys()].sort());
    for (const [, program] of BOTH) {
      for (const where of [
        ["--origin", origin, "--session", "small-1"],
        ["--dir", copy],
      ]) {
        const { stdout, code } = await outputOf(program, ...where, "--json");
        expect(code).toBe(0);
        expect(JSON.parse(stdout)).toMatchObject({ verdict: "valid", manifest: hex(M), checks: report.checks });
      }
    }
  }, 60_000);

  it.each(BOTH)(
    "%s ends its text with the verdict and never calls a draw fair",
    async (_, program) => {
      const { stdout, code } = await outputOf(program, "--origin", origin, "--session", "small-1");
      expect(code).toBe(0);
      expect(stdout).toContain("✓ the winners are the ones that seal and beacon give");
      expect(stdout).toContain("The winners follow from the sealed entries and public randomness.");
      expect(stdout).toContain("Whether every entrant is a real person rests on");
      expect(stdout).not.toMatch(/\bfair\b/i);
    },
    60_000,
  );

  it.each(BOTH)(
    "%s names what is wrong and exits with 1",
    async (_, program) => {
      const { stdout, code } = await outputOf(program, "--origin", origin, "--session", "small-1", "--manifest", "00".repeat(32));
      expect(code).toBe(1);
      expect(stdout).toContain("✗ plan-changed (draws/small-1/manifest.json): ");
      expect(stdout.trimEnd().endsWith("NOT valid.")).toBe(true);
    },
    60_000,
  );

  it.each(BOTH)(
    "%s prints nothing that moves the reader's cursor",
    async (_, program) => {
      const { files: hostile } = publishedSession({}, { manifest: (honest) => ({ ...honest, fallback: "\u001b[2J\u009b" }) });
      const { stdout, code } = await outputOf(program, "--dir", saved("hostile", hostile));
      expect(code).toBe(1);
      expect(stdout).toContain("✗ fallback (draws/small-1/manifest.json): falls back to ?[2J?\n");
    },
    60_000,
  );

  it.each(
    BOTH.flatMap(([name, program]) => [
      [name, "a site that answers with an error", program, ["--origin", "ORIGIN", "--session", "broken-1"]] as const,
      [name, "a site that is not there", program, ["--origin", "http://127.0.0.1:1", "--session", "small-1"]] as const,
      [name, "a folder without a session", program, ["--dir", ROOT]] as const,
      [name, "a site without a session", program, ["--origin", "ORIGIN"]] as const,
      [name, "a session that no site can have", program, ["--origin", "ORIGIN", "--session", "../small-1"]] as const,
      [name, "a checkpoint that is not there", program, ["--origin", "ORIGIN", "--session", "small-1", "--seen", "none"]] as const,
      [name, "an option that is none", program, ["--fair"]] as const,
      [name, "nothing", program, []] as const,
    ]),
  )(
    "%s exits with 2 when it can say nothing: %s",
    async (_, _what, program, args) => {
      const { stdout, stderr, code } = await outputOf(program, ...args.map((arg) => (arg === "ORIGIN" ? origin : arg)));
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).not.toMatch(/Traceback|\n\s+at /);
      expect(stderr).not.toBe("");
    },
    60_000,
  );
});

describe("npm run verify -- --page", () => {
  const pageFile = (name: string, bytes: Uint8Array): string => join(saved("pages", new Map([[name, bytes]])), name);

  it.each([
    ["the one that the site serves", (): string => "served", { index: 4, s: 1_700_100_000, newest: true }],
    ["one that was saved", (): string => pageFile("old.html", OLD_PAGE), { index: 3, s: 1_700_000_000, newest: false }],
  ] as const)("finds in the log %s", async (_, page, expected) => {
    const { stdout, code } = await outputOf(OURS, "--origin", origin, "--page", page(), "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: "valid", ...expected });
  });

  it("says that a page which only one reader was given is not in the log", async () => {
    const { stdout, code } = await outputOf(OURS, "--origin", origin, "--page", pageFile("mine.html", utf8("for you alone")));
    expect(code).toBe(1);
    expect(stdout).toContain("✗ page-not-logged");
    expect(stdout).toContain("do not trust what it says");
  });

  it("can say nothing without the page", async () => {
    const { stdout, code } = await outputOf(OURS, "--origin", origin, "--page", join(scratch, "none.html"));
    expect([code, stdout]).toEqual([2, ""]);
  });
});
