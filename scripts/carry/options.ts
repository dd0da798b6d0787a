// What export and import are told on the command line: one folder, and which installation.
import { parseArgs } from "node:util";

export type Options = { folder: string; origin: string; env: string | undefined };

/** Ends the process with the usage where it was asked for, or where something does not fit. */
export function optionsOr(usage: string): Options {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      origin: { type: "string", default: "http://localhost:8787" },
      env: { type: "string" },
      help: { type: "boolean" },
    },
  });
  const [folder, ...more] = positionals;
  if (values.help || folder === undefined || more.length > 0) {
    console.error(usage);
    process.exit(values.help ? 0 : 2);
  }
  return { folder, origin: values.origin, env: values.env };
}
