// Settings: what is missing or malformed is named, and no value is ever told.
import { describe, expect, it } from "vitest";
import { keyNamed, SECRETS, SettingsError, settingsOf, settingsSchema } from "../../contracts/settings.ts";
import { hex } from "../../domain/bytes.ts";
import { without } from "../support/schemas.ts";

const ONE = "1a".repeat(32);
const TWO = "2b".repeat(32);
const GOOD = {
  BRAND: "acme",
  LOG_ORIGIN: "example.com/draws",
  BEACON_RELAYS: "https://api.drand.sh  https://drand.cloudflare.com",
  OPERATOR_SECRETS: `k2:${TWO},k1:${ONE}`,
  PEPPER: ONE,
  TOKEN_SECRETS: `t1:${ONE}`,
};
type Name = keyof typeof GOOD;
const NAMES = Object.keys(GOOD) as Name[];

/** The message with which an environment is refused. */
function refusal(env: object): string {
  try {
    settingsOf(env);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(SettingsError);
    return (thrown as Error).message;
  }
  return "accepted";
}

describe("settings", () => {
  it("are read with their keys in order", () => {
    const settings = settingsOf({ ...GOOD, DB: {} });
    expect(settings.BEACON_RELAYS).toEqual(["https://api.drand.sh", "https://drand.cloudflare.com"]);
    expect(settings.OPERATOR_SECRETS.map(({ kid, secret }) => [kid, hex(secret)])).toEqual([
      ["k2", TWO],
      ["k1", ONE],
    ]);
    expect(hex(settings.PEPPER)).toBe(ONE);
  });

  it("are read once per environment", () => {
    const env = { ...GOOD };
    expect(settingsOf(env)).toBe(settingsOf(env));
    expect(settingsOf({ ...GOOD })).not.toBe(settingsOf(env));
  });

  it.each(NAMES)("without %s are refused, and it alone is named", (name) => {
    const message = refusal(without(GOOD, name));
    expect(NAMES.filter((other) => message.includes(other))).toEqual([name]);
    expect(message).not.toContain(ONE);
    expect(message).not.toContain(TWO);
  });

  it("that miss everything name everything", () => {
    const message = refusal({});
    expect(NAMES.filter((name) => message.includes(name))).toEqual(NAMES);
  });

  it.each<[given: string, name: Name, value: unknown]>([
    ["a brand in capitals", "BRAND", "Acme-CANARY"],
    ["a brand with a slash", "BRAND", "canary/x"],
    ["a brand of 33 letters", "BRAND", "canary".padEnd(33, "x")],
    ["an empty brand", "BRAND", ""],
    ["an origin with a scheme", "LOG_ORIGIN", "https://canary.com/draws"],
    ["an origin without a path", "LOG_ORIGIN", "canary.com"],
    ["an origin with a line feed", "LOG_ORIGIN", "canary.com/draws\n"],
    ["a relay that is no address", "BEACON_RELAYS", "https://api.drand.sh canary"],
    ["no relay", "BEACON_RELAYS", " "],
    ["a key without an id", "OPERATOR_SECRETS", "ca".repeat(32)],
    ["a key of 31 bytes", "OPERATOR_SECRETS", `k1:${"ca".repeat(31)}`],
    ["a key of 33 bytes", "OPERATOR_SECRETS", `k1:${"ca".repeat(33)}`],
    ["a key in capitals", "OPERATOR_SECRETS", `k1:${"CA".repeat(32)}`],
    ["a key id with a hyphen", "OPERATOR_SECRETS", `k-1:${"ca".repeat(32)}`],
    ["a comma at the end", "OPERATOR_SECRETS", `k1:${"ca".repeat(32)},`],
    ["a space between keys", "TOKEN_SECRETS", `k1:${"ca".repeat(32)}, k2:${"ca".repeat(32)}`],
    ["no key", "TOKEN_SECRETS", ""],
    ["a pepper with an id", "PEPPER", `p1:${"ca".repeat(32)}`],
    ["a short pepper", "PEPPER", "caca"],
    ["a pepper that is no text", "PEPPER", { canary: 1 }],
  ])("with %s are refused, and the value is not told", (_, name, value) => {
    const message = refusal({ ...GOOD, [name]: value });
    expect(NAMES.filter((other) => message.includes(other))).toEqual([name]);
    expect(message).not.toMatch(/canary|caca|CACA/i);
  });

  it("are asked for again after a refusal, so that a repaired environment works", () => {
    const env: Record<string, string> = { ...GOOD, PEPPER: "" };
    expect(refusal(env)).toContain("PEPPER");
    env.PEPPER = ONE;
    expect(hex(settingsOf(env).PEPPER)).toBe(ONE);
  });
});

describe("secrets", () => {
  it("are all among the settings, none has a default", () => {
    for (const name of Object.keys(SECRETS) as Name[]) {
      expect(Object.keys(settingsSchema.entries)).toContain(name);
      expect(refusal(without(GOOD, name))).toContain(name);
    }
  });

  it("are every setting that holds key material", () => {
    expect(Object.keys(SECRETS).sort()).toEqual(["OPERATOR_SECRETS", "PEPPER", "TOKEN_SECRETS"]);
  });
});

describe("a key", () => {
  const { OPERATOR_SECRETS: keys } = settingsOf(GOOD);

  it("is found by its id", () => {
    expect(hex(keyNamed(keys, "k1")?.secret ?? new Uint8Array())).toBe(ONE);
    expect(keyNamed(keys, "k3")).toBeUndefined();
  });
});
