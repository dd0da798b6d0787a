// The local beacon's chain, from a binding that the local server sets. Compiled into the local entry only.
import { type Chain, PUBLIC_CHAINS } from "../../domain/draw/chains.ts";

export const knownChains = (env: Env): readonly Chain[] => {
  const text = (env as { LOCAL_CHAIN?: string }).LOCAL_CHAIN;
  return text
    ? [...PUBLIC_CHAINS, { ...(JSON.parse(text) as Chain), name: "local beacon (for trying out)", local: true }]
    : PUBLIC_CHAINS;
};
