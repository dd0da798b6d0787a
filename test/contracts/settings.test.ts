// Settings: what is missing or malformed is named, and no value is ever told.
import { describe, expect, it } from "vitest";
import { keyNamed, SECRETS, SettingsError, settingsOf, settingsSchema } from "../../contracts/settings.ts";
import { hex } from "../../domain/bytes.ts";
import { KEY_TYPE, noteKey, vkeyOf } from "../../domain/log/note.ts";
import { without } from "../support/schemas.ts";

const ONE = "1a".repeat(32);
const TWO = "2b".repeat(32);
const witness = (at: number, changes: object = {}) => ({
  key: vkeyOf(noteKey(`w${at}.example`, KEY_TYPE.cosignature, new Uint8Array(32).fill(at))),
  by: `Witness ${at}`,
  url: `https://w${at}.example`,
  brand: false,
  ...changes,
});
const GOOD = {
  BRAND: "acme",
  LOG_ORIGIN: "example.com/draws",
  BEACON_RELAYS: "https://api.drand.sh  https://drand.cloudflare.com",
  WITNESSES: { k: 2, list: [witness(1), witness(2), witness(3)] },
  OPERATOR_SECRETS: `k2:${TWO},k1:${ONE}`,
  PEPPER: ONE,
  TOKEN_SECRETS: `t1:${ONE}`,
  LOG_KEY: ONE,
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

  it("may name no witnesses at all", () => {
    expect(settingsOf({ ...GOOD, WITNESSES: { k: 0, list: [] } }).WITNESSES).toEqual({ k: 0, list: [] });
  });

  it("may bind objects to a jurisdiction that Cloudflare has, and to no other", () => {
    expect(settingsOf(GOOD).JURISDICTION).toBeUndefined();
    expect(settingsOf({ ...GOOD, JURISDICTION: "eu" }).JURISDICTION).toBe("eu");
    expect(refusal({ ...GOOD, JURISDICTION: "cn" })).toBe("settings: JURISDICTION: missing or malformed");
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
    ["an origin of 101 characters", "LOG_ORIGIN", "canary.com/".padEnd(101, "x")],
    ["a log key with an id", "LOG_KEY", `k1:${"ca".repeat(32)}`],
    ["witnesses as text", "WITNESSES", "canary"],
    ["a quorum above the number of witnesses", "WITNESSES", { k: 2, list: [witness(1)] }],
    ["a negative quorum", "WITNESSES", { k: -1, list: [witness(1)] }],
    ["half a witness", "WITNESSES", { k: 0.5, list: [witness(1)] }],
    ["nine witnesses", "WITNESSES", { k: 0, list: [1, 2, 3, 4, 5, 6, 7, 8, 9].map((at) => witness(at)) }],
    ["a witness twice", "WITNESSES", { k: 1, list: [witness(1), witness(1)] }],
    [
      "one key under two names",
      "WITNESSES",
      { k: 1, list: [witness(1), witness(1, { key: vkeyOf(noteKey("other", KEY_TYPE.cosignature, new Uint8Array(32).fill(1))) })] },
    ],
    [
      "a witness with a log's key",
      "WITNESSES",
      { k: 1, list: [witness(1, { key: vkeyOf(noteKey("w", KEY_TYPE.ed25519, new Uint8Array(32))) })] },
    ],
    ["a witness with a broken key", "WITNESSES", { k: 1, list: [witness(1, { key: "canary+00000000+AAAA" })] }],
    ["a witness with a file for an address", "WITNESSES", { k: 1, list: [witness(1, { url: "file:///canary" })] }],
    ["a witness that nobody runs", "WITNESSES", { k: 1, list: [witness(1, { by: "" })] }],
    ["a witness without a label", "WITNESSES", { k: 1, list: [without(witness(1), "brand")] }],
    ["a witness with more than is asked", "WITNESSES", { k: 1, list: [witness(1, { more: "canary" })] }],
    [
      "witnesses that do not fit a manifest",
      "WITNESSES",
      { k: 1, list: [1, 2, 3, 4, 5, 6, 7, 8].map((at) => witness(at, { url: `https://canary.example/${"x".repeat(300)}` })) },
    ],
    ["a pepper that is no text", "PEPPER", { canary: 1 }],
  ])("with %s are refused, and the value is not told", (_, name, value) => {
    const message = refusal({ ...GOOD, [name]: value });
    expect(NAMES.filter((other) => message.includes(other))).toEqual([name]);
    expect(message).not.toMatch(/canary|caca|CACA/i);
  });

  it("are asked for again after a refusal, so that a repaired environment works", () => {
    const env: Record<string, unknown> = { ...GOOD, PEPPER: "" };
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
    expect(Object.keys(SECRETS).sort()).toEqual(["LOG_KEY", "OPERATOR_SECRETS", "PEPPER", "TOKEN_SECRETS"]);
  });
});

describe("a key", () => {
  const { OPERATOR_SECRETS: keys } = settingsOf(GOOD);

  it("is found by its id", () => {
    expect(hex(keyNamed(keys, "k1")?.secret ?? new Uint8Array())).toBe(ONE);
    expect(keyNamed(keys, "k3")).toBeUndefined();
  });
});
