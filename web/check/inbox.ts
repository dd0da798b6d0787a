// Tells what somebody dropped or pasted: a proof, a receipt, a saved check, a file of a pool, a key, a picture of a QR code.
import type { Bytes } from "../../domain/bytes.ts";
import { utf8 } from "../../domain/bytes.ts";
import { parseReceipt } from "../../domain/proof/receipt.ts";
import type { SavedCheck } from "./saved.ts";

export type Item =
  | { kind: "proof"; bytes: Bytes }
  | { kind: "proof-text"; text: string }
  | { kind: "receipt"; text: string }
  | { kind: "check"; saved: SavedCheck }
  | { kind: "table" | "result" | "wave"; bytes: Bytes }
  | { kind: "log-key"; key: string }
  | { kind: "paper"; type: "withdrawal" | "refusal" }
  | { kind: "unknown" };

/** The longest thing that makes sense here is the table of a very large pool. */
const BYTES_MAX = 64 * 1024 * 1024;

const HEADS: [head: string, kind: "proof" | "table" | "result" | "wave"][] = [
  ["draw1/proof\n", "proof"],
  ["draw1/bundle-table\n", "table"],
  ["draw1/bundle-result\n", "result"],
  ["draw1/bundle-wave\n", "wave"],
];

const startsWith = (bytes: Uint8Array, head: string): boolean => utf8(head).every((byte, at) => bytes[at] === byte);

export function itemOf(bytes: Bytes): Item {
  if (bytes.length > BYTES_MAX) return { kind: "unknown" };
  const found = HEADS.find(([head]) => startsWith(bytes, head));
  if (found) return { kind: found[1], bytes };
  try {
    return itemOfText(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return { kind: "unknown" };
  }
}

export function itemOfText(given: string): Item {
  const text = given.trim();
  // The proof's own text ends with a newline; pasting loses it.
  if (text.startsWith("c2sp.org/tlog-proof@")) return { kind: "proof-text", text: `${text}\n` };
  if (/^[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+$/.test(text)) return { kind: "log-key", key: text };
  try {
    return itemOfJson(JSON.parse(text) as { type?: unknown }, text);
  } catch {
    return { kind: "unknown" };
  }
}

function itemOfJson(value: { type?: unknown }, text: string): Item {
  if (value.type === "check") return { kind: "check", saved: value as SavedCheck };
  if (value.type === "withdrawal" || value.type === "refusal") return { kind: "paper", type: value.type };
  // Written anew: a mail or an editor may have put spaces between the members.
  const receipt = JSON.stringify(sorted(value));
  parseReceipt(value.type === "receipt" && !isReceipt(text) ? receipt : text);
  return { kind: "receipt", text: isReceipt(text) ? text : receipt };
}

function isReceipt(text: string): boolean {
  try {
    parseReceipt(text);
    return true;
  } catch {
    return false;
  }
}

/** Members in canonical order: a receipt holds only ASCII names, whose order is the alphabet's. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}
