// Puts the hash of the verify page that this build serves into the log, where everybody sees the same value.
import { settingsOf } from "../contracts/settings.ts";
import { hashInLine } from "../domain/log/page.ts";
import { recordsOf } from "../records/database.ts";
import { hasBegun } from "../records/import.ts";
import { logObject } from "./edge/reach.ts";

/** The build writes it beside the page. */
const HASH_FILE = "https://pages/verify.html.sha256";

/** What this isolate knows to be in the log and published. */
let logged: string | undefined;

/** To be called again and again: the log takes a hash once, and witnesses may be away. */
export async function logVerifyPage(env: Env): Promise<void> {
  const response = await env.ASSETS.fetch(HASH_FILE);
  const sha256 = response.ok ? hashInLine(await response.text()) : undefined;
  // A build without pages serves none.
  if (sha256 === undefined || sha256 === logged) return;
  // A shop that has nothing yet signs nothing: it may be about to get what another one has, whose log goes on here.
  if (!(await hasBegun(recordsOf(env.DB, settingsOf(env).BRAND)))) return;
  const outcome = await logObject(env).page(sha256);
  if (outcome.ok && outcome.value) logged = sha256;
}
