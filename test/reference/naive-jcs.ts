// RFC 8785 by its text: section 3.2.2.2 for strings, character by character, and 3.2.3 for the order of names, by code units.

const SHORT: Record<number, string> = { 8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\" };

function text(value: string): string {
  let out = '"';
  for (let at = 0; at < value.length; at++) {
    const unit = value.charCodeAt(at);
    if (SHORT[unit] !== undefined) out += SHORT[unit];
    else if (unit < 0x20) out += `\\u${unit.toString(16).padStart(4, "0")}`;
    else out += value.charAt(at);
  }
  return `${out}"`;
}

/** Whether name a stands before name b: the first differing UTF-16 code unit decides, and a shorter name stands before a longer one. */
function before(a: string, b: string): boolean {
  for (let at = 0; at < a.length && at < b.length; at++) {
    if (a.charCodeAt(at) !== b.charCodeAt(at)) return a.charCodeAt(at) < b.charCodeAt(at);
  }
  return a.length < b.length;
}

export function naiveJcs(value: unknown): string {
  if (typeof value === "string") return text(value);
  if (typeof value === "number" || typeof value === "boolean") return `${value}`;
  if (Array.isArray(value)) return `[${value.map(naiveJcs).join(",")}]`;
  const left = Object.entries(value as object);
  const sorted: string[] = [];
  while (left.length > 0) {
    let least = 0;
    for (let at = 1; at < left.length; at++) if (before(left[at]?.[0] ?? "", left[least]?.[0] ?? "")) least = at;
    const [[name, member]] = left.splice(least, 1) as [[string, unknown]];
    sorted.push(`${text(name)}:${naiveJcs(member)}`);
  }
  return `{${sorted.join(",")}}`;
}
