// npm run import -- DIR: an export into an installation that has nothing yet. Everything is checked before anything is sent. docs/export.md.
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import {
  type DraftsReply,
  EXPORT_V,
  type FilePage,
  type ImportEnd,
  type ImportInput,
  type ImportState,
  PAGE_BYTES_MAX,
} from "../contracts/carry.ts";
import { CarryError, Desk, operatorToken } from "./carry/desk.ts";
import { FILES, forAll, hashOf, type Listed, linesOf, MANIFEST, type Manifest, pathOf, sha256, sheetOf } from "./carry/folder.ts";
import { optionsOr } from "./carry/options.ts";
import { EnvError } from "./local/env-file.ts";
import { progressBar } from "./play/progress.ts";

const USAGE = `usage: npm run import -- DIR [--origin http://localhost:8787] [--env FILE]
DIR was made by npm run export. The installation has nothing yet, and the same BRAND, LOG_ORIGIN and LOG_KEY. Cut off, run it again: it goes on.`;

/** Files sent at once. */
const AT_ONCE = 8;
/** Bytes of rows in one request, with room for what stands around them. */
const ROWS_BYTES_MAX = PAGE_BYTES_MAX / 2;
const ROWS_MAX = 5_000;

const { folder, origin, env } = optionsOr(USAGE);
const bar = progressBar();

type Checked = { manifest: Manifest; hash: string; files: Listed[] };

/** The folder, if it is whole: every file has the hash that the manifest gives it, every row the fields of its collection. */
async function check(from: string): Promise<Checked> {
  const path = join(from, MANIFEST);
  if (!existsSync(path)) throw new CarryError(`${path} is not there: this is no export, or one that was cut off`);
  const text = readFileSync(path, "utf8");
  const manifest = JSON.parse(text) as Manifest;
  if (manifest.type !== "fairpour-export" || manifest.v !== EXPORT_V) throw new CarryError(`${path} is not of version ${EXPORT_V}`);
  const must = async (name: string, hash: string) => {
    const file = join(from, name);
    if (!existsSync(file) || (await hashOf(file)) !== hash) throw new CarryError(`${file} is not what the manifest says`);
  };
  for (const [name, { sha256: hash, rows, fields }] of Object.entries(manifest.collections)) {
    await must(sheetOf(name), hash);
    const wanted = fields.map(({ field }) => field).join();
    let number = 0;
    for await (const line of linesOf(join(from, sheetOf(name)))) {
      number++;
      if (Object.keys(JSON.parse(line) as object).join() !== wanted)
        throw new CarryError(`${sheetOf(name)}:${number} has other fields than the manifest says`);
    }
    if (number !== rows) throw new CarryError(`${sheetOf(name)} has ${number} rows, the manifest says ${rows}`);
    bar.show("checking", 0, 0);
  }
  await must(FILES, manifest.files.sha256);
  const files: Listed[] = [];
  for await (const line of linesOf(join(from, FILES))) files.push(JSON.parse(line) as Listed);
  let done = 0;
  await forAll(files, AT_ONCE, async (file) => {
    const at = pathOf(from, file);
    if (!existsSync(at) || statSync(at).size !== file.bytes || (await hashOf(at)) !== file.sha256)
      throw new CarryError(`${at} is not what ${FILES} says`);
    bar.show("checking files", ++done, files.length);
  });
  return { manifest, hash: sha256(text), files };
}

async function sendFiles(desk: Desk, from: string, files: Listed[]): Promise<void> {
  let done = 0;
  const there = new Map<string, number>();
  for (const bucket of ["files", "archive"]) {
    for (let cursor: string | undefined = ""; cursor !== undefined; ) {
      const page: FilePage = await desk.json("GET", `export/files/${bucket}${cursor && `?cursor=${encodeURIComponent(cursor)}`}`);
      for (const { key, bytes } of page.files) there.set(`${bucket}/${key}`, bytes);
      cursor = page.cursor;
    }
  }
  await forAll(files, AT_ONCE, async (file) => {
    const name = `${file.bucket}/${file.key}`;
    // An import that goes on does not send again what is there: a put is whole or nothing.
    if (there.get(name) !== file.bytes) {
      const path = name.split("/").map(encodeURIComponent).join("/");
      await desk.put(`imports/files/${path}`, new Uint8Array(readFileSync(pathOf(from, file))));
    }
    bar.show("files", ++done, files.length);
  });
}

async function sendRows(desk: Desk, from: string, name: string, rows: number, arrived: number): Promise<void> {
  let at = 0;
  let next = arrived;
  let page: string[] = [];
  let bytes = 0;
  const send = async () => {
    if (page.length === 0) return;
    const body = { from: next, rows: page.map((line) => JSON.parse(line) as object) };
    ({ arrived: next } = await desk.json<{ arrived: number }>("PUT", `imports/${name}/rows`, body));
    page = [];
    bytes = 0;
    bar.show(name, next, rows);
  };
  for await (const line of linesOf(join(from, sheetOf(name)))) {
    if (at++ < arrived) continue;
    const length = Buffer.byteLength(line);
    if (bytes + length > ROWS_BYTES_MAX || page.length === ROWS_MAX) await send();
    page.push(line);
    bytes += length;
  }
  await send();
  await desk.json("POST", `imports/${name}/commit`, {});
}

async function importFrom(from: string): Promise<void> {
  const { manifest, hash, files } = await check(from);
  const desk = new Desk(origin, await operatorToken(origin, env));
  const wanted: ImportInput = {
    export: hash,
    v: manifest.v,
    brand: manifest.brand,
    log: manifest.log,
    collections: Object.fromEntries(
      Object.entries(manifest.collections).map(([name, { rows, fields }]) => [
        name,
        { rows, fields: fields.map(({ field }) => field) },
      ]),
    ),
    live: manifest.live,
  };
  const state = await desk.json<ImportState>("POST", "imports", wanted);
  await sendFiles(desk, from, files);
  for (const [name, { rows }] of Object.entries(manifest.collections)) {
    const { arrived, done } = state.collections[name] ?? { arrived: 0, done: false };
    if (!done) await sendRows(desk, from, name, rows, arrived);
  }
  for (let after: string | undefined = ""; after !== undefined; ) {
    const reply: DraftsReply = await desk.json("POST", "imports/drafts", { after });
    for (const { session, code } of reply.refused) console.error(`The draft ${session} arrived as its plan only: ${code}`);
    after = reply.after;
  }
  const { log } = await desk.json<ImportEnd>("POST", "imports/finish", {});
  bar.end();
  const rows = Object.values(manifest.collections).reduce((sum, one) => sum + one.rows, 0);
  console.log(
    `${rows.toLocaleString("en")} rows and ${files.length.toLocaleString("en")} files imported; the log goes on at entry ${log.size}`,
  );
}

try {
  await importFrom(folder);
} catch (error) {
  bar.end();
  if (!(error instanceof CarryError || error instanceof EnvError)) throw error;
  console.error(error.message);
  process.exit(1);
}
