// The settings of a served installation: one file of NAME=value, which nobody but its owner reads.
import { existsSync, readFileSync, statSync } from "node:fs";
import { parseEnv } from "node:util";
import * as v from "valibot";
import { SECRETS, settingsSchema } from "../../contracts/settings.ts";

/** What is wrong, a sentence a line. */
export class EnvError extends Error {
  constructor(problems: string[]) {
    super(problems.join("\n"));
  }
}

/** The settings whose values are JSON. */
const JSON_NAMES = ["WITNESSES"];

/** Reads, checks and returns the settings as the Worker takes them; `vars` are what wrangler.toml says of those that the file leaves out. */
export function readEnvFile(path: string, vars: Record<string, unknown>): Record<string, unknown> {
  const make = `Make one with: npm run secrets -- ${path}`;
  if (!existsSync(path)) throw new EnvError([`${path} is not there, and nothing starts with default secrets. ${make}`]);
  // Files that systemd hands to a service have their group bits set by an access list: only the others' bits say something everywhere.
  if (statSync(path).mode & 0o007) throw new EnvError([`${path} can be read by everybody. Run: chmod 600 ${path}`]);
  const text = parseEnv(readFileSync(path, "utf8")) as Record<string, string>;
  const unknown = Object.keys(text).filter((name) => !(name in settingsSchema.entries));
  const missing = Object.keys(SECRETS).filter((name) => !text[name]);
  const given = Object.fromEntries(
    Object.entries(text).map(([name, value]) => [name, JSON_NAMES.includes(name) ? json(value) : value]),
  );
  const settings: Record<string, unknown> = { ...vars, ...given };
  const parsed = v.safeParse(settingsSchema, settings);
  const malformed = (parsed.issues ?? []).map((issue) => v.getDotPath(issue) ?? "").filter((name) => !missing.includes(name));
  const problems = [
    ...unknown.map((name) => `${name} is no setting of this shop.`),
    ...missing.map((name) => `The secret ${name} is missing. Run: npm run -s credential -- secret ${name}`),
    ...[...new Set(malformed)].map((name) => `${name} is malformed: contracts/settings.ts has its form.`),
    ...(String(settings.LOG_ORIGIN).includes("example")
      ? ["LOG_ORIGIN names an example: set it to your shop's host and a path, such as shop.brand.com/sessions, once and for ever."]
      : []),
    ...(settings.JURISDICTION ? ["JURISDICTION is Cloudflare's; one box has none."] : []),
  ];
  if (problems.length > 0) throw new EnvError(problems.map((problem) => `${path}: ${problem}`));
  return settings;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
