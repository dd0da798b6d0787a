// What the public sees of a session, made from its published files and the clock alone: the edge answers with it, the page makes its own.
import { type Chain, PUBLIC_CHAINS } from "../domain/draw/chains.ts";
import { publishedState } from "../domain/draw/life.ts";
import { beaconTime, type Manifest } from "../domain/draw/manifest.ts";
import type { Wave } from "../domain/draw/wave.ts";
import type { Bulletin, Rules, SessionView, Waiting } from "./sessions.ts";

/** A view tells every pool of a session that has at most so many (some 40 kB); of a larger one none. */
export const POOLS_IN_VIEW = 500;

/** As much of the files as a reader has; each is written once, so what was read stays right. */
export type PublishedSession = {
  manifest: Manifest;
  /** M in hex. */
  id: string;
  rules: Rules;
  offers: SessionView["offers"];
  pools: SessionView["pools"];
  bulletins?: Bulletin[];
  sealed: boolean;
  drawn: boolean;
  /** Ascending, without gaps. */
  waves: Wave[];
  settled: boolean;
  voided?: { s: number; text: string; rollTo?: string } | undefined;
  /** Which entry of the log waits for witnesses, while the session is being sealed. */
  waiting?: Waiting | undefined;
};

/** `now` in Unix seconds. A chain that the reader does not know is shown as one for trying out. */
export function viewOf(session: PublishedSession, now: number, chains: readonly Chain[] = PUBLIC_CHAINS): SessionView {
  const { manifest, id, rules, offers, pools, bulletins = [], waves, voided } = session;
  const files = { ...session, voided: voided !== undefined, awarded: waves.length > 0 };
  const chain = chains.find(({ hash }) => hash === manifest.beacon.chain);
  return {
    session: manifest.session,
    title: rules.title,
    market: manifest.market,
    state: publishedState(files, manifest, now),
    open: manifest.open,
    close: manifest.close,
    drawAt: beaconTime(manifest),
    beacon: { name: chain?.name ?? `beacon ${manifest.beacon.chain.slice(0, 12)}`, local: chain ? (chain.local ?? false) : true },
    skus: Object.keys(rules.families),
    ...(voided ? { voided: { s: voided.s, text: voided.text, ...(voided.rollTo ? { rollTo: voided.rollTo } : {}) } } : {}),
    ...(bulletins.length > 0 ? { bulletins } : {}),
    ...(session.waiting ? { waiting: session.waiting } : {}),
    waves: waves.map(({ no, s, payBy, awards, lapses }) => ({
      no,
      s,
      payBy,
      // Units that nobody was awarded are not collected either.
      pickupUntil: awards > 0 ? payBy + rules.pickupS : payBy,
      awards,
      lapses,
    })),
    manifest: id,
    offers,
    pools,
    rules,
  };
}
