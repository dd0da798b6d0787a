// npm run chains -- --origin URL --session ID --out FILE: the auditor's sample of a drawn session, opened. For the operator, who hands the
// file to the auditor and to nobody else; which entries are in it follows from public files.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { OPENED_AT_ONCE, type OpeningsReply } from "../contracts/members.ts";
import { audit, drawnOnly } from "../domain/audit/audit.ts";
import { sampleOf } from "../domain/audit/chains.ts";
import type { Chains } from "../domain/audit/chains-file.ts";
import { Broken } from "../domain/audit/reasons.ts";
import { objectBytes } from "../domain/draw/manifest.ts";
import { Client, expect } from "./play/client.ts";
import { progressBar } from "./play/progress.ts";
import { runFrom } from "./verify/run.ts";
import { site } from "./verify/sources.ts";

const USAGE = `usage: OPERATOR_TOKEN=… npm run chains -- --origin URL --session ID --out FILE

The token is one of npm run credential -- operator NAME. The file joins entries to persons' keys: give it to the auditor, under whatever binds
them, and delete it. They check it with npm run verify -- --origin URL --session ID --chains FILE.`;

const { values } = parseArgs({
  options: { origin: { type: "string" }, session: { type: "string" }, out: { type: "string" }, help: { type: "boolean" } },
});
const { origin, session, out } = values;
const token = process.env.OPERATOR_TOKEN;
if (values.help || !origin || !session || !out || !token) {
  console.error(USAGE);
  process.exit(values.help ? 0 : 2);
}

const bar = progressBar();
try {
  const recomputed = await runFrom(audit({ session }), site(origin), (step) => {
    if ("doing" in step) bar.show(step.doing, step.done, step.of);
  });
  const sample = sampleOf(drawnOnly(recomputed)).map(({ shard, index }) => ({ shard, index }));
  const operator = new Client(origin, token);
  const openings: Chains["openings"] = [];
  for (let from = 0; from < sample.length; from += OPENED_AT_ONCE) {
    bar.show("openings", from, sample.length);
    const places = sample.slice(from, from + OPENED_AT_ONCE);
    const reply = await operator.post<OpeningsReply>(`/v1/admin/sessions/${session}/openings`, { places });
    openings.push(...expect(reply, 200).openings);
  }
  bar.end();
  const file: Chains = { v: 1, type: "chains", session, manifest: recomputed.outcome.manifest, openings };
  writeFileSync(out, objectBytes(file), { mode: 0o600 });
  console.log(`${openings.length} of ${sample.length} winners of the sample are opened in ${out}. Not for the public.`);
  process.exitCode = openings.length === sample.length ? 0 : 1;
} catch (error) {
  bar.end();
  console.error(error instanceof Broken ? `${session} does not pass its audit: ${error.message}` : (error as Error).message);
  process.exitCode = 1;
}
