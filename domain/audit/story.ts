// A session's entries in the public log: each kind once, in their order, the same bytes as the published files, and proven to stand there.
import { type Bytes, hex, same } from "../bytes.ts";
import { readSettled, readVoid, readWave, type Settled, type Void } from "../draw/forms.ts";
import { parseObject } from "../draw/manifest.ts";
import type { Wave } from "../draw/wave.ts";
import type { SignedCheckpoint } from "../log/checkpoint.ts";
import type { Announced } from "./announced.ts";
import { openProof, type PublishedLog } from "./published-log.ts";
import { must, reading } from "./reasons.ts";
import { type Audited, find, read } from "./step.ts";

type Entry = { index: number; bytes: Bytes };

/** Kinds of which a session has one at most. A void is beside the line of the others. */
const SINGLE = ["manifest", "review", "seal", "result", "settled", "void"] as const;
type Single = (typeof SINGLE)[number];

export type Story = { [Kind in Single]: Entry | undefined } & { waves: Entry[] };

/** What the later entries say. */
export type Told = { waves: Wave[]; settled: Settled | undefined; void: Void | undefined };

type Head = { session?: unknown; type?: unknown; manifest?: unknown };

export function* readStory({ manifest, M }: Announced, log: PublishedLog): Audited<{ story: Story; told: Told }> {
  const { session } = manifest;
  const none = { manifest: undefined, review: undefined, seal: undefined, result: undefined, settled: undefined, void: undefined };
  const story: Story = { ...none, waves: [] };
  for (const [index, bytes] of log.entries.entries()) {
    const head = reading(`log entry ${index}`, () => parseObject<Head>(bytes), "file-not-canonical");
    if (head.session !== session || (head.type !== "manifest" && head.manifest !== hex(M))) continue;
    if (head.type === "wave") story.waves.push({ index, bytes });
    const kind = SINGLE.find((name) => name === head.type);
    if (!kind) continue;
    must(!story[kind], `${kind}-twice`, undefined, `entries ${story[kind]?.index} and ${index} of the log`);
    story[kind] = { index, bytes };
  }
  for (const kind of SINGLE) yield* compareFile(session, kind, kind, story[kind]);
  const line = [story.manifest, story.review, story.seal, story.result, ...story.waves, story.settled].flatMap(
    (entry) => entry?.index ?? [],
  );
  const ascends = line.every((index, at) => at === 0 || index > (line[at - 1] as number));
  must(ascends, "log-order", undefined, `manifest, review, seal, result, waves, settlement stand at ${line.join(", ")}`);
  const told = toldBy(story);
  for (const [at, wave] of story.waves.entries()) yield* compareFile(session, "wave", `waves/${at + 1}`, wave);
  return { story, told };
}

function toldBy({ waves, settled, void: voided }: Story): Told {
  const read = <Shape>({ index, bytes }: Entry, form: (bytes: Bytes) => Shape): Shape =>
    reading(`log entry ${index}`, () => form(bytes));
  const list = waves.map((entry) => read(entry, readWave));
  const gap = list.findIndex(({ no }, at) => no !== at + 1);
  must(gap < 0, "wave-number-gap", undefined, `wave ${list[gap]?.no} stands where wave ${gap + 1} belongs`);
  return { waves: list, settled: settled && read(settled, readSettled), void: voided && read(voided, readVoid) };
}

/** manifest, review, seal and result are always published beside the log, the others may be. */
function* compareFile(session: string, kind: Single | "wave", name: string, entry: Entry | undefined): Audited<void> {
  const file = `draws/${session}/${name}.json`;
  const published = yield* find(file);
  if (!published) {
    const mayLack = !entry || kind === "wave" || kind === "settled" || kind === "void";
    must(mayLack, "file-missing", file, "is not published, but stands in the log");
    return;
  }
  const stands = entry !== undefined && same(entry.bytes, published);
  must(stands, `${kind}-not-logged`, file, "these bytes do not stand in the log");
}

export type Covered = SignedCheckpoint & { file: string };

/** The checkpoints by which the session's entries were covered. Where witnesses are needed, the three that they have to see must be there. */
export function* readProofs(
  { manifest }: Announced,
  log: PublishedLog,
  { waves, ...single }: Story,
): Audited<Map<string, Covered>> {
  const named = [
    ...SINGLE.map((kind) => [kind, single[kind]] as const),
    ...waves.map((wave, at) => [`waves/${at + 1}`, wave] as const),
  ];
  const proofs = new Map<string, Covered>();
  for (const [name, entry] of named) {
    if (!entry) continue;
    const file = `draws/${manifest.session}/${name}.tlog-proof`;
    const isNeeded = manifest.witnesses.k > 0 && (name === "manifest" || name === "seal" || name === "result");
    const bytes = yield* isNeeded ? read(file) : find(file);
    if (bytes) proofs.set(name, { file, ...openProof(log, file, bytes, entry.index) });
  }
  return proofs;
}
