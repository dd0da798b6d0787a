// The audit of a session from what lies in R2. Throws where anything is wrong.
import { audit, drawnOnly, type Recomputed } from "../../../domain/audit/audit.ts";
import { runAudit } from "../../../domain/audit/step.ts";
import { vkeyOf } from "../../../domain/log/note.ts";
import { TEST_CHAIN } from "./beacon.ts";
import { allFiles } from "./files.ts";
import { LOG_KEY } from "./witnesses.ts";

export async function audited(session: string): Promise<Required<Recomputed>> {
  const files = await allFiles();
  return drawnOnly(runAudit(audit({ session, chains: [TEST_CHAIN], logKey: vkeyOf(LOG_KEY) }), (path) => files.get(path)));
}
