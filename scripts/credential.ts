// npm run credential -- operator | store STORE | secret NAME: credentials for an installation whose TOKEN_SECRETS you hold. Sign-in for
// people comes with identity; until then operators and store devices get their tokens here.
import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import * as v from "valibot";
import { SECRETS, settingsSchema } from "../contracts/settings.ts";
import { type Claims, operatorName, operatorSub } from "../contracts/sign-in.ts";
import { tokenFor } from "../workers/edge/token.ts";
import { readConfig } from "./deploy/config.ts";
import { readEnvFile } from "./local/env-file.ts";
import { freshSecrets, installedSecrets } from "./local/secrets.ts";

/** The secret of a witness, which has no other. */
const WITNESS_KEY = "WITNESS_KEY";

/** A token names its operator, because exclusions take two of them: whoever holds TOKEN_SECRETS answers for the names. */
const isOperator = (what: string | undefined, name: string | undefined): name is string =>
  what === "operator" && v.is(operatorName, name);

const USAGE = `usage: npm run credential -- operator NAME [--days 1] [--env FILE]
       npm run credential -- store STORE [--days 30] [--env FILE]
       npm run credential -- secret ${[...Object.keys(SECRETS), WITNESS_KEY].join("|")}
TOKEN_SECRETS is read from the file of \`npm run serve\`, else from the environment, else from the local installation (.fairpour/state).`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { days: { type: "string" }, env: { type: "string" }, help: { type: "boolean" } },
});
const [what, name] = positionals;

if (what === "secret" && name !== undefined && name in SECRETS) {
  // No line break: the value goes straight into `wrangler secret put`.
  process.stdout.write(freshSecrets()[name as keyof typeof SECRETS]);
} else if (what === "secret" && name === WITNESS_KEY) {
  process.stdout.write(randomBytes(32).toString("hex"));
} else if (isOperator(what, name) || (what === "store" && name)) {
  const days = Number(values.days ?? (what === "operator" ? 1 : 30));
  if (!(days > 0 && days <= 366)) fail("--days has to be more than 0 and at most 366");
  const exp = Math.floor(Date.now() / 1000 + days * 86400);
  const device = randomBytes(8).toString("hex");
  const claims: Claims =
    what === "operator"
      ? { v: 1, role: "operator", sub: operatorSub(name as string), exp }
      : { v: 1, role: "store", sub: `device-${device}`, store: name as string, exp };
  const parsed = v.safeParse(v.pick(settingsSchema, ["BRAND", "TOKEN_SECRETS"]), {
    BRAND: readConfig().vars.BRAND,
    ...(values.env === undefined
      ? { TOKEN_SECRETS: process.env.TOKEN_SECRETS ?? installedSecrets()?.TOKEN_SECRETS }
      : settingsIn(values.env)),
  });
  if (!parsed.success)
    fail(
      "TOKEN_SECRETS is missing or malformed (kid:64 hex digits). Give --env FILE, or FAIRPOUR_STATE=FOLDER of a shop of npm start.",
    );
  else console.log(await tokenFor(claims, parsed.output));
} else {
  fail(USAGE, values.help ? 0 : 2);
}

function settingsIn(path: string): Record<string, unknown> {
  try {
    return readEnvFile(path, readConfig().vars);
  } catch (error) {
    fail((error as Error).message);
  }
}

function fail(message: string, code = 2): never {
  console.error(message);
  process.exit(code);
}
