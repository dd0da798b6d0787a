// npm run secrets -- FILE: secrets and settings for `npm run serve`: fresh ones, or those of a shop of `npm start`, which may then be imported.
// Never touches a file that is there.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { freshSecrets, LOCAL_LOG_ORIGIN, secretsIn } from "./local/secrets.ts";

const USAGE = `usage: npm run secrets -- FILE [--from STATE]
STATE is the state folder of a shop of npm start: its secrets and log, so that the new shop may import what it exports.`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { from: { type: "string" }, help: { type: "boolean" } },
});
const [path, ...more] = positionals;
if (values.help || path === undefined || more.length > 0) {
  console.error(USAGE);
  process.exit(values.help ? 0 : 2);
}

const known = values.from === undefined ? {} : secretsIn(values.from);
if (!known) {
  console.error(`${values.from} has no secrets: it is no state folder of npm start.`);
  process.exit(1);
}
const secrets = Object.entries(freshSecrets()).map(([name, value]) => `${name}=${known[name as keyof typeof known] ?? value}`);

const text = `# Settings and secrets of one shop. Keep a copy where the machine's loss does not reach it: without PEPPER and LOG_KEY the shop cannot go on.
# They can never change; the others can, by putting a new key in front: k2:NEW,k1:OLD.
${secrets.join("\n")}

# First segment of every name; lower-case letters, digits, hyphens. Once and for ever.
BRAND=fairpour
# Your shop's host and a path: what draws are signed with. Once and for ever.
LOG_ORIGIN=${values.from === undefined ? "shop.example/sessions" : LOCAL_LOG_ORIGIN}
# Who cosigns the log, and how many of them are needed (witness/README.md). For example:
# WITNESSES='{"k":1,"list":[{"key":"w1.brand.com+3ede5865+BB48…","by":"Consumer council","url":"https://w1.brand.com","brand":false}]}'
WITNESSES='{"k":0,"list":[]}'
# drand relays, two are asked; without this line those of wrangler.toml.
# BEACON_RELAYS='https://api.drand.sh https://api2.drand.sh https://drand.cloudflare.com'
`;

try {
  writeFileSync(path, text, { mode: 0o600, flag: "wx" });
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  console.error(code === "EEXIST" ? `${path} is there already and was not touched.` : message);
  process.exit(1);
}
const still = values.from === undefined ? "Set LOG_ORIGIN in it, copy it to a safe place" : "Copy it to a safe place";
console.log(`${path} was made (mode 0600). ${still}, then: npm run serve -- --env ${path}`);
