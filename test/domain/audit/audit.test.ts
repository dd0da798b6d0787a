// The audit of a published session: what it checks in which order, what it gives back, what the verifier brings along itself.
import { describe, expect, it } from "vitest";
import { audit, drawnOnly } from "../../../domain/audit/audit.ts";
import { Broken, REASONS } from "../../../domain/audit/reasons.ts";
import { runAudit, type Step } from "../../../domain/audit/step.ts";
import { type Bytes, hex, utf8 } from "../../../domain/bytes.ts";
import { QUICKNET } from "../../../domain/draw/chains.ts";
import { vkeyOf } from "../../../domain/log/note.ts";
import { HASH } from "../../../domain/merkle.ts";
import { localChain } from "../../../scripts/local/chain.ts";
import { type Published, publishedSession } from "../../support/published-session.ts";
import { LOG_KEY } from "../../support/small-log.ts";

const CHECKS = [
  "the manifest is of a form that this program knows",
  "the beacon chain is the pinned one",
  "the round follows from the closing time",
  "entries, tiles and checkpoint of the log agree",
  "the session's entries stand in the log, each as it is published",
  "the witnesses saw the manifest before opening, and the seal before the beacon",
  "the rules document is the announced one",
  "pools and stock are the announced ones",
  "every entry is in the window, in a known pool, within the ticket limit",
  "every entry's public id is used once",
  "the entries are the sealed ones",
  "every exclusion is an entry with a known reason",
  "the exclusions are the sealed ones",
  "tables = entries - exclusions",
  "the tables are the sealed ones",
  "the seal says nothing else",
  "the beacon's signature verifies",
  "the winners are the ones that seal and beacon give",
  "the result object is the recomputed one",
  "waves follow the ranks and never award more than there is",
];

type Options = Omit<Parameters<typeof audit>[0], "session">;

function run(files: Published, options: Options = {}) {
  const passed: string[] = [];
  const heard = (step: Step) => void ("passed" in step && passed.push(step.passed));
  const recomputed = runAudit(audit({ session: "small-1", ...options }), (path) => files.get(path), heard);
  return { passed, recomputed };
}

function reasonOf(files: Published, options: Options = {}): string {
  try {
    run(files, options);
    return "valid";
  } catch (error) {
    if (error instanceof Broken) return error.reason;
    throw error;
  }
}

const watched = publishedSession({ k: 2 });
const unlogged = publishedSession({});

describe("an audit", () => {
  it("passes every check of an honest session, in this order", () => {
    expect(run(watched.files).passed).toEqual(CHECKS);
  });

  it("without a log leaves out what only a log can show, and says so", () => {
    const { passed, recomputed } = run(unlogged.files);
    expect(passed).toEqual(CHECKS.filter((_, at) => at < 3 || at > 5));
    expect(recomputed.outcome.limits).toEqual(["no-log", "no-witnesses", "tickets-by-rule"]);
  });

  it("counts what the session holds", () => {
    expect(run(watched.files).recomputed.outcome).toMatchObject({
      manifest: hex(watched.M),
      assurance: "person",
      counts: {
        entries: 8,
        excluded: 1,
        reasons: { 1: 1 },
        histogram: { 1: 5, 2: 1, 3: 1 },
        pools: 2,
        winners: 5,
        waits: 1,
        waves: 1,
        awards: 5,
        lapses: 0,
      },
      witnesses: [{ by: "Consumer council (example)" }, { by: "University lab (example)" }],
    });
  });

  it("gives back the drawn pools and every leaf at its place", () => {
    const { sealed, drawn } = drawnOnly(run(watched.files).recomputed);
    expect(drawn.results).toEqual(watched.results);
    for (const text of watched.receipts) {
      const { shard, index, leaf } = JSON.parse(text) as { shard: number; index: number; leaf: string };
      const at = (sealed.places.firsts[shard] as number) + index;
      expect(hex(sealed.places.leaves.subarray(at * HASH, (at + 1) * HASH))).toBe(leaf);
    }
  });

  it("asks for no file that is not of this session, its rules, the log or the list of chains", () => {
    const asked = new Set<string>();
    const files = (path: string) => {
      asked.add(path);
      return watched.files.get(path);
    };
    runAudit(audit({ session: "small-1" }), files);
    const foreign = [...asked].filter((path) => !/^(draws\/small-1\/|rules\/[0-9a-f]{64}$|log\/)/.test(path));
    expect(foreign).toEqual([]);
  });
});

describe("any single bit", () => {
  it.each([
    ["with a log", watched.files],
    ["without one", unlogged.files],
  ])(
    "of any published file is found %s",
    (_, files) => {
      const missed: string[] = [];
      for (const [path, bytes] of files) {
        // A cosigner's line with another name is nobody's: it is ignored where no quorum is asked for, as signed notes want it.
        const end = /checkpoint$|(waves.*|settled)\.tlog-proof$/.test(path)
          ? new TextDecoder().decode(bytes).indexOf("— w")
          : bytes.length;
        // A step that is no multiple of a row; what costs a pairing is looked at in fewer places.
        const stride = /result|waves|beacon|settled/.test(path) ? 211 : 61;
        for (let at = 0; at < end; at += stride) {
          const flipped = bytes.with(at, (bytes[at] as number) ^ (1 << (at & 7))) as Bytes;
          if (reasonOf(new Map(files).set(path, flipped)) === "valid") missed.push(`${path}:${at}`);
        }
      }
      expect(missed).toEqual([]);
    },
    60_000,
  );
});

describe("what the verifier brings along", () => {
  it.each<[what: string, reason: string, options: Options]>([
    ["the manifest's hash as it was seen before", "valid", { plan: hex(watched.M) }],
    ["another hash", "plan-changed", { plan: "00".repeat(32) }],
    ["the log's key", "valid", { logKey: vkeyOf(LOG_KEY) }],
    ["a key that is none", "log-key", { logKey: "example.com/draws" }],
    ["an older checkpoint of the same history", "valid", { seen: [{ name: "kept", bytes: checkpointOf("manifest") }] }],
    ["a newer checkpoint than the published one", "log-inconsistent", { seen: [{ name: "kept", bytes: newer() }] }],
    [
      "a checkpoint of another history",
      "log-inconsistent",
      { seen: [{ name: "kept", bytes: checkpointOf("manifest", "another") }] },
    ],
    ["a chain of another genesis", "beacon-differs", { chains: [{ ...QUICKNET, genesis: QUICKNET.genesis + 3 }] }],
    ["a chain of another period", "beacon-differs", { chains: [{ ...QUICKNET, period: 30 }] }],
    [
      "a chain with another key",
      "beacon-signature",
      { chains: [{ ...QUICKNET, publicKey: localChain("11".repeat(32)).publicKey }] },
    ],
    ["a chain whose key is no point", "beacon-signature", { chains: [{ ...QUICKNET, publicKey: "00".repeat(96) }] }],
    ["no chain at all", "beacon-unknown", { chains: [] }],
  ])("%s: %s", (_, reason, options) => {
    expect(reasonOf(watched.files, options)).toBe(reason);
  });

  it("does without the site's key of the log where it has its own", () => {
    const files = new Map(watched.files);
    files.delete("log/vkey");
    expect(run(files, { logKey: vkeyOf(LOG_KEY) }).recomputed.outcome.limits).not.toContain("log-key-from-site");
  });

  function checkpointOf(name: string, history = "earlier"): Bytes {
    const { files, folder } = publishedSession({ k: 2, history });
    const proof = new TextDecoder().decode(files.get(`${folder}/${name}.tlog-proof`));
    return utf8(proof.slice(proof.indexOf("\n\n") + 2));
  }

  function newer(): Bytes {
    return publishedSession({ k: 2, earlier: 4 }).files.get("log/checkpoint") as Bytes;
  }
});

describe("a chain that the site lists", () => {
  const chain = localChain("11".repeat(32));
  const listing = (listed: unknown) => new Map(unlogged.files).set("v1/beacons", utf8(JSON.stringify(listed)));
  it.each<[what: string, listed: unknown]>([
    ["of another hash", { beacons: [chain] }],
    ["without a list", {}],
    ["in a list of nothing", { beacons: [null] }],
    ["of numbers", { beacons: [{ ...chain, publicKey: 1 }] }],
  ])("%s is not believed", (_, listed) => {
    expect(reasonOf(listing(listed), { chains: [] })).toBe("beacon-unknown");
  });
});

describe("a reason", () => {
  it("is one sentence for each code", () => {
    for (const [code, meaning] of Object.entries(REASONS)) {
      expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(meaning).toMatch(/^.{20,140}\.$/);
    }
  });
});
