// A witness: cosigns a shop's session log (C2SP tlog-witness), shows its own copy of what it cosigned, takes complaints.
import * as v from "valibot";
import { parseAddCheckpoint } from "../domain/log/add-checkpoint.ts";
import { parseCheckpoint } from "../domain/log/checkpoint.ts";
import { vkeyOf } from "../domain/log/note.ts";
import { SIZE_TYPE, WITNESS_STATUS } from "../domain/log/witnessing.ts";
import { complaintInput } from "./complaint.ts";
import { bodyOf, copied, json, problem, text } from "./replies.ts";
import { type KnownLog, type Settings, SettingsError, settingsOf } from "./settings.ts";

export { LogWitness } from "./log-witness.ts";

/** 63 hashes and a checkpoint with a few dozen signatures. */
const CHECKPOINT_BYTES_MAX = 32_768;
const COMPLAINT_BYTES_MAX = 8_192;

const FILE =
  /^draws\/([a-z0-9][a-z0-9-]{0,63})\/(manifest|review|seal|result|settled|void\/operator|void\/no-seal|waves\/[1-9][0-9]{0,9})\.(json|tlog-proof)$/;

export default {
  async fetch(request, env) {
    try {
      return await answer(request, env, settingsOf(env));
    } catch (error) {
      console.error(JSON.stringify({ event: "failed", path: new URL(request.url).pathname, error: String(error) }));
      if (error instanceof SettingsError) return problem("misconfigured");
      return text("internal error\n", 500);
    }
  },
} satisfies ExportedHandler<Env>;

async function answer(request: Request, env: Env, settings: Settings): Promise<Response> {
  const { pathname } = new URL(request.url);
  const log = settings.logs.find(({ origin }) => pathname.startsWith(`/logs/${origin}/`));
  const rest = log && pathname.slice(`/logs/${log.origin}/`.length);
  const takes = pathname === "/add-checkpoint" ? ["POST"] : rest === "complaints" ? ["GET", "POST"] : ["GET"];
  const method = request.method === "HEAD" ? "GET" : request.method;
  if (method === "OPTIONS") return preflight(takes);
  if (!takes.includes(method)) return problem("method_not_allowed", { Allow: takes.join(", ") });
  if (pathname === "/add-checkpoint") return addCheckpoint(request, env, settings);
  if (pathname === "/vkey") return text(`${vkeyOf(settings.key)}\n`);
  if (pathname === "/") return json(await statusOf(env, settings));
  if (log && rest !== undefined) return ofLog(request, method, env, log, rest);
  // The verify page, where it is built; on Cloudflare a page that exists never gets here.
  const page = pathname === "/verify" ? await env.PAGES?.fetch(new Request(new URL("/verify.html", request.url))) : undefined;
  return page?.ok ? new Response(page.body, page) : problem("not_found");
}

const preflight = (takes: string[]): Response =>
  new Response(null, {
    status: 204,
    headers: {
      "Access-Control-Allow-Origin": "*",
      "Access-Control-Allow-Methods": takes.join(", "),
      "Access-Control-Allow-Headers": "Content-Type",
    },
  });

/** One object per log, named after its origin: a log that the settings do not name has none. */
const objectOf = (env: Env, { origin }: KnownLog) => env.WITNESSED.getByName(origin);

async function addCheckpoint(request: Request, env: Env, { logs }: Settings): Promise<Response> {
  const body = await bodyOf(request, CHECKPOINT_BYTES_MAX);
  if (body === undefined) return problem("too_large");
  let origin: string;
  try {
    ({ origin } = parseCheckpoint(parseAddCheckpoint(body).checkpoint));
  } catch {
    return text("unreadable\n", WITNESS_STATUS.unreadable);
  }
  const log = logs.find((known) => known.origin === origin);
  if (!log) return text("unknown log\n", WITNESS_STATUS.unknown_log);
  const cosigning = await objectOf(env, log).add(body);
  const status = WITNESS_STATUS[cosigning.verdict];
  if (cosigning.verdict === "cosign") return text(cosigning.line, status);
  if (cosigning.verdict === "conflict") return text(`${cosigning.size}\n`, status, SIZE_TYPE);
  return text(`${cosigning.verdict}\n`, status);
}

async function statusOf(env: Env, { key, by, logs }: Settings) {
  const states = await Promise.all(logs.map((log) => objectOf(env, log).state()));
  return {
    witness: vkeyOf(key),
    by,
    logs: logs.map(({ origin, key: logKey }, at) => ({
      origin,
      key: vkeyOf(logKey),
      size: states[at]?.size ?? 0,
      copied: states[at]?.copied ?? 0,
    })),
  };
}

async function ofLog(request: Request, method: string, env: Env, log: KnownLog, rest: string): Promise<Response> {
  const object = objectOf(env, log);
  if (rest === "checkpoint") {
    const { note } = await object.state();
    return note === "" ? problem("not_found") : text(note);
  }
  if (rest === "entries") return json({ newest: await object.names() });
  if (rest === "complaints") return method === "POST" ? complain(request, env, log) : json(await object.complaints());
  const [, session, file, ending] = FILE.exec(rest) ?? [];
  const copy = file && (await object.copyOf(`${session}/${file.replace("waves/", "wave/")}`));
  if (!copy) return problem("not_found");
  return ending === "json"
    ? copied(copy.bytes as Uint8Array<ArrayBuffer>, "application/json")
    : copied(copy.proof, "text/plain; charset=utf-8");
}

async function complain(request: Request, env: Env, log: KnownLog): Promise<Response> {
  const body = await bodyOf(request, COMPLAINT_BYTES_MAX);
  if (body === undefined) return problem("too_large");
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return problem("unreadable");
  }
  const parsed = v.safeParse(complaintInput, value);
  if (!parsed.success) return problem("invalid_input");
  const outcome = await objectOf(env, log).complain(parsed.output);
  if (!outcome.ok) return problem(outcome.refusal);
  const { session, leaf } = parsed.output.receipt;
  return json({ session, leaf, complaints: outcome.count }, outcome.first ? 201 : 200);
}
