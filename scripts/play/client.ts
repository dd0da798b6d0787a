// A plain HTTP client of the shop for scripts and journeys: what any program outside would write.

export type Reply<Body = Record<string, unknown>> = { status: number; body: Body; text: string; headers: Headers };

/** Attempts for replies that say "come back": nothing was written then. */
const TRIES = 6;

export class Client {
  readonly url: string;
  readonly token: string | undefined;

  constructor(url: string, token?: string) {
    this.url = url;
    this.token = token;
  }

  as(token: string): Client {
    return new Client(this.url, token);
  }

  get<Body>(path: string): Promise<Reply<Body>> {
    return this.#call("GET", path);
  }

  post<Body>(path: string, body: unknown = {}): Promise<Reply<Body>> {
    return this.#call("POST", path, body);
  }

  put<Body>(path: string, body: unknown): Promise<Reply<Body>> {
    return this.#call("PUT", path, body);
  }

  async #call<Body>(method: string, path: string, first?: unknown): Promise<Reply<Body>> {
    let body = first;
    for (let tries = 1; ; tries++) {
      const response = await fetch(this.url + path, {
        method,
        headers: {
          ...(body === undefined ? {} : { "Content-Type": "application/json" }),
          ...(this.token ? { Authorization: `Bearer ${this.token}` } : {}),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (response.status === 503 && tries < TRIES) {
        // Whoever is shed is given a ticket, and sends it along from then on.
        const { overload } = JSON.parse(text) as { overload?: string };
        if (overload) body = { ...(body as object), overload };
        await new Promise((resolve) => setTimeout(resolve, 1000 * Number(response.headers.get("Retry-After") ?? 1)));
        continue;
      }
      const isJson = response.headers.get("Content-Type")?.includes("json");
      return { status: response.status, body: (isJson ? JSON.parse(text) : {}) as Body, text, headers: response.headers };
    }
  }
}

/** The body of a reply that has to have this status; throws with what came instead. */
export function expect<Body>(reply: Reply<Body>, ...statuses: number[]): Body {
  if (!statuses.includes(reply.status))
    throw new Error(`expected ${statuses.join(" or ")}, got ${reply.status}: ${reply.text.slice(0, 300)}`);
  return reply.body;
}

/** Works through `items` with `width` at a time. */
export async function inParallel<Item>(
  items: Item[],
  width: number,
  work: (item: Item, at: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(width, items.length) }, async () => {
      while (next < items.length) {
        const at = next++;
        await work(items[at] as Item, at);
      }
    }),
  );
}
