// A local beacon that speaks drand's HTTP API: /{hash}/info, /{hash}/public/{round} and /{hash}/public/latest. Run as a process of its own;
// the key comes in the environment, the port goes to standard output.

import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { firstRound, roundTime } from "../../domain/draw/chains.ts";
import { localChain, signRound } from "./chain.ts";

const key = process.env.LOCAL_BEACON_KEY;
if (!key) throw new Error("LOCAL_BEACON_KEY is not set");
const chain = localChain(key);

const round = (number: number) => {
  const signature = signRound(key, number);
  return { round: number, signature, randomness: createHash("sha256").update(Buffer.from(signature, "hex")).digest("hex") };
};

const server = createServer((request, response) => {
  const send = (status: number, body: object) => {
    response.writeHead(status, { "Content-Type": "application/json" });
    response.end(JSON.stringify(body));
  };
  const [, hash, what, which] = (request.url ?? "").split("/");
  if (hash !== chain.hash) return send(404, { error: "unknown chain" });
  const now = Date.now() / 1000;
  const latest = firstRound(chain, now) - (roundTime(chain, firstRound(chain, now)) > now ? 1 : 0);
  if (what === "info") {
    const { publicKey, period, genesis, groupHash, scheme, beaconId } = chain;
    return send(200, {
      public_key: publicKey,
      period,
      genesis_time: genesis,
      hash,
      groupHash,
      schemeID: scheme,
      metadata: { beaconID: beaconId },
    });
  }
  if (what !== "public") return send(404, { error: "unknown route" });
  const wanted = which === "latest" ? latest : Number(which);
  if (!Number.isSafeInteger(wanted) || wanted < 1) return send(400, { error: "not a round" });
  // Like the network: a round is not to be had before its time.
  if (wanted > latest) return send(425, { error: "round not yet" });
  return send(200, round(wanted));
});

server.listen(Number(process.env.LOCAL_BEACON_PORT ?? 0), "127.0.0.1", () => {
  const address = server.address();
  console.log(JSON.stringify({ port: typeof address === "object" && address ? address.port : 0 }));
});
// The server that started this process holds its standard input: when it is gone, so are we.
process.stdin.resume().on("end", () => process.exit(0));
