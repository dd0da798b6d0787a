// The client's types and its table of addresses, made from the table of operations: node scripts/docs/client-types.ts writes them, a test holds
// them equal.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { clientOperations, clientTypes } from "../api/client.ts";
import { ROOT } from "../local/bundle.ts";

const SOURCE = join(ROOT, "clients/typescript/src");

export const CLIENT_FILES = [
  { name: "types.ts", path: join(SOURCE, "types.ts"), make: () => clientTypes() },
  { name: "operations.ts", path: join(SOURCE, "operations.ts"), make: clientOperations },
];

if (process.argv[1] === import.meta.filename) for (const { path, make } of CLIENT_FILES) writeFileSync(path, make());
