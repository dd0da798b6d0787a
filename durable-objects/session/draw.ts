// Frozen -> drawn: the announced beacon round and the sealed tables give the winners.
import { settingsOf } from "../../contracts/settings.ts";
import { type Bytes, hex, join, unhex } from "../../domain/bytes.ts";
import { beaconObject, seedOf } from "../../domain/draw/beacon.ts";
import { manifestHash, objectBytes } from "../../domain/draw/manifest.ts";
import { type Result, resultRoot, resultRows } from "../../domain/draw/rank.ts";
import { sealHash, type TableRoot } from "../../domain/draw/seal.ts";
import { treeFile } from "../../domain/draw/tree-file.ts";
import { publicKey, treeKey } from "../files.ts";
import { fetchBeacon } from "./beacon.ts";
import { booksIn, type MoveDesk, put } from "./desk.ts";
import { sealedTables } from "./freeze.ts";
import { logged } from "./log.ts";
import { all, bookStub } from "./reach.ts";

/** Waits for the beacon round, draws every pool from it and publishes the result. False while the round is not to be had. */
export async function draw(desk: MoveDesk, tries: number): Promise<boolean> {
  const { store, ports } = desk;
  const manifest = store.manifest();
  const { chain: hash, round } = manifest.beacon;
  const M = manifestHash(store.fact("manifest") as Bytes);
  if (!store.fact("beacon")) {
    const chain = ports.chains.find((known) => known.hash === hash);
    const signature = chain && (await fetchBeacon(chain, round, settingsOf(ports.env).BEACON_RELAYS, ports.fetch, tries));
    if (!signature) return false;
    store.transaction(() => store.fix("beacon", objectBytes(beaconObject(hash, round, signature))));
  }
  const { signature } = store.object<{ signature: string }>("beacon") as { signature: string };
  const sealed = sealHash(store.fact("seal") as Bytes);
  const seed = seedOf(hash, round, unhex(signature), sealed);
  const tables = sealedTables(store);
  const books = booksIn(store);
  const firsts = books.map((_, book) => books.slice(0, book).reduce((sum, pools) => sum + pools.length, 0));
  const ranges = books.map((pools, book) => tables.slice(firsts[book] as number, (firsts[book] as number) + pools.length));
  const drawn = await all(books.length, (book) => bookStub(ports, manifest, book).draw(seed, ranges[book] as TableRoot[]));
  const bodies = join(...drawn.map(({ bodies }) => bodies));
  const result: Result = {
    v: 1,
    type: "result",
    session: manifest.session,
    manifest: hex(M),
    seal: hex(sealed),
    round,
    signature,
    seed: hex(seed),
    pools: tables.length,
    winners: drawn.reduce((sum, { winners }) => sum + winners, 0),
    waits: drawn.reduce((sum, { waits }) => sum + waits, 0),
    resultRoot: hex(resultRoot(bodies)),
  };
  const bytes = objectBytes(result);
  await put(ports, treeKey(manifest.session, "results"), treeFile(M, resultRows(bodies)));
  await logged(desk, "result", bytes);
  await put(ports, publicKey(manifest.session, "beacon.json"), store.fact("beacon") as Bytes);
  await put(ports, publicKey(manifest.session, "result.json"), bytes);
  // Files first, then messages: all that a result page reads is served by now, so an event that sends messages belongs in this transaction.
  store.transaction(() => {
    store.fix("result", bytes);
    store.moveTo("drawn");
    desk.changed();
  });
  return true;
}
