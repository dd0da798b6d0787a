// Single edits of a published session and of a phone proof, each with the step that catches it and the reason's code. One edit each: the
// rest stays as an honest operator made it, unless the operator lied from the start and made everything else agree.
import { type Bytes, join, u8, u16, u32, utf8 } from "../../domain/bytes.ts";
import { objectBytes } from "../../domain/draw/manifest.ts";
import type { PoolResult, Ranked } from "../../domain/draw/rank.ts";
import { signatureLine } from "../../domain/log/note.ts";
import type { Drawn, Proof } from "../../domain/proof/proof.ts";
import { PART } from "../../domain/proof/wire.ts";
import { type LogLies, WITNESSES } from "./small-log.ts";
import type { Lies } from "./small-session.ts";

/** Persons of the small session by what became of them. */
export const PERSON = { won: 0, wait: 1, everyoneWins: 2, lost: 3, excluded: 4 } as const;
export type Who = keyof typeof PERSON;

export type Row = [reason: string, what: string, who: Who, edit: (proof: Proof) => Proof];

const drawn = (proof: Proof): Drawn => proof.standing as Drawn;
const withDrawn = (change: (standing: Drawn) => Partial<Drawn>) => (proof: Proof) => ({
  ...proof,
  standing: { ...drawn(proof), ...change(drawn(proof)) },
});
const own =
  (change: Partial<Proof["own"]>) =>
  (proof: Proof): Proof => ({ ...proof, own: { ...proof.own, ...change } });
const json = (bytes: Bytes, change: object): Bytes =>
  objectBytes({ ...(JSON.parse(new TextDecoder().decode(bytes)) as object), ...change });
const flipped = (hash: Bytes): Bytes => hash.with(0, (hash[0] as number) ^ 1) as Bytes;
const first = (path: Bytes[]): Bytes[] => [flipped(path[0] as Bytes), ...path.slice(1)];

/** A pid whose first four bytes are one more: the next shard's. */
const anotherPerson = ({ own: { identity } }: Proof) => {
  const { nonce, pid } = identity as { nonce: Bytes; pid: Bytes };
  return { nonce, pid: pid.with(3, (pid[3] as number) ^ 1) as Bytes };
};

/** The result row's fields: u32 pool, stock, n, winners, waits, then cut-off and two roots. */
const field = (at: number, value: number) =>
  withDrawn(({ result }) => ({ result: join(result.slice(0, 4 * at), u32(value), result.slice(4 * at + 4)) }));

const checkpoint =
  (part: "sealed" | "drawn", change: (text: string) => string) =>
  (proof: Proof): Proof => ({ ...proof, [part]: { ...proof[part], checkpoint: change(proof[part].checkpoint) } });
const withoutLine = (name: string) => (text: string) =>
  text
    .split("\n")
    .filter((line) => !line.startsWith(`— ${name} `))
    .join("\n");

/** One edit of an honest proof. */
export const PROOF_EDITS: Row[] = [
  ["plan-changed", "a minute longer to reserve", "won", (p) => ({ ...p, manifest: json(p.manifest, { ticketsMax: 2 }) })],
  ["plan-form", "a plan with a member more", "won", (p) => ({ ...p, manifest: json(p.manifest, { note: "fair" }) })],
  ["plan-form", "a plan with spaces", "won", (p) => ({ ...p, manifest: join(p.manifest, utf8(" ")) })],
  ["wrong-shard", "the shard of somebody else", "won", (p) => own({ shard: 1 - p.own.shard })(p)],
  ["wrong-shard", "another person", "won", (p) => own({ identity: anotherPerson(p) })(p)],
  [
    "receipt-signature",
    "another nonce",
    "won",
    (p) => own({ identity: { ...p.own.identity, nonce: new Uint8Array(32) } as never })(p),
  ],
  ["receipt-signature", "one ticket more", "won", own({ tickets: 2 })],
  ["receipt-signature", "another pool", "won", own({ pool: 9 })],
  ["receipt-signature", "a second later", "won", (p) => own({ s: p.own.s + 1 })(p)],
  ["receipt-signature", "another signature", "won", (p) => ({ ...p, group: { ...p.group, sig: flipped(p.group.sig) } })],
  ["group-range", "a place beyond the group", "won", (p) => own({ index: p.group.first + p.group.size })(p)],
  ["group-range", "a leaf younger than its group", "won", (p) => ({ ...p, group: { ...p.group, s: p.own.s - 1 } })],
  ["not-in-shard", "a shard that ends before the place", "won", (p) => ({ ...p, shard: { ...p.shard, n: p.own.index } })],
  [
    "shard-not-sealed",
    "another neighbour in the shard",
    "won",
    (p) => ({ ...p, shard: { ...p.shard, path: first(p.shard.path) } }),
  ],
  ["shard-not-sealed", "another shard beside it", "won", (p) => ({ ...p, shards: first(p.shards) })],
  ["seal-foreign", "the seal of another plan", "won", (p) => ({ ...p, seal: json(p.seal, { manifest: "00".repeat(32) }) })],
  ["seal-foreign", "a seal of fewer pools", "won", (p) => ({ ...p, seal: json(p.seal, { pools: 1 }) })],
  ["seal-form", "a seal with a member more", "won", (p) => ({ ...p, seal: json(p.seal, { note: "fair" }) })],
  ["seal-not-logged", "a seal that counts one entry less", "won", (p) => ({ ...p, seal: json(p.seal, { entries: 7 }) })],
  ["seal-not-logged", "another place in the log", "won", (p) => ({ ...p, sealed: { ...p.sealed, index: p.sealed.index - 1 } })],
  ["checkpoint-form", "a checkpoint without its blank line", "won", checkpoint("sealed", (text) => text.replace("\n\n", "\n"))],
  ["result-not-logged", "the seal's checkpoint for the result", "won", (p) => checkpoint("drawn", () => p.sealed.checkpoint)(p)],
  ["result-form", "a result with a member more", "won", (p) => ({ ...p, result: json(p.result, { note: "fair" }) })],
  ["result-foreign", "the result of another seal", "won", (p) => ({ ...p, result: json(p.result, { seal: "00".repeat(32) }) })],
  [
    "result-not-logged",
    "a result with another number",
    "won",
    (p) => ({ ...p, result: json(p.result, { seed: "00".repeat(32) }) }),
  ],
  ["no-quorum", "a witness taken away from the seal", "won", checkpoint("sealed", withoutLine("w1.example"))],
  ["no-quorum", "a witness taken away from the result", "won", checkpoint("drawn", withoutLine("w2.example"))],
  ["cosignature", "a witness's signature from the other checkpoint", "won", (p) => swapped(p)],
  [
    "foreign-signature",
    "a line of nobody's",
    "won",
    checkpoint("sealed", (text) => text + signatureLine({ name: "x.example", id: 7 }, new Uint8Array(72))),
  ],
  ["not-excluded", "another reason", "excluded", (p) => ({ ...p, standing: { exclusion: { ...exclusionOf(p), reason: 5 } } })],
  [
    "unknown-exclusion",
    "a reason that is in no table",
    "excluded",
    (p) => ({ ...p, standing: { exclusion: { ...exclusionOf(p), reason: 16 } } }),
  ],
  [
    "unknown-exclusion",
    "a reason of the door",
    "excluded",
    (p) => ({ ...p, standing: { exclusion: { ...exclusionOf(p), reason: 34 } } }),
  ],
  ["not-in-table", "a row beyond the table", "won", withDrawn(({ table }) => ({ table: { ...table, position: table.n } }))],
  [
    "table-not-sealed",
    "another neighbour in the table",
    "won",
    withDrawn(({ table }) => ({ table: { ...table, path: first(table.path) } })),
  ],
  [
    "table-not-sealed",
    "a ticket more in the table's sum",
    "won",
    withDrawn(({ table }) => ({ table: { ...table, sumTickets: table.sumTickets + 1 } })),
  ],
  ["table-not-sealed", "the place of another pool", "won", withDrawn(({ tables }) => ({ tables: { ...tables, position: 1 } }))],
  ["pool-not-announced", "a unit less than announced", "won", withDrawn(({ pool }) => ({ pool: { ...pool, stock: 1 } }))],
  ["pool-not-announced", "a shorter waitlist than announced", "won", withDrawn(({ pool }) => ({ pool: { ...pool, wait: 0 } }))],
  ["pool-not-announced", "another store", "won", withDrawn(({ pool }) => ({ pool: { ...pool, store: "store-2" } }))],
  ["other-pool", "the row of another pool", "won", withDrawn(({ pool }) => ({ pool: { ...pool, pool: 9 } }))],
  ["other-pool", "the result of another pool", "won", field(0, 9)],
  ["stock-changed", "a unit less in the result", "won", field(1, 1)],
  ["count-changed", "an entry less in the result", "won", field(2, 3)],
  ["winners-count", "a winner less", "won", field(3, 1)],
  ["waits-count", "a waitlist place less", "won", field(4, 0)],
  [
    "cutoff-rule",
    "a cut-off where there is enough for everybody",
    "everyoneWins",
    withDrawn(({ result }) => ({ result: result.with(20, 0x7f) as Bytes })),
  ],
  ["result-row", "a higher cut-off", "lost", withDrawn(({ result }) => ({ result: result.with(20, 0xff) as Bytes }))],
  ["result-row", "another list of winners", "won", withDrawn(({ result }) => ({ result: result.with(52, 0) as Bytes }))],
  ["win-row", "another rank", "won", withDrawn(({ win }) => ({ win: { rank: 1, path: win?.path ?? [] } }))],
  ["wait-row", "a better place on the waitlist", "wait", withDrawn(({ wait }) => ({ wait: { rank: 1, path: wait?.path ?? [] } }))],
  [
    "winner-left-out",
    "a winner without a row",
    "won",
    ({ standing, ...p }) => ({ ...p, standing: without(standing as Drawn, "win") }),
  ],
  ["winner-put-in", "a winner's row above the cut-off", "lost", withDrawn(() => ({ win: { rank: 0, path: [] } }))],
];

function without(standing: Drawn, name: "win" | "wait"): Drawn {
  const { [name]: _, ...rest } = standing;
  return rest;
}

const exclusionOf = ({ standing }: Proof) =>
  (standing as { exclusion: { position: number; reason: number; path: Bytes[] } }).exclusion;

/** The first witness's line of the result's checkpoint, put under the seal's. */
function swapped(proof: Proof): Proof {
  const lineOf = (text: string) => text.split("\n").find((line) => line.startsWith(`— ${WITNESSES[0]?.key.name} `)) as string;
  return checkpoint("sealed", (text) => text.replace(lineOf(text), lineOf(proof.drawn.checkpoint)))(proof);
}

/** An operator or a log that lied from the start, with everything else made to agree. */
export const LIES: [reason: string, what: string, who: Who, lies: Lies, log?: LogLies][] = [
  [
    "round-formula",
    "a round of the operator's choice",
    "won",
    { manifest: (m) => ({ ...m, beacon: { ...m.beacon, round: m.beacon.round + 1 } }) },
  ],
  ["fallback", "another source if the beacon is late", "won", { manifest: (m) => ({ ...m, fallback: "next" }) }],
  [
    "beacon-unknown",
    "a beacon of the operator's own",
    "won",
    { manifest: (m) => ({ ...m, beacon: { ...m.beacon, chain: "ab".repeat(32) } }) },
  ],
  ["beacon-differs", "a beacon with another genesis", "won", { manifest: (m) => ({ ...m, beacon: { ...m.beacon, genesis: 1 } }) }],
  [
    "witness-keys",
    "a witness without a key",
    "won",
    { manifest: (m) => ({ ...m, witnesses: { k: 1, keys: [{ key: "w1", by: "nobody", brand: false }] } }) },
  ],
  [
    "witness-keys",
    "one witness under two names",
    "won",
    { manifest: (m) => ({ ...m, witnesses: { k: 2, keys: [m.witnesses.keys[0], m.witnesses.keys[0]] } }) },
  ],
  [
    "tickets-out-of-range",
    "more tickets than anybody may have",
    "won",
    { entry: (e, person) => (person === 0 ? { ...e, tickets: 4 } : e) },
  ],
  ["outside-window", "an entry before the opening", "won", { entry: (e, person) => (person === 0 ? { ...e, s: e.s - 3601 } : e) }],
  [
    "unknown-exclusion",
    "an exclusion for no reason of the table",
    "excluded",
    { exclusions: (places) => places.slice(4, 5).map(({ shard, index }) => ({ shard, index, reason: 40 })) },
  ],
  ["seal-late", "a seal that one witness saw after the deadline", "won", {}, { sealedBefore: [5, 0] }],
  ["seal-not-logged", "another seal in the log than the one shown", "won", {}, { seal: objectBytes({ v: 1, type: "seal" }) }],
  ["other-log", "a second log for this session", "won", {}, { origin: "example.com/other" }],
  ["log-signature", "a checkpoint that the log did not sign", "won", {}, { seed: new Uint8Array(32).fill(9) }],
  ["no-quorum", "no witness for the result", "won", {}, { drawnBefore: [] }],
  ["result-before-seal", "a result that was logged before the seal", "won", {}, { resultFirst: true }],
  ["round-changed", "another round than announced", "won", { result: (r) => ({ ...r, round: r.round + 1 }) }],
  [
    "beacon-signature",
    "a random number that the beacon did not sign",
    "won",
    { result: (r) => ({ ...r, signature: `${r.signature.slice(0, -2)}00` }) },
  ],
  ["seed-changed", "a number of the operator's choice", "won", { result: (r) => ({ ...r, seed: "00".repeat(32) }) }],
  [
    "cutoff-not-last",
    "a cut-off that is not the last winner's score",
    "won",
    { results: ([pool, ...rest]) => [{ ...(pool as object), cutoff: pool?.winners[0]?.score } as never, ...rest] },
  ],
  [
    "winner-left-out",
    "a cut-off lowered under a winner, whose row is gone",
    "won",
    {
      results: ([pool, ...rest]) => [
        { ...(pool as object), winners: pool?.winners.toReversed().slice(0, 1).concat(pool.waits) } as never,
        ...rest,
      ],
    },
  ],
];

/** A waitlist that holds everybody who did not win, and an operator who leaves the last one out. */
export const EVERYBODY_WAITS: Lies = { pools: (pools) => pools.map((pool) => ({ ...pool, wait: 2 })) };

/** One edit of the bytes of a proof. */
export const BYTE_EDITS: [reason: string, what: string, edit: (bytes: Bytes) => Uint8Array][] = [
  ["not-a-proof", "nothing", () => new Uint8Array(0)],
  ["not-a-proof", "another file of the same session", () => utf8("draw1/bundle-table\n")],
  ["not-a-proof", "a proof of a later version", (bytes) => bytes.with(4, 0x32)],
  ["too-long", "a proof with 8 kB after it", (bytes) => join(bytes, new Uint8Array(8192))],
  ["truncated", "a proof cut off inside a part", (bytes) => bytes.slice(0, -1)],
  ["truncated", "a proof cut off inside a length", (bytes) => bytes.slice(0, HEAD + 2)],
  ["missing-part", "a proof cut off between two parts", (bytes) => bytes.slice(0, lastPart(bytes))],
  ["unknown-part", "a part that no version knows", (bytes) => join(bytes, u8(21), u16(0))],
  ["unknown-part", "the part 0", (bytes) => join(bytes.slice(0, HEAD), u8(0), u16(0), bytes.slice(HEAD))],
  ["part-order", "the last part twice", (bytes) => join(bytes, bytes.slice(lastPart(bytes)))],
  [
    "part-order",
    "a part in front of its time",
    (bytes) => join(bytes.slice(0, HEAD), bytes.slice(lastPart(bytes)), bytes.slice(HEAD, lastPart(bytes))),
  ],
  ["surplus-part", "a win row and a wait row at once", (bytes) => added(bytes, PART.wait, new Uint8Array(4))],
  ["part-form", "an exclusion's path of 31 bytes", (bytes) => replaced(bytes, PART.shards, new Uint8Array(31))],
  ["part-form", "a result row of 115 bytes", (bytes) => replaced(bytes, PART.result, new Uint8Array(115))],
  ["part-form", "an entry that names two pools", (bytes) => replaced(bytes, PART.entry, new Uint8Array(84).with(79, 2))],
  ["part-form", "a group of nobody", (bytes) => replaced(bytes, PART.group, new Uint8Array(78))],
  ["checkpoint-form", "a checkpoint that is no text", (bytes) => replaced(bytes, PART.drawnCheckpoint, Uint8Array.of(0xff))],
];

const HEAD = utf8("draw1/proof\n").length;

function partsOf(bytes: Uint8Array): { tag: number; body: Uint8Array }[] {
  const parts = [];
  for (let at = HEAD; at < bytes.length; ) {
    const length = (bytes[at + 1] as number) * 256 + (bytes[at + 2] as number);
    parts.push({ tag: bytes[at] as number, body: bytes.slice(at + 3, at + 3 + length) });
    at += 3 + length;
  }
  return parts;
}

const joined = (parts: { tag: number; body: Uint8Array }[]): Uint8Array =>
  join(utf8("draw1/proof\n"), ...parts.flatMap(({ tag, body }) => [u8(tag), u16(body.length), body]));

const lastPart = (bytes: Uint8Array): number => bytes.length - 3 - (partsOf(bytes).at(-1)?.body.length ?? 0);

const replaced = (bytes: Uint8Array, tag: number, body: Uint8Array): Uint8Array =>
  joined(partsOf(bytes).map((part) => (part.tag === tag ? { tag, body } : part)));

const added = (bytes: Uint8Array, tag: number, body: Uint8Array): Uint8Array =>
  joined([...partsOf(bytes), { tag, body }].sort((a, b) => a.tag - b.tag));

export type PoolFilesEdit = [reason: string, what: string, file: "table" | "result", edit: (bytes: Bytes) => Uint8Array];

const TABLE_AT = utf8("draw1/bundle-table\n").length + 32 + 8;
const RESULT_AT = utf8("draw1/bundle-result\n").length + 32;
const exchanged = (at: number, size: number) => (bytes: Bytes) =>
  join(bytes.slice(0, at), bytes.slice(at + size, at + 2 * size), bytes.slice(at, at + size), bytes.slice(at + 2 * size));

/** One edit of the two files of a pool: level 2. */
export const POOL_EDITS: PoolFilesEdit[] = [
  ["list-form", "two rows of the list swapped", "table", exchanged(TABLE_AT, 38)],
  ["list-form", "a list of another pool", "table", (bytes) => bytes.with(TABLE_AT - 5, 9)],
  ["list-form", "a list that ends early", "table", (bytes) => bytes.slice(0, -1)],
  ["list-form", "a list with a byte after it", "table", (bytes) => join(bytes, u8(0))],
  [
    "list-count",
    "a list without its last row",
    "table",
    (bytes) => join(bytes.slice(0, TABLE_AT - 4), u32(3), bytes.slice(TABLE_AT, -38)),
  ],
  ["list-not-sealed", "another entry in the list", "table", (bytes) => bytes.with(TABLE_AT, 0)],
  ["list-not-sealed", "a ticket more for somebody", "table", (bytes) => bytes.with(TABLE_AT + 32, 8)],
  ["result-list-form", "a result that ends early", "result", (bytes) => bytes.slice(0, -1)],
  ["result-list-form", "a result of another plan", "result", (bytes) => bytes.with(RESULT_AT - 1, 0)],
  ["result-list-differs", "an entry less in the result", "result", (bytes) => bytes.with(RESULT_AT + 11, 3)],
  ["result-list-differs", "another cut-off in the file", "result", (bytes) => bytes.with(RESULT_AT + 20, 0xff)],
  ["result-list-differs", "two winners swapped", "result", exchanged(RESULT_AT + 116, 64)],
  ["result-list-differs", "another root of the winners", "result", (bytes) => bytes.with(RESULT_AT + 52, 0)],
  ["result-list-differs", "somebody else on the waitlist", "result", (bytes) => bytes.with(-64 + bytes.length, 0)],
];

const inPool7 = (change: (pool: PoolResult) => Partial<PoolResult>): Lies => ({
  results: ([pool, ...rest]) => [{ ...(pool as PoolResult), ...change(pool as PoolResult) }, ...rest],
});

/** Results that were logged although the draw gives others. Who lost sees nothing of it in level 1; level 2 does. */
export const POOL_LIES: [reason: string, what: string, lies: Lies][] = [
  ["cutoff-changed", "a cut-off that leaves a winner out", inPool7(({ winners }) => ({ cutoff: (winners[0] as Ranked).score }))],
  ["winners-changed", "a list of winners with a friend in it", inPool7(() => ({ winRoot: new Uint8Array(32).fill(1) }))],
  ["waits-changed", "a waitlist in another order", inPool7(() => ({ waitRoot: new Uint8Array(32).fill(1) }))],
];
