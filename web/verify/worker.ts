// The verify page's worker: one entrant's proof, or a whole session.
import { makeJob } from "../check/job.ts";
import type { Ask } from "../check/messages.ts";
import { auditSession } from "./audit.ts";
import type { AuditAsk } from "./audit-messages.ts";

const job = makeJob((told) => postMessage(told));

addEventListener("message", ({ data }: MessageEvent<Ask | AuditAsk>) => {
  if ("session" in data) void auditSession(data, (told) => postMessage(told));
  else job(data);
});
