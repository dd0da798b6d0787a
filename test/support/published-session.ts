// Every file of a session as it is published, waves, log and witnesses included, under the paths of draw1, section 10.
import { type Bytes, hex, utf8 } from "../../domain/bytes.ts";
import { nextRanks } from "../../domain/draw/award.ts";
import { objectBytes, sealDeadline } from "../../domain/draw/manifest.ts";
import {
  type AwardRow,
  awardsRoot,
  byPoolAndRank,
  type LapseRow,
  lapsesRoot,
  type Wave,
  waveBundle,
} from "../../domain/draw/wave.ts";
import { signWith } from "../../domain/ed25519.ts";
import { checkpointText } from "../../domain/log/checkpoint.ts";
import { cosignatureBytes, cosignatureMessage } from "../../domain/log/cosignature.ts";
import { type NoteKey, noteOf, signatureLine, vkeyOf } from "../../domain/log/note.ts";
import { proofText } from "../../domain/log/proof.ts";
import { entryBundle, TILE_WIDTH, tileBytes, tilePath, tilesOf } from "../../domain/log/tiles.ts";
import { inclusionPath, nodesOf, treeRoot } from "../../domain/log/tree.ts";
import { leafHash, packHashes } from "../../domain/merkle.ts";
import { LOG_KEY, LOG_SEED, listedWitnesses, WITNESSES } from "./small-log.ts";
import { type Cast, type Lies, smallSession } from "./small-session.ts";

export type Published = Map<string, Bytes>;

/** What the log does otherwise. `names` are those of the files beside the log: manifest, seal, result, waves/1, settled. */
export type PublishingLies = {
  entries?: (honest: LogEntry[]) => LogEntry[];
  /** Times of the cosignatures of an entry's proof, Unix seconds, one for each witness that signs. */
  times?: (name: string, honest: number[]) => number[];
  waves?: (honest: WaveRows[]) => WaveRows[];
  settled?: (honest: object) => object;
  logKey?: NoteKey;
};

/** Entries without a name have no files beside the log. */
export type LogEntry = { name: string; bytes: Bytes };

export type WaveRows = { awards: AwardRow[]; lapses: LapseRow[] };

/** How far the session is: nothing of what comes later is published, nor stands in the log. */
export type Until = "announced" | "sealed" | "settled";

/** Without `k` there is no log at all. `history` names the sessions before, `earlier` counts them. `lapsing` says which awards lapse in each wave after the first. */
export type Setting = {
  k?: number;
  earlier?: number;
  history?: string;
  lapsing?: ((standing: AwardRow[]) => LapseRow[])[];
  cast?: Cast;
  until?: Until;
};

const COME_LATER: { [Stage in Until]: RegExp } = {
  announced: /^(review|seal|exclusions|shards|tables|beacon|result|waves|settled)/,
  sealed: /^(beacon|result|waves|settled)/,
  settled: /(?!)/,
};

type Session = ReturnType<typeof smallSession>;

export function publishedSession(
  { k, earlier = 3, history = "earlier", lapsing = [], cast, until = "settled" }: Setting,
  lies: Lies = {},
  publishing: PublishingLies = {},
) {
  const session = smallSession(
    {
      ...lies,
      manifest: (honest) => {
        const watched = k === undefined ? honest : { ...honest, witnesses: k === 0 ? { k: 0, keys: [] } : listedWitnesses(k) };
        return lies.manifest?.(watched) ?? watched;
      },
    },
    cast,
  );
  const folder = `draws/${session.manifest.session}`;
  const files: Published = new Map();
  for (const [name, bytes] of session.files) {
    if (name === "rules") files.set(`rules/${session.manifest.rulesHash}`, bytes);
    else if (!name.startsWith("waves/")) files.set(`${folder}/${name}`, bytes);
  }
  const honest = wavesOf(session, lapsing);
  const waves = publishing.waves?.(honest) ?? honest;
  for (const [at, { awards, lapses }] of waves.entries()) {
    files.set(`${folder}/waves/${at + 1}`, waveBundle(session.M, at + 1, awards, lapses));
  }
  const isLater = (name: string) => COME_LATER[until].test(name);
  const entries = (honest: LogEntry[]) => (publishing.entries?.(honest) ?? honest).filter(({ name }) => !isLater(name));
  if (k !== undefined)
    for (const [path, bytes] of logFiles(session, waves, k, earlierEntries(history, earlier), { ...publishing, entries }))
      files.set(path, bytes);
  for (const path of files.keys()) if (isLater(path.slice(folder.length + 1)) && path.startsWith(folder)) files.delete(path);
  return { ...session, files, folder };
}

const earlierEntries = (history: string, count: number): LogEntry[] =>
  Array.from({ length: count }, (_, at) => ({
    name: "",
    bytes: objectBytes({ v: 1, type: "settled", session: `${history}-${at}` }),
  }));

function wavesOf({ results }: Session, lapsing: NonNullable<Setting["lapsing"]>): WaveRows[] {
  const first = results.flatMap(({ pool, winners }) => winners.map(({ lh }, rank) => ({ pool, rank, lh })));
  const waves: WaveRows[] = [{ awards: first, lapses: [] }];
  const awarded = new Map(results.map(({ pool, winners }) => [pool, winners.length]));
  let standing = first;
  for (const choose of lapsing) {
    const lapses = choose(standing).sort(byPoolAndRank);
    const isLapsed = ({ pool, rank }: AwardRow) => lapses.some((lapse) => lapse.pool === pool && lapse.rank === rank);
    const awards = results.flatMap(({ pool, winners, waits }) => {
      const freed = lapses.filter((lapse) => lapse.pool === pool).length;
      const ranked = [...winners, ...waits];
      const ranks = nextRanks(awarded.get(pool) as number, freed, ranked.length);
      awarded.set(pool, (awarded.get(pool) as number) + ranks.length);
      return ranks.map((rank) => ({ pool, rank, lh: (ranked[rank] as (typeof ranked)[number]).lh }));
    });
    waves.push({ awards, lapses });
    standing = [...standing.filter((award) => !isLapsed(award)), ...awards];
  }
  return waves;
}

function logFiles(session: Session, waves: WaveRows[], k: number, before: LogEntry[], lies: PublishingLies): Published {
  const { manifest, M, files: own } = session;
  const folder = `draws/${manifest.session}`;
  const head = { v: 1, session: manifest.session, manifest: hex(M) };
  const waveObjects = waves.map(
    ({ awards, lapses }, at): Wave => ({
      ...head,
      v: 1,
      type: "wave",
      no: at + 1,
      s: manifest.close + 100 * (at + 1),
      payBy: manifest.close + 100 * (at + 2),
      awards: awards.length,
      awardsRoot: hex(awardsRoot(awards)),
      lapses: lapses.length,
      lapsesRoot: hex(lapsesRoot(lapses)),
    }),
  );
  const count = (rows: "awards" | "lapses") => waveObjects.reduce((sum, wave) => sum + wave[rows], 0);
  const lapsed = count("lapses");
  const settled = {
    ...head,
    type: "settled",
    s: manifest.close + 10_000,
    handedOver: count("awards") - lapsed,
    refunded: 0,
    lapsed,
    left: 0,
  };
  const honest = [
    ...["manifest", ...(own.has("review.json") ? ["review"] : []), "seal", "result"].map((name) => ({
      name,
      bytes: own.get(`${name}.json`) as Bytes,
    })),
    ...waveObjects.map((wave, at) => ({ name: `waves/${at + 1}`, bytes: objectBytes(wave) })),
    { name: "settled", bytes: objectBytes(lies.settled?.(settled) ?? settled) },
  ];
  const entries = [...before, ...(lies.entries?.(honest) ?? honest)];
  const nodes = nodesOf(packHashes(entries, ({ bytes }) => leafHash(bytes)));
  const size = entries.length;

  const checkpoint = (at: number, times: number[]): string => {
    const text = checkpointText({ origin: manifest.origin, size: at, root: treeRoot(nodes, at) });
    const lines = times.map((time, witness) => {
      const { seed, key } = WITNESSES[witness] as (typeof WITNESSES)[number];
      return signatureLine(key, cosignatureBytes(time, signWith(seed, cosignatureMessage(text, time))));
    });
    return noteOf(text, [signatureLine(LOG_KEY, signWith(LOG_SEED, utf8(text))), ...lines]);
  };
  const deadline = sealDeadline(manifest);
  const timesOf = (name: string): number[] => {
    const time = name === "manifest" ? manifest.open - 60 : name === "seal" ? deadline - 5 : deadline + 30;
    const honestTimes = Array.from({ length: k }, (_, witness) => time + witness);
    return lies.times?.(name, honestTimes) ?? honestTimes;
  };

  const files: Published = new Map([
    ["log/vkey", utf8(`${vkeyOf(lies.logKey ?? LOG_KEY)}\n`)],
    ["log/checkpoint", utf8(checkpoint(size, timesOf("end")))],
  ]);
  for (const tile of tilesOf(0, size)) {
    const from = tile.at * TILE_WIDTH;
    const bytes =
      tile.level === "entries"
        ? entryBundle(entries.slice(from, from + tile.width).map((entry) => entry.bytes))
        : tileBytes(nodes, tile.level, tile.at, tile.width);
    files.set(`log/${tilePath(tile)}`, bytes);
  }
  for (const [index, { name, bytes }] of entries.entries()) {
    if (name === "") continue;
    files.set(`${folder}/${name}.json`, bytes);
    const path = inclusionPath(nodes, index, index + 1);
    files.set(`${folder}/${name}.tlog-proof`, utf8(proofText({ index, path, checkpoint: checkpoint(index + 1, timesOf(name)) })));
  }
  return files;
}
