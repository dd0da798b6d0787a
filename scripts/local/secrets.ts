// Secrets of a local installation: made once, kept in its state folder, readable by its owner only.
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SECRETS } from "../../contracts/settings.ts";
import { ROOT } from "./bundle.ts";

/** Origin of the log of every local installation; LOG_KEY signs for it. */
export const LOCAL_LOG_ORIGIN = "localhost/sessions";

export type Secrets = Record<keyof typeof SECRETS | "LOCAL_BEACON_KEY", string>;

const fresh = (form: "keyring" | "hex"): string => {
  const secret = randomBytes(32).toString("hex");
  return form === "keyring" ? `k1:${secret}` : secret;
};

export function freshSecrets(): Omit<Secrets, "LOCAL_BEACON_KEY"> {
  return Object.fromEntries(Object.entries(SECRETS).map(([name, form]) => [name, fresh(form)])) as Omit<
    Secrets,
    "LOCAL_BEACON_KEY"
  >;
}

const pathIn = (stateDir: string): string => join(stateDir, "secrets.json");

/** The secrets that are in `stateDir`; undefined where no shop ever ran. */
export function secretsIn(stateDir: string): Partial<Secrets> | undefined {
  const path = pathIn(stateDir);
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Partial<Secrets>) : undefined;
}

/** The secrets of `npm start` on this machine; undefined where it never ran. */
export const installedSecrets = (): Partial<Secrets> | undefined =>
  secretsIn(process.env.FAIRPOUR_STATE ?? join(ROOT, ".fairpour/state"));

/** The secrets in `stateDir`, made on first use with mode 0600. One that an older version did not have yet is added. */
export function localSecrets(stateDir: string): Secrets {
  const path = pathIn(stateDir);
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const known = secretsIn(stateDir) ?? {};
  const secrets: Secrets = { ...freshSecrets(), LOCAL_BEACON_KEY: randomBytes(32).toString("hex"), ...known };
  if (Object.keys(known).length < Object.keys(secrets).length) {
    writeFileSync(path, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  }
  return secrets;
}
