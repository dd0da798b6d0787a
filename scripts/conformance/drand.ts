// Public quicknet rounds: the valid ones verify, each bad one is refused.
import { verifiedSignature } from "../../domain/draw/beacon.ts";
import { QUICKNET } from "../../domain/draw/chains.ts";
import { type Check, equal } from "./check.ts";

type Valid = {
  chain: { hash: string; public_key: string; period: number; genesis_time: number };
  beacons: { round: number; signature: string }[];
};
type Refused = { cases: { id: string; round: string; signature: string; why: string }[] };

export const drandChecks = {
  *valid({ chain, beacons }: Valid): Iterable<Check> {
    const pinned = [QUICKNET.hash, QUICKNET.publicKey, QUICKNET.period, QUICKNET.genesis];
    yield equal("the pinned chain", pinned, [chain.hash, chain.public_key, chain.period, chain.genesis_time]);
    for (const { round, signature } of beacons) {
      yield { name: `round ${round} verifies`, good: verifiedSignature(QUICKNET, round, signature) !== undefined };
    }
  },
  *refused({ cases }: Refused): Iterable<Check> {
    for (const { id, round, signature, why } of cases) {
      yield { name: `${id} is refused: ${why}`, good: verifiedSignature(QUICKNET, Number(round), signature) === undefined };
    }
  },
};
