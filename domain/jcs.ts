// Canonical JSON (RFC 8785) for the values that the draw format allows: strings, booleans, whole numbers, arrays, objects.

export type Json = string | boolean | number | Json[] | { [key: string]: Json };

/** The canonical text. Throws a TypeError on a value that the format does not allow. */
export function jcs(value: Json): string {
  if (typeof value === "string") {
    if (!value.isWellFormed()) throw new TypeError("a lone surrogate has no UTF-8 form");
    return JSON.stringify(value);
  }
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value) || value < 0 || Object.is(value, -0))
      throw new TypeError("only whole numbers from 0 to 2^53-1");
    return String(value);
  }
  if (Array.isArray(value)) return `[${value.map(jcs).join(",")}]`;
  if (typeof value !== "object" || value === null) throw new TypeError("not a value of the draw format");
  // Array.sort compares UTF-16 code units, which is the order that RFC 8785 asks for.
  const members = Object.keys(value)
    .sort()
    .map((key) => `${jcs(key)}:${jcs(value[key] as Json)}`);
  return `{${members.join(",")}}`;
}

/** Parses canonical JSON; throws a TypeError where the text is not the canonical form of what it says. */
export function parseJcs(text: string): Json {
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch {
    throw new TypeError("not JSON");
  }
  if (jcs(value) !== text) throw new TypeError("not canonical JSON");
  return value;
}
