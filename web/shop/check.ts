// What the check of an own entry needs: the public part of its proof, the pool's files, and what this device knew before the draw.
import type { SessionView } from "../../contracts/sessions.ts";
import { type Chain, localChains, PUBLIC_CHAINS } from "../../domain/draw/chains.ts";
import { type Outcome, ok } from "../../domain/outcome.ts";
import type { PoolFiles } from "../../domain/proof/pool.ts";
import type { CheckRun, Report } from "../check/run.ts";
import { savedText } from "../check/saved.ts";
import { call, type Failure } from "../shared/api.ts";
import { keptFile } from "../shared/files.ts";
import { logKeys, pinLogKey } from "../shared/log-key.ts";
import { saveFile } from "../shared/parts.tsx";
import { type Kept, receiptOf } from "./kept.ts";
import { drawFile } from "./result.ts";

/** Refused with 404 until the result stands in the log. */
export async function checkRunOf(view: SessionView, entry: Kept): Promise<Outcome<CheckRun, Failure>> {
  const receipt = receiptOf(entry);
  if (!receipt || entry.receipt === undefined) throw new Error("no receipt to check");
  const { session, shard, index, manifest } = receipt;
  const part = await keptFile(drawFile(session, `proofs/${shard}/${index}`));
  if (!part.ok) return part;
  await pinLogKey();
  const chains = view.beacon.local ? [...PUBLIC_CHAINS, ...(await trialChains())] : PUBLIC_CHAINS;
  // Both are on their way while level 1 runs.
  const files = poolFiles(session, receipt.pools[0]);
  return ok({
    evidence: { publicPart: part.value, receipt: entry.receipt },
    trust: { chains, logKeys: logKeys(), seen: manifest },
    files: () => files,
  });
}

async function poolFiles(session: string, pool: number): Promise<PoolFiles | undefined> {
  const [table, result] = await Promise.all([
    keptFile(drawFile(session, `tables/${pool}`)),
    keptFile(drawFile(session, `results/${pool}`)),
  ]);
  return table.ok && result.ok ? { table: table.value, result: result.value } : undefined;
}

/** Beacons that a shop runs for trying out: no page pins them, and the report says what they are. */
async function trialChains(): Promise<Chain[]> {
  const outcome = await call<{ beacons: unknown }>("/v1/beacons", { open: true });
  return outcome.ok ? localChains(outcome.value.beacons) : [];
}

/** One file with everything, for a check without network on the verify page. */
export async function saveCheck({ proof, facts }: Report, { trust, files }: CheckRun): Promise<void> {
  if (!proof) return;
  const logKey = trust.logKeys.find((key) => key.startsWith(`${facts.manifest?.origin}+`));
  const text = savedText(
    {
      proof: proof.text,
      ...(trust.seen ? { seen: trust.seen } : {}),
      ...(logKey ? { logKey } : {}),
      ...(facts.chain?.local ? { chain: facts.chain } : {}),
    },
    await files(facts),
  );
  saveFile(`${nameOf(facts)}.check.json`, text);
}

export const saveProof = ({ proof, facts }: Report): void => {
  if (proof) saveFile(`${nameOf(facts)}.tlog-proof`, proof.text, "text/plain");
};

const nameOf = ({ manifest, own }: Report["facts"]): string => `${manifest?.session}-${own?.pool}`;
