// npm run export -- DIR: everything that a running installation has, as JSON Lines and files. docs/export.md.
import { createHash } from "node:crypto";
import { createWriteStream, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { finished } from "node:stream/promises";
import { BUCKETS, type ExportHead, type ExportPage, type FilePage } from "../contracts/carry.ts";
import { CarryError, Desk, operatorToken } from "./carry/desk.ts";
import { FILES, forAll, hashOf, type Listed, MANIFEST, type Manifest, pathOf, sha256, sheetOf } from "./carry/folder.ts";
import { optionsOr } from "./carry/options.ts";
import { EnvError } from "./local/env-file.ts";
import { progressBar } from "./play/progress.ts";

const USAGE = `usage: npm run export -- DIR [--origin http://localhost:8787] [--env FILE]
DIR is new or empty. --env FILE is the file of npm run serve; without it, OPERATOR_TOKEN of the environment; a shop of npm start needs neither.`;

/** Files asked for at once. */
const AT_ONCE = 8;

const { folder, origin, env } = optionsOr(USAGE);
const bar = progressBar();

/** Writes a collection; returns how many rows it has and the hash of the file. */
async function writeSheet(desk: Desk, to: string, name: string, expected: number): Promise<{ rows: number; sha256: string }> {
  const path = join(to, sheetOf(name));
  const hash = createHash("sha256");
  const out = createWriteStream(path);
  let rows = 0;
  let after: string | undefined;
  do {
    const query = after === undefined ? "" : `?after=${encodeURIComponent(after)}`;
    const page = await desk.json<ExportPage>("GET", `export/collections/${name}${query}`);
    const text = page.rows.map((row) => `${JSON.stringify(row)}\n`).join("");
    hash.update(text);
    if (!out.write(text)) await new Promise<void>((resolve) => out.once("drain", () => resolve()));
    rows += page.rows.length;
    after = page.after;
    bar.show(name, rows, expected);
  } while (after !== undefined);
  out.end();
  await finished(out);
  return { rows, sha256: hash.digest("hex") };
}

async function writeFiles(desk: Desk, to: string): Promise<Listed[]> {
  const found: Omit<Listed, "sha256">[] = [];
  for (const bucket of BUCKETS) {
    let cursor: string | undefined;
    do {
      const query = cursor === undefined ? "" : `?cursor=${encodeURIComponent(cursor)}`;
      const page = await desk.json<FilePage>("GET", `export/files/${bucket}${query}`);
      found.push(...page.files.map((file) => ({ bucket, ...file })));
      cursor = page.cursor;
    } while (cursor !== undefined);
  }
  const written: Listed[] = [];
  await forAll(found, AT_ONCE, async ({ bucket, key }) => {
    const bytes = await desk.file(`export/files/${bucket}/${key.split("/").map(encodeURIComponent).join("/")}`);
    const path = pathOf(to, { bucket, key });
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    written.push({ bucket, key, bytes: bytes.length, sha256: sha256(bytes) });
    bar.show("files", written.length, found.length);
  });
  const name = ({ bucket, key }: Listed) => `${bucket}/${key}`;
  return written.sort((one, other) => (name(one) < name(other) ? -1 : 1));
}

async function exportTo(to: string): Promise<void> {
  if (existsSync(to) && readdirSync(to).length > 0) throw new CarryError(`${to} is not empty`);
  const desk = new Desk(origin, await operatorToken(origin, env));
  const head = await desk.json<ExportHead>("GET", "export");
  // Members' ids are in it: nobody else's to read.
  mkdirSync(to, { recursive: true, mode: 0o700 });
  const collections: Manifest["collections"] = {};
  for (const [name, { rows, fields }] of Object.entries(head.collections)) {
    collections[name] = { ...(await writeSheet(desk, to, name, rows)), fields };
  }
  const files = await writeFiles(desk, to);
  writeFileSync(join(to, FILES), files.map((file) => `${JSON.stringify(file)}\n`).join(""));
  const after = await desk.json<ExportHead>("GET", "export");
  const moved = Object.keys(collections).filter((name) => collections[name]?.rows !== after.collections[name]?.rows);
  if (moved.length > 0) throw new CarryError(`${moved.join(", ")} changed while being read: export again into another folder`);
  const manifest: Manifest = {
    type: "fairpour-export",
    v: head.v,
    at: new Date().toISOString(),
    brand: head.brand,
    log: head.log,
    collections,
    files: { count: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0), sha256: await hashOf(join(to, FILES)) },
    live: after.live,
  };
  // Last: a folder without it is no export.
  writeFileSync(join(to, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
  bar.end();
  const rows = Object.values(collections).reduce((sum, one) => sum + one.rows, 0);
  console.log(`${rows.toLocaleString("en")} rows and ${files.length.toLocaleString("en")} files in ${to}`);
  if (after.live.length > 0) {
    console.log(`Under way: ${after.live.join(", ")}. This export can be read, but not imported: settle or void them first.`);
  }
}

try {
  await exportTo(folder);
} catch (error) {
  bar.end();
  if (!(error instanceof CarryError || error instanceof EnvError)) throw error;
  console.error(error.message);
  process.exit(1);
}
