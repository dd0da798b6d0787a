// The built verify page and one session's files, as a shop would serve them.
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { ROOT } from "../../scripts/local/bundle.ts";

export type Served = { url: string; stop: () => void };

export async function serve(files: Map<string, Uint8Array>): Promise<Served> {
  const page = readFileSync(join(ROOT, "web/dist/verify.html"));
  const server: Server = createServer((request, response) => {
    const path = (request.url ?? "").split("?")[0] as string;
    const body = path === "/verify" ? page : files.get(path);
    if (!body) return response.writeHead(404).end();
    const type = path === "/verify" ? "text/html; charset=utf-8" : "application/octet-stream";
    response.writeHead(200, { "Content-Type": type, "Cache-Control": "public, max-age=31536000, immutable" }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, stop: () => server.close() };
}
