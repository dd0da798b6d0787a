// Whether the verify page that somebody was served is the one that the log shows to everybody.
import type { Bytes } from "../bytes.ts";
import { parseObject } from "../draw/manifest.ts";
import { parseCheckpoint } from "../log/checkpoint.ts";
import { noteText } from "../log/note.ts";
import { readPage } from "../log/page.ts";
import { logKey } from "./logged.ts";
import { CHECKPOINT, readLog } from "./published-log.ts";
import { must, reading } from "./reasons.ts";
import { type Audited, find, read } from "./step.ts";

/** `index` in the log, `s` when the log took it (Unix seconds), and whether a later entry names another page. */
export type LoggedPage = { index: number; s: number; newest: boolean };

/**
 * Finds the newest entry of the log that names a page with this SHA-256 (hex). Throws Broken where the log does not hold together or
 * has none. Witnesses are not asked for: which ones matter stands in a session's manifest, and this belongs to none.
 */
export function* auditPage(sha256: string, key?: string): Audited<LoggedPage> {
  const bytes = yield* find(CHECKPOINT);
  must(bytes !== undefined, "log-missing", CHECKPOINT, "no log is published");
  const { origin } = reading(CHECKPOINT, () => parseCheckpoint(noteText(bytes)), "checkpoint-form");
  const log = yield* readLog(bytes, {
    origin,
    key: logKey(origin, key ?? (yield* read("log/vkey"))),
    witnesses: { k: 0, keys: [] },
  });
  yield { passed: "entries, tiles and checkpoint of the log agree" };
  const pages = log.entries.flatMap((entry, index) => pageAt(entry, index));
  const found = pages.findLast((page) => page.sha256 === sha256);
  must(found !== undefined, "page-not-logged", undefined, `no entry names ${sha256}`);
  yield { passed: "the log names this page" };
  return { index: found.index, s: found.s, newest: found === pages.at(-1) };
}

function pageAt(entry: Bytes, index: number): { index: number; sha256: string; s: number }[] {
  const file = `log entry ${index}`;
  const { type } = reading(file, () => parseObject<{ type?: unknown }>(entry), "file-not-canonical");
  if (type !== "page") return [];
  const { sha256, s } = reading(file, () => readPage(entry));
  return [{ index, sha256, s }];
}
