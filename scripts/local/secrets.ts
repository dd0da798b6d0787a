// Secrets of a local installation: made once, kept in its state folder, readable by its owner only.
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SECRETS } from "../../contracts/settings.ts";

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

/** The secrets in `stateDir`, made on first use with mode 0600. */
export function localSecrets(stateDir: string): Secrets {
  const path = join(stateDir, "secrets.json");
  if (!existsSync(path)) {
    mkdirSync(stateDir, { recursive: true, mode: 0o700 });
    const secrets: Secrets = { ...freshSecrets(), LOCAL_BEACON_KEY: randomBytes(32).toString("hex") };
    writeFileSync(path, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flag: "wx" });
  }
  return JSON.parse(readFileSync(path, "utf8")) as Secrets;
}
