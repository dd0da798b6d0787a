// What has to be set on Cloudflare before a deployment can serve anybody. Names everything that is missing at once.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { SECRETS } from "../../contracts/settings.ts";
import { ROOT } from "../local/bundle.ts";
import { readConfig, readWitnessConfig, WITNESS_TOML } from "./config.ts";

const NO_DATABASE = "00000000-0000-0000-0000-000000000000";

export type Account = { signedIn: boolean; secrets: string[] };

export function wrangler(...args: string[]) {
  return spawnSync(process.execPath, [join(ROOT, "node_modules/wrangler/bin/wrangler.js"), ...args], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, WRANGLER_SEND_METRICS: "false", NO_COLOR: "1", CI: "true" },
  });
}

/** Asks Cloudflare about the Worker of this wrangler.toml; not signed in, or no network, both count as not signed in. */
export function askAccount(config = "wrangler.toml"): Account {
  const listed = wrangler("secret", "list", "--format", "json", "--config", config);
  if (listed.status === 0) {
    const names = JSON.parse(listed.stdout.slice(listed.stdout.indexOf("["))) as { name: string }[];
    return { signedIn: true, secrets: names.map(({ name }) => name) };
  }
  // A Worker that was never deployed has no secrets yet: that is not the same as not being signed in.
  const neverDeployed = /10007|does not exist|not found/i.test(listed.stdout + listed.stderr);
  return { signedIn: neverDeployed, secrets: [] };
}

const NOT_SIGNED_IN =
  "Not signed in to Cloudflare, or it cannot be reached. Run: npx wrangler login   (or set CLOUDFLARE_API_TOKEN)";

/** Sentences, each with the command that mends it; none when everything is there. */
export function missing({ signedIn, secrets }: Account): string[] {
  const config = readConfig();
  const database = config.d1_databases[0];
  const problems: string[] = [];
  if (!signedIn) problems.push(NOT_SIGNED_IN);
  if (database?.database_id === NO_DATABASE) {
    problems.push(
      `No D1 database yet. Run: npx wrangler d1 create ${database.database_name}   and put the id it prints into wrangler.toml`,
    );
  }
  if (config.vars.LOG_ORIGIN.includes("example")) {
    problems.push("LOG_ORIGIN in wrangler.toml still names an example: set it to your shop's host and a path, once and for ever");
  }
  for (const name of Object.keys(SECRETS)) {
    if (!secrets.includes(name))
      problems.push(`Missing secret ${name}. Run: npm run -s credential -- secret ${name} | npx wrangler secret put ${name}`);
  }
  return problems;
}

/** The same for a witness. */
export function missingOfWitness({ signedIn, secrets }: Account): string[] {
  const { NAME, BY, LOGS } = readWitnessConfig().vars;
  const problems: string[] = [];
  if (!signedIn) problems.push(NOT_SIGNED_IN);
  if (NAME.includes("example")) {
    problems.push(`NAME in ${WITNESS_TOML} still names an example: set it to the witness's host and a path, once and for ever`);
  }
  if (BY.includes("example")) problems.push(`BY in ${WITNESS_TOML} still names an example: say who runs this witness`);
  if (LOGS.length === 0) problems.push(`LOGS in ${WITNESS_TOML} names no log: take the key from the shop's /log/vkey`);
  if (!secrets.includes("WITNESS_KEY")) {
    const command = `npm run -s credential -- secret WITNESS_KEY | npx wrangler secret put WITNESS_KEY --config ${WITNESS_TOML}`;
    problems.push(`Missing secret WITNESS_KEY. Run: ${command}`);
  }
  return problems;
}
