// Secrets of a local installation: made once, kept in its state folder, readable by its owner only.
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SECRETS } from "../../contracts/settings.ts";
import { ROOT } from "./bundle.ts";

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

/** The secrets of `npm start` on this machine; undefined where it never ran. */
export function installedSecrets(): Partial<Secrets> | undefined {
  const path = join(process.env.FAIRPOUR_STATE ?? join(ROOT, ".fairpour/state"), "secrets.json");
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Partial<Secrets>) : undefined;
}

/** The secrets in `stateDir`, made on first use with mode 0600. One that an older version did not have yet is added. */
export function localSecrets(stateDir: string): Secrets {
  const path = join(stateDir, "secrets.json");
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const known = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Partial<Secrets>) : {};
  const secrets: Secrets = { ...freshSecrets(), LOCAL_BEACON_KEY: randomBytes(32).toString("hex"), ...known };
  if (Object.keys(known).length < Object.keys(secrets).length) {
    writeFileSync(path, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  }
  return secrets;
}
