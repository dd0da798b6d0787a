// Pages that the browser asks for before it needs them: the one for when there is no network, and the one for browsers that are too old.
import { Hono } from "hono";
import type { OpenApp } from "../edge/app-type.ts";
import { standIn } from "../edge/page.ts";
import { problem } from "../edge/problem.ts";

export const pages = new Hono<OpenApp>()
  .get("/offline", async (c) => (await standIn(c, "offline")) ?? problem("not_found"))
  .get("/old-browser", async (c) => (await standIn(c, "old_browser")) ?? problem("not_found"));
