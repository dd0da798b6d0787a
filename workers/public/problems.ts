// The page behind every problem's `type`: what each code means.
import { Hono } from "hono";
import { html, raw } from "hono/html";
import { PROBLEMS } from "../../contracts/problems.ts";
import type { OpenApp } from "../edge/app-type.ts";

const STYLE =
  "body{font:16px/1.5 system-ui;max-width:46rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}code{font-size:1.05em}";

export const problems = new Hono<OpenApp>().get("/problems", (c) =>
  c.html(
    html`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Problems</title><style>${raw(STYLE)}</style>
<h1>Problems</h1><p>Every refusal is <code>application/problem+json</code> with one of these codes.</p>
${Object.entries(PROBLEMS).map(([code, { status, title, explanation }]) => html`<h2 id="${code}">${title}</h2><p><code>${code}</code>, status ${status}. ${explanation}</p>`)}</html>`,
    200,
    { "Cache-Control": "public, max-age=3600" },
  ),
);
