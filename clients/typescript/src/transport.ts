// One request until it is answered: a token, a time limit, and the shop's own word when to come back.
import { Problem, type ProblemBody } from "./problem.ts";

export type Token = string | (() => string | Promise<string>);

export type Options = {
  /** Where the shop is, for example https://shop.example. */
  url: string;
  /** The access token, or what gives one: it is asked before each attempt. */
  token?: Token;
  /** Attempts while the shop says "come back" or does not answer. 6 unless said. */
  tries?: number;
  /** Milliseconds that one attempt may take. 10,000 unless said. */
  timeoutMs?: number;
  fetch?: typeof fetch;
  /** For tests. */
  sleep?: (ms: number) => Promise<void>;
};

export type Request = {
  method?: "GET" | "POST" | "PUT";
  path: string;
  query?: { [name: string]: string | number | undefined };
  body?: unknown;
  /** False for the few requests that do something new each time: without a reply they are not sent again. */
  repeatable?: boolean;
};

/** `text` is the reply's exact text: receipts are checked by their bytes. */
export type Reply<Body> = { status: number; body: Body; text: string };

const PASSING = [429, 502, 503, 504];

/** What was asked for and up to half of it more, so that a crowd does not come back as one; and some more with each attempt. */
const waitMs = (askedS: number, attempt: number): number =>
  askedS * 1000 * (1 + Math.random() / 2) + Math.random() * 500 * 2 ** attempt;

export class Transport {
  readonly #options: Options;
  readonly #origin: string;

  constructor(options: Options) {
    this.#options = options;
    this.#origin = options.url.replace(/\/+$/, "");
  }

  async send<Body>(request: Request): Promise<Reply<Body>> {
    const { tries = 6, sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) } = this.#options;
    let body = request.body;
    for (let attempt = 1; ; attempt++) {
      let askedS = 0;
      try {
        const response = await this.#once({ ...request, body });
        const text = await response.text();
        if (response.ok) return { status: response.status, body: parsed(response, text) as Body, text };
        const problem = problemOf(response, text);
        if (!PASSING.includes(problem.status) || attempt >= tries) throw problem;
        askedS = problem.retryAfterS ?? 1;
        // Whoever is shed gets a ticket, sends it along from then on, and keeps the place that it stands for.
        const { overload } = problem.body;
        if (typeof overload === "string") body = { ...(body as object), overload };
      } catch (error) {
        if (error instanceof Problem || attempt >= tries || request.repeatable === false) throw error;
      }
      await sleep(waitMs(askedS, attempt));
    }
  }

  /** A published file's bytes; undefined while it is not there. */
  async file(path: string): Promise<Uint8Array | undefined> {
    const { tries = 6 } = this.#options;
    for (let attempt = 1; ; attempt++) {
      const response = await this.#once({ path });
      if (response.ok) return new Uint8Array(await response.arrayBuffer());
      const problem = problemOf(response, await response.text());
      if (problem.status === 404) return undefined;
      if (!PASSING.includes(problem.status) || attempt >= tries) throw problem;
      await (this.#options.sleep?.(1000) ?? new Promise((resolve) => setTimeout(resolve, 1000)));
    }
  }

  async #once({ method = "GET", path, query = {}, body }: Request): Promise<Response> {
    const { token, timeoutMs = 10_000, fetch: ask = fetch } = this.#options;
    const headers: Record<string, string> = {};
    const bearer = typeof token === "function" ? await token() : token;
    if (bearer) headers.Authorization = `Bearer ${bearer}`;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const wanted = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
    const search = wanted.length ? `?${new URLSearchParams(wanted)}` : "";
    return ask(`${this.#origin}${path}${search}`, {
      method,
      headers,
      signal: AbortSignal.timeout(timeoutMs),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
}

const parsed = (response: Response, text: string): unknown =>
  response.headers.get("Content-Type")?.includes("json") ? JSON.parse(text) : undefined;

function problemOf(response: Response, text: string): Problem {
  const after = Number.parseInt(response.headers.get("Retry-After") ?? "", 10);
  const retryAfterS = Number.isFinite(after) ? after : undefined;
  const { status } = response;
  try {
    const body = JSON.parse(text) as ProblemBody;
    if (typeof body.code === "string") return new Problem(body, retryAfterS);
  } catch {
    // Not the shop but something in front of it.
  }
  const body: ProblemBody = { type: "about:blank", title: `HTTP ${status}`, status, code: "internal", detail: text.slice(0, 200) };
  return new Problem(body, retryAfterS);
}
