// The session log for everybody (C2SP tlog-tiles): its key, its checkpoint, its tiles and entries.
import { Hono } from "hono";
import { settingsOf } from "../../contracts/settings.ts";
import { logKeyOf } from "../../domain/log/checkpoint.ts";
import { vkeyOf } from "../../domain/log/note.ts";
import { parseTilePath } from "../../domain/log/tiles.ts";
import type { OpenApp } from "../edge/app-type.ts";
import { problem } from "../edge/problem.ts";
import { published } from "../edge/published.ts";

const TEXT = "text/plain; charset=utf-8";
const PAGE = { type: "application/json", cache: "public, max-age=60" };

export const log = new Hono<OpenApp>()
  .get("/log/vkey", (c) => {
    const { LOG_ORIGIN, LOG_KEY } = settingsOf(c.env);
    const headers = { "Content-Type": TEXT, "Cache-Control": "public, max-age=3600", "Access-Control-Allow-Origin": "*" };
    return c.body(`${vkeyOf(logKeyOf(LOG_ORIGIN, LOG_KEY))}\n`, 200, headers);
  })
  // A checkpoint is followed by the next as soon as something happens in any session.
  .get("/log/checkpoint", (c) => published(c.env, "log/checkpoint", c.req.raw, { type: TEXT, cache: "public, max-age=1" }))
  // Which verify page is served: the newest entry that names one, and its proof.
  .get("/log/page.json", (c) => published(c.env, "log/page.json", c.req.raw, PAGE))
  .get("/log/page.tlog-proof", (c) => published(c.env, "log/page.tlog-proof", c.req.raw, { ...PAGE, type: TEXT }))
  .get("/log/:tile{tile/.+}", async (c) => {
    const tile = c.req.param("tile");
    return parseTilePath(tile) ? published(c.env, `log/${tile}`, c.req.raw) : problem("not_found");
  });
