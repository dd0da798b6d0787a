// Beacon chains and their rounds. Verifiers pin hash -> key, scheme, genesis and period (draw1, section 1).
import { hex, join, u32, u64, unhex, utf8 } from "../bytes.ts";
import { sha256 } from "../hash.ts";

export type Chain = {
  /** Chain hash, hex: its identity. */
  hash: string;
  scheme: "bls-unchained-g1-rfc9380";
  /** Compressed G2 public key, hex, 96 bytes. */
  publicKey: string;
  /** Unix seconds of round 1, and seconds between rounds. */
  genesis: number;
  period: number;
  /** What a page calls it, and whether it is a local one made for trying out, whose rounds its owner can foresee. */
  name: string;
  local: boolean;
};

/** drand quicknet, from its chain information (docs.drand.love, chain 52db9ba7…). */
export const QUICKNET: Chain = {
  hash: "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
  scheme: "bls-unchained-g1-rfc9380",
  publicKey:
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a",
  genesis: 1692803367,
  period: 3,
  name: "drand quicknet",
  local: false,
};

/** What a chain's hash is made of, beside the name that a page gives it. */
export type ChainInfo = Pick<Chain, "publicKey" | "genesis" | "period"> & { groupHash: string; beaconId: string };

/** drand's chain hash: SHA-256 over period, genesis, public key, group hash and beacon id (drand, common/chain Info.Hash). */
export const chainHash = ({ publicKey, genesis, period, groupHash, beaconId }: ChainInfo): string =>
  hex(sha256(join(u32(period), u64(genesis), unhex(publicKey), unhex(groupHash), utf8(beaconId))));

const isInfo = ({ publicKey, groupHash, beaconId, genesis, period }: Partial<ChainInfo>): boolean =>
  [publicKey, groupHash].every((text) => /^(?:[0-9a-f]{2})+$/.test(String(text))) &&
  typeof beaconId === "string" &&
  [genesis, period].every((time) => Number.isSafeInteger(time) && Number(time) > 0);

/**
 * Chains for trying out, as a site lists them at /v1/beacons or a saved file carries them. None is believed by its name: the hash follows
 * from the key, and whoever names the hash in a manifest has named the key.
 */
export function localChains(listed: unknown): Chain[] {
  if (!Array.isArray(listed)) return [];
  return (listed as ChainInfo[])
    .filter((info) => isInfo(info ?? {}))
    .map((info) => {
      const { publicKey, groupHash, beaconId, genesis, period } = info;
      const chain = { publicKey, groupHash, beaconId, genesis, period };
      return { ...chain, hash: chainHash(info), scheme: "bls-unchained-g1-rfc9380", name: beaconId, local: true };
    });
}

export const PUBLIC_CHAINS: readonly Chain[] = [QUICKNET];

/** time(r) = genesis + (r-1) * period, Unix seconds. */
export const roundTime = (chain: Pick<Chain, "genesis" | "period">, round: number): number =>
  chain.genesis + (round - 1) * chain.period;

/** first(t): the first round at or after t; round 1 for every time up to the genesis. */
export const firstRound = (chain: Pick<Chain, "genesis" | "period">, time: number): number =>
  time <= chain.genesis ? 1 : Math.ceil((time - chain.genesis) / chain.period) + 1;
