// npm run secrets -- FILE: fresh secrets and the settings to fill in, for `npm run serve`. Never touches a file that is there.
import { writeFileSync } from "node:fs";
import { freshSecrets } from "./local/secrets.ts";

const [path, ...more] = process.argv.slice(2);
if (path === undefined || path.startsWith("-") || more.length > 0) {
  console.error("usage: npm run secrets -- FILE");
  process.exit(path === "--help" ? 0 : 2);
}

const secrets = Object.entries(freshSecrets()).map(([name, value]) => `${name}=${value}`);

const text = `# Settings and secrets of one shop. Keep a copy where the machine's loss does not reach it: without PEPPER and LOG_KEY the shop cannot go on.
# They can never change; the others can, by putting a new key in front: k2:NEW,k1:OLD.
${secrets.join("\n")}

# First segment of every name; lower-case letters, digits, hyphens. Once and for ever.
BRAND=fairpour
# Your shop's host and a path: what draws are signed with. Once and for ever.
LOG_ORIGIN=shop.example/sessions
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
console.log(`${path} was made (mode 0600). Set LOG_ORIGIN in it, copy it to a safe place, then: npm run serve -- --env ${path}`);
