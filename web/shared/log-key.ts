// The log's key as this device first saw it: a shop that shows another one later does not replace it.
import { send } from "./api.ts";
import { readKept, writeKept } from "./storage.ts";

const KEY = "log-keys";

/** Keys by the log's origin, which is the key's name. */
const known = (): { [origin: string]: string } => readKept(KEY) ?? {};

export const logKeys = (): string[] => Object.values(known());

/** Asks the shop for its log's key where this device knows none, and keeps the first answer. */
export async function pinLogKey(): Promise<void> {
  if (logKeys().length > 0) return;
  const outcome = await send("/log/vkey", { tries: 1 });
  if (!outcome.ok) return;
  const key = outcome.value.text.trim();
  const origin = key.split("+")[0] ?? "";
  if (origin !== "") writeKept(KEY, { ...known(), [origin]: key });
}
