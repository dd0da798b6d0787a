// Calls the API on a network that may fail: a time limit, retries with jitter that honour Retry-After, refusals as data.
import { type Outcome, ok, refuse } from "../../domain/outcome.ts";
import { retryWaitMs } from "../../domain/retry.ts";
import { account, endAccount } from "./account.ts";

export type Problem = {
  kind: "problem";
  status: number;
  code: string;
  title: string;
  /** The whole problem object: some codes carry a receipt, a refusal or a hand-over. */
  body: Record<string, unknown>;
  retryAfterS?: number;
};
/** No reply: the request may have been done or not. */
export type NoReply = { kind: "network"; offline: boolean };
export type Failure = Problem | NoReply;
export type Reply = { status: number; text: string; bytes: Uint8Array };

type Options = {
  method?: "GET" | "POST";
  json?: unknown;
  tries?: number;
  /** A refusal that the caller acts on before it asks again: it is not tried again here. */
  answers?: (failure: Failure) => boolean;
  /** The same for everybody: asked for without the token, so that caches on the way may answer. */
  open?: true;
};

/** A phone in a crowd loses packets: eight seconds are long enough for three TCP retransmissions. */
const LIMIT_MS = 8000;
/** Longer waits are the person's to decide: the page then says how long. */
const WAIT_MAX_S = 15;
const PASSING = [429, 500, 502, 503, 504];

let restUntil = 0;
/** Seconds for which the shop asked this page not to look, beyond what a single call waits out. */
export const restS = (): number => Math.max(0, (restUntil - performance.now()) / 1000);

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Every call of this page may be sent twice: reads, and writes that the API defines as "the same again gets the same". */
export async function send(path: string, options: Options = {}): Promise<Outcome<Reply, Failure>> {
  const tries = options.tries ?? 3;
  for (let attempt = 1; ; attempt++) {
    const outcome = await once(path, options);
    if (outcome.ok || attempt >= tries || !mayPass(outcome.refusal) || options.answers?.(outcome.refusal)) return outcome;
    const askedS = outcome.refusal.kind === "problem" ? (outcome.refusal.retryAfterS ?? 0) : 0;
    if (askedS > WAIT_MAX_S) {
      if (options.json === undefined) restUntil = performance.now() + askedS * 1000;
      return outcome;
    }
    await sleep(retryWaitMs(askedS, attempt, Math.random));
  }
}

const mayPass = (failure: Failure): boolean => (failure.kind === "network" ? !failure.offline : PASSING.includes(failure.status));

async function once(path: string, { method, json, open }: Options): Promise<Outcome<Reply, Failure>> {
  const headers = new Headers();
  const token = path.startsWith("/v1/") && !open ? account.value?.token : undefined;
  if (token) headers.set("authorization", `Bearer ${token}`);
  if (json !== undefined) headers.set("content-type", "application/json");
  try {
    const response = await fetch(path, {
      method: method ?? (json === undefined ? "GET" : "POST"),
      headers,
      signal: AbortSignal.timeout(LIMIT_MS),
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    const text = new TextDecoder().decode(bytes);
    if (response.ok) return ok({ status: response.status, text, bytes });
    const problem = asProblem(response, text);
    if (problem.code === "unauthenticated" && token && token === account.value?.token) endAccount();
    return refuse(problem);
  } catch {
    return refuse({ kind: "network", offline: navigator.onLine === false });
  }
}

function asProblem(response: Response, text: string): Problem {
  let body: Record<string, unknown> = {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (parsed && typeof parsed === "object") body = parsed as Record<string, unknown>;
  } catch {
    // A proxy's error page: the status says enough.
  }
  const retryAfterS = Number.parseInt(response.headers.get("retry-after") ?? "", 10);
  return {
    kind: "problem",
    status: response.status,
    code: typeof body.code === "string" ? body.code : "",
    title: typeof body.title === "string" ? body.title : `HTTP ${response.status}`,
    body,
    ...(Number.isFinite(retryAfterS) ? { retryAfterS } : {}),
  };
}

export async function call<Shape>(path: string, options?: Options): Promise<Outcome<Shape, Failure>> {
  const outcome = await send(path, options);
  if (!outcome.ok) return outcome;
  try {
    return ok(JSON.parse(outcome.value.text) as Shape);
  } catch {
    return refuse({ kind: "network", offline: false });
  }
}

export const isProblem = (failure: Failure | undefined, ...codes: string[]): failure is Problem =>
  failure?.kind === "problem" && codes.includes(failure.code);
