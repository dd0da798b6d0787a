// Requests to the witness inside workerd.
import { exports } from "cloudflare:workers";

const worker = () => (exports as unknown as { default: Fetcher }).default;

export type Answer = { status: number; text: string; type: string; headers: Headers };

export async function call(method: string, path: string, body?: string): Promise<Answer> {
  const response = await worker().fetch(`http://witness.test${path}`, { method, ...(body === undefined ? {} : { body }) });
  return {
    status: response.status,
    text: await response.text(),
    type: response.headers.get("Content-Type") ?? "",
    headers: response.headers as unknown as Headers,
  };
}

export const get = (path: string) => call("GET", path);
export const post = (path: string, body: string) => call("POST", path, body);
