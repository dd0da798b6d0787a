// node scripts/recompute.ts URL SESSION: draws a session again from its published files alone. Prints each check and "same winners", or
// exits with 1.
import { recompute } from "../domain/draw/recompute.ts";
import { fetchPublished, pinnedChain } from "./play/published.ts";

const [origin, session] = process.argv.slice(2);
if (!origin || !session) {
  console.error("usage: node scripts/recompute.ts URL SESSION");
  process.exit(2);
}
try {
  const { files, manifest } = await fetchPublished(origin, session);
  let good = true;
  for (const check of recompute(files, await pinnedChain(origin, manifest.beacon.chain))) {
    console.log(`  ${check.good ? "✓" : "✗"} ${check.name}`);
    good &&= check.good;
  }
  console.log(good ? "  same winners" : "  NOT the same");
  process.exitCode = good ? 0 : 1;
} catch (error) {
  console.error(`  ✗ ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
