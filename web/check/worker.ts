// The worker that checks: pairings and ten thousands of hashes stay off the page's own thread.
import { makeJob } from "./job.ts";
import type { Ask } from "./messages.ts";

const job = makeJob((told) => postMessage(told));

addEventListener("message", ({ data }: MessageEvent<Ask>) => job(data));
