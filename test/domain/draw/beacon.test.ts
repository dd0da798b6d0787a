// Beacon rounds: real ones verify, and no second spelling, wrong round or foreign point does (draw1, section 1).
import { bls12_381 } from "@noble/curves/bls12-381.js";
import { describe, expect, it } from "vitest";
import { hex, unhex } from "../../../domain/bytes.ts";
import { beaconObject, messagePoint, seedOf, verifiedSignature } from "../../../domain/draw/beacon.ts";
import { QUICKNET } from "../../../domain/draw/chains.ts";
import { sha256 } from "../../../domain/hash.ts";
import { H } from "../../reference/naive-merkle.ts";

// https://api.drand.sh/52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971/public/{round}: signature and randomness.
const ROUNDS: [round: number, signature: string, randomness: string][] = [
  [
    1,
    "b55e7cb2d5c613ee0b2e28d6750aabbb78c39dcc96bd9d38c2c2e12198df95571de8e8e402a0cc48871c7089a2b3af4b",
    "1466a6cd24e327188770752f6134001c64d6efcc590ccc26b721611ad96f165a",
  ],
  [
    2,
    "b6b6a585449b66eb12e875b64fcbab3799861a00e4dbf092d99e969a5eac57dd3f798acf61e705fe4f093db926626807",
    "5782d6987841c654515a0e72b2d1ebb4e741234042c37cb19608ae50d93fb60c",
  ],
  [
    1000,
    "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
    "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd",
  ],
];
const SIGNATURE_1000 = ROUNDS[2]?.[1] ?? "";

describe("a round's signature", () => {
  it.each(ROUNDS)("of round %i verifies and comes back as the same bytes", (round, signature, randomness) => {
    const canonical = verifiedSignature(QUICKNET, round, signature);
    expect(hex(canonical ?? new Uint8Array())).toBe(signature);
    expect(hex(sha256(canonical ?? new Uint8Array()))).toBe(randomness);
  });

  // The two flags of the first byte, p = 1a0111ea…aaab, and the alias of round 13335 are the measured cases of draw1, section 1.
  it.each<[why: string, round: number, signature: string]>([
    ["a true signature of another round", 1001, SIGNATURE_1000],
    ["one byte less", 1000, SIGNATURE_1000.slice(0, -2)],
    ["one byte more", 1000, `${SIGNATURE_1000}00`],
    ["the compression flag off", 1000, `3${SIGNATURE_1000.slice(1)}`],
    ["the infinity flag on", 1000, `f${SIGNATURE_1000.slice(1)}`],
    ["the negated point", 1000, `9${SIGNATURE_1000.slice(1)}`],
    ["the point at infinity", 1000, `c0${"00".repeat(47)}`],
    ["the point (0, 2), on the curve and outside the subgroup", 1000, `80${"00".repeat(47)}`],
    [
      "x above the field prime",
      1000,
      "9a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaac",
    ],
    [
      "the true point of round 13335 written with x + p",
      13335,
      "bd8bc4530f0beb68783e5fe7c19713c43ed6f4090ff7287ede64822eb19e62829c3960b6296b294a1eb791f719bbc5eb",
    ],
    ["capital digits", 1000, SIGNATURE_1000.toUpperCase()],
    ["no hexadecimal at all", 1000, "signature"],
    ["nothing", 1000, ""],
    ["the bytes of another round", 1000, ROUNDS[0]?.[1] ?? ""],
  ])("is refused: %s", (_, round, signature) => {
    expect(verifiedSignature(QUICKNET, round, signature)).toBeUndefined();
  });

  it("of round 13335 verifies in its canonical spelling, whose alias is refused above", () => {
    const canonical = "a38ab268d58c04ce2d22b8317e4b66ecda5fa8841c7215bf7733af8dbaed6c5e7d8d60b77817294a64b891f719bc1b40";
    expect(hex(verifiedSignature(QUICKNET, 13335, canonical) ?? new Uint8Array())).toBe(canonical);
  });

  it("verifies only under the chain's own key", () => {
    // The generator of G2 is the key of the secret 1, whose signature is the message's point itself.
    const other = { ...QUICKNET, publicKey: bls12_381.G2.Point.BASE.toHex(true) };
    const itself = messagePoint(1000).toHex(true);
    expect(hex(verifiedSignature(other, 1000, itself) ?? new Uint8Array())).toBe(itself);
    expect(verifiedSignature(other, 1000, SIGNATURE_1000)).toBeUndefined();
    expect(verifiedSignature(QUICKNET, 1000, itself)).toBeUndefined();
  });
});

describe("the seed", () => {
  const seal = new Uint8Array(32).fill(7);

  it("hashes chain, round, length, signature and seal in this order", () => {
    const message = `${Buffer.from("draw1/seed\n").toString("hex")}${QUICKNET.hash}00000000000003e830${SIGNATURE_1000}${hex(seal)}`;
    expect(hex(seedOf(QUICKNET.hash, 1000, unhex(SIGNATURE_1000), seal))).toBe(hex(H(unhex(message))));
  });
});

describe("the published beacon file", () => {
  it("names chain, round and signature", () => {
    expect(beaconObject(QUICKNET.hash, 1000, unhex(SIGNATURE_1000))).toEqual({
      v: 1,
      type: "beacon",
      chain: QUICKNET.hash,
      round: 1000,
      signature: SIGNATURE_1000,
    });
  });
});
