// Entries of the session log: canonical JSON objects, and the name under which each can be there once. draw1, section 2.
import { parseObject } from "../draw/manifest.ts";
import { readPage } from "./page.ts";

/** draw1 keeps every entry under 4,096 bytes; anything big is pointed to by a root. */
export const ENTRY_BYTES_MAX = 4_095;

const TYPES = ["manifest", "review", "seal", "result", "wave", "settled", "void", "bulletin"];
/** Those of which a session has several, told apart by their `no`. */
const NUMBERED = ["wave", "bulletin"];

/** Names of pages begin with what no session id has. */
export const PAGE_NAMES = "/page/";

/**
 * The entry's name: session/type, with the number of a wave or a bulletin and the cause of a void; a page's is its kind, second and hash. Throws where the bytes
 * are not an entry of draw1.
 */
export function entryName(bytes: Uint8Array): string {
  if (bytes.length > ENTRY_BYTES_MAX) throw new RangeError("a log entry has to stay under 4,096 bytes");
  const { v, type, session, no, cause } = parseObject<{ [member: string]: unknown }>(bytes);
  if (type === "page") {
    const { name, s, sha256 } = readPage(bytes);
    return `${PAGE_NAMES}${name}/${s}/${sha256}`;
  }
  if (v !== 1 || typeof type !== "string" || !TYPES.includes(type) || typeof session !== "string") {
    throw new RangeError("not an entry of draw1");
  }
  const isNumbered = NUMBERED.includes(type);
  if (isNumbered && typeof no !== "number") throw new RangeError(`a ${type} without a number`);
  // A void by the operator that came too late may be followed by one for want of a seal.
  if (type === "void" && typeof cause !== "string") throw new RangeError("a void without a cause");
  return [session, type, ...(isNumbered ? [no] : type === "void" ? [cause] : [])].join("/");
}
