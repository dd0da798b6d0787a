// Who calls: the claims of an access token, and the local-only sign-in.
import * as v from "valibot";
import { HOME_MARKET } from "../domain/market.ts";
import { base64url, market, storeId } from "./basics.ts";

export const ROLES = ["member", "store", "operator"] as const;
export type Role = (typeof ROLES)[number];

/** What an access token says. `person` is private to the server and the token's owner. */
export type Claims = {
  v: 1;
  /** Who: member id, device id of a store, operator id. */
  sub: string;
  role: Role;
  /** Unix seconds. */
  exp: number;
  /** Members: id of the verified person (32 bytes, hex), home market, age check, thumbprint of the device's key. */
  person?: string;
  market?: string;
  ageOk?: boolean;
  device?: string;
  /** Store devices: the one store that they work for. */
  store?: string;
};

/** Whoever does something that two operators have to agree on is told apart by this. */
export const operatorName = v.pipe(v.string(), v.regex(/^[A-Za-z0-9._-]{1,40}$/, "letters, digits, . _ -, at most 40"));
export const operatorSub = (name: string): string => `operator-${name}`;

/** POST /local/sign-in, compiled into the local entry only. */
export const signInInput = v.variant("role", [
  v.strictObject({
    role: v.literal("member"),
    name: v.pipe(v.string(), v.regex(/^[\p{L}\p{N} ._-]{1,40}$/u, "letters, digits, space . _ -, at most 40")),
    market: v.optional(market, HOME_MARKET),
    /** Raw P-256 public key of the device, 65 bytes. */
    device: v.optional(base64url(88)),
  }),
  v.strictObject({ role: v.literal("store"), store: storeId }),
  v.strictObject({ role: v.literal("operator"), name: v.optional(operatorName, "1") }),
]);
export type SignInReply = { token: string; claims: Claims };
