// Published files that never change: asked for once, kept by the browser, at hand without a network.
import { type Outcome, ok } from "../../domain/outcome.ts";
import { type Failure, send } from "./api.ts";

const STORE = "fairpour-files";

/** Only pages from https or localhost have a store; elsewhere each file is asked for again. */
const store = async (): Promise<Cache | undefined> => {
  try {
    return await caches.open(STORE);
  } catch {
    return undefined;
  }
};

export async function keptFile(path: string): Promise<Outcome<Uint8Array<ArrayBuffer>, Failure>> {
  const kept = await store();
  const known = await kept?.match(path);
  if (known) return ok(new Uint8Array(await known.arrayBuffer()));
  const outcome = await send(path);
  if (!outcome.ok) return outcome;
  const bytes = outcome.value.bytes as Uint8Array<ArrayBuffer>;
  // A full disk costs only the next visit a download.
  await kept?.put(path, new Response(bytes)).catch(() => {});
  return ok(bytes);
}
