// Whether this installation can work: its settings are whole and its database answers. For whoever watches it; a 503 says what is not so.
import { Hono } from "hono";
import { settingsOf } from "../../contracts/settings.ts";
import { answers, recordsOf } from "../../records/database.ts";
import type { OpenApp } from "../edge/app-type.ts";
import { open } from "../edge/open.ts";
import { ProblemError } from "../edge/problem.ts";
import { shared } from "../edge/shared.ts";

const SHARED_S = 1;
/** Longer than a slow database needs, shorter than watchers wait. */
const DATABASE_MS = 3_000;

export const health = new Hono<OpenApp>().get("/v1/health", open, (c) =>
  shared(c, "health", SHARED_S, async () => {
    const { BRAND } = settingsOf(c.env);
    if (await answers(recordsOf(c.env.DB, BRAND), DATABASE_MS)) return { healthy: true };
    throw new ProblemError("busy", { detail: "The database does not answer." });
  }),
);
