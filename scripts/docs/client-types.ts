// The client's types, made from the table of operations: node scripts/docs/client-types.ts writes them, a test holds the two equal.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { clientTypes } from "../api/types.ts";
import { ROOT } from "../local/bundle.ts";

export const CLIENT_TYPES = join(ROOT, "clients/typescript/src/types.ts");

if (process.argv[1] === import.meta.filename) writeFileSync(CLIENT_TYPES, clientTypes());
