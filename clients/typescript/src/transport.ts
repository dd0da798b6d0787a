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

/** Where an operation is, and what is special about it. */
export type Route = {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** `{name}` is one part of the address, `{+name}` may be several. */
  path: string;
  /** Media type of a body that is text or bytes. */
  takes?: string;
  /** JSON unless said. */
  gives?: "text" | "bytes";
  /** Does something new each time: without the shop's word that nothing was done it is not sent again. */
  once?: true;
};

export type Input = {
  params?: { [name: string]: string | number };
  query?: { [name: string]: string | number | undefined };
  body?: unknown;
};

export type Reply<Body> = { status: number; body: Body };

/** "Come back", of the shop or of what stands in front of it. */
const PASSING = [429, 502, 503, 504];
/** Those of them after which nothing was done. */
const UNDONE = [429, 503];

const JSON_TYPE = "application/json";

const isRaw = (body: unknown): body is string | Uint8Array => typeof body === "string" || body instanceof Uint8Array;

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

  async send<Body>(route: Route, input: Input): Promise<Reply<Body>> {
    const { tries = 6, sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) } = this.#options;
    const url = this.#origin + addressOf(route.path, input);
    const passing = route.once ? UNDONE : PASSING;
    let { body } = input;
    for (let attempt = 1; ; attempt++) {
      let askedS = 0;
      try {
        const response = await this.#once(route, url, body);
        if (response.ok) return { status: response.status, body: (await bodyOf(response, route)) as Body };
        const problem = problemOf(response, await response.text());
        if (!passing.includes(problem.status) || attempt >= tries) throw problem;
        askedS = problem.retryAfterS ?? 1;
        // Whoever is shed gets a ticket, sends it along from then on, and keeps the place that it stands for.
        const { overload } = problem.body;
        if (typeof overload === "string" && !isRaw(body)) body = { ...(body as object), overload };
      } catch (error) {
        if (error instanceof Problem || attempt >= tries || route.once) throw error;
      }
      await sleep(waitMs(askedS, attempt));
    }
  }

  async #once({ method, takes = JSON_TYPE }: Route, url: string, body: unknown): Promise<Response> {
    const { token, timeoutMs = 10_000, fetch: ask = fetch } = this.#options;
    const headers: Record<string, string> = {};
    const bearer = typeof token === "function" ? await token() : token;
    if (bearer) headers.Authorization = `Bearer ${bearer}`;
    if (body !== undefined) headers["Content-Type"] = isRaw(body) ? takes : JSON_TYPE;
    return ask(url, {
      method,
      headers,
      signal: AbortSignal.timeout(timeoutMs),
      ...(body === undefined ? {} : { body: isRaw(body) ? (body as BodyInit) : JSON.stringify(body) }),
    });
  }
}

/** Each parameter stays where it is put: a slash in one is no new part, and an empty one or dots, which would lead elsewhere, are an error. */
function addressOf(path: string, { params = {}, query = {} }: Input): string {
  const wanted = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  const search = wanted.length ? `?${new URLSearchParams(wanted)}` : "";
  const filled = path.replace(/\{(\+?)(\w+)\}/g, (_, long: string, name: string) => {
    const value = String(params[name] ?? "");
    const parts = long ? value.split("/") : [value];
    if (parts.some((part) => /^\.{0,2}$/.test(part))) throw new TypeError(`no ${name} for an address: "${value}"`);
    return parts.map(encodeURIComponent).join("/");
  });
  return filled + search;
}

async function bodyOf(response: Response, { gives }: Route): Promise<unknown> {
  if (gives === "bytes") return new Uint8Array(await response.arrayBuffer());
  const text = await response.text();
  if (gives === "text") return text;
  return response.headers.get("Content-Type")?.includes("json") ? JSON.parse(text) : undefined;
}

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
