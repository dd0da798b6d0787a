// What `npm start` is told: the pack and whether demo sessions run, or a text to say instead of starting.
import { parseArgs } from "node:util";
import { packNames, readPack } from "./pack.ts";

export const FIRST_PACK = "baijiu";

const usage = () => `usage: npm start [-- --pack NAME] [--no-demo]

  --pack NAME      what the shop sells; ${FIRST_PACK} unless said
${packNames()
  .map((name) => `                     ${name.padEnd(10)} ${readPack(name).about.en}`)
  .join("\n")}

  --no-demo        no demo sessions: only what you plan. One of them is always under way, and what is under way is not imported elsewhere

  PORT             where it listens; 8787 unless said
  FAIRPOUR_STATE   its state folder; .fairpour/state for ${FIRST_PACK}, .fairpour/state-NAME for every other pack

A state folder is filled with its pack once; from then on the catalogue is the operator's, and no later start changes it. Each pack has a folder
of its own, so you may go to and fro between them. Delete a folder to start afresh.`;

export type StartOptions = { pack: string; demo: boolean } | { say: string; code: 0 | 2 };

export function startOptions(args: string[]): StartOptions {
  try {
    const { values } = parseArgs({
      args,
      allowNegative: true,
      options: {
        pack: { type: "string", default: FIRST_PACK },
        demo: { type: "boolean", default: true },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) return { say: usage(), code: 0 };
    if (packNames().includes(values.pack)) return { pack: values.pack, demo: values.demo };
    return { say: `There is no pack "${values.pack}"; packs are ${packNames().join(", ")}.`, code: 2 };
  } catch (error) {
    return { say: `${error instanceof Error ? error.message : error}\n\n${usage()}`, code: 2 };
  }
}
