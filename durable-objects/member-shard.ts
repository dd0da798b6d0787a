// Members by hash of the person: for which sessions each was issued a pass, what came of them, and so how many tickets the next one gives.
import { DurableObject } from "cloudflare:workers";
import type { Counted, CountRequest, LinkRequest, Opened, OpenRequest } from "../contracts/members.ts";
import { settingsOf } from "../contracts/settings.ts";
import type { Opening } from "../domain/audit/chains-file.ts";
import { type Bytes, hex } from "../domain/bytes.ts";
import { innerKeyOf, pidFrom } from "../domain/draw/entry.ts";
import { beaconTime } from "../domain/draw/manifest.ts";
import { type Counting, type Held, type PastResult, ticketsOf } from "../domain/draw/tickets.ts";
import { type PastSession, PastSessions } from "./member/past.ts";
import { type FamilyResult, MemberStore, type Outcome, type PassRow } from "./member/store.ts";
import { type Ports, portsOf } from "./ports.ts";

type Past = PastResult & FamilyResult;

/** A session may open this long after its manifest, and close as long after that (contracts/sessions.ts): rows outlive what they count in. */
const SPARE_S = 60 * 86400;

export class MemberShard extends DurableObject<Env> {
  readonly #ports: Ports;
  readonly #store: MemberStore;
  readonly #past: PastSessions;

  constructor(ctx: DurableObjectState, env: Env, ports: Ports = portsOf(ctx, env)) {
    super(ctx, env);
    this.#ports = ports;
    this.#store = new MemberStore(ports.storage);
    this.#past = new PastSessions(ports);
  }

  /**
   * The tickets that a pass for this session carries, by family. The pass is noted before it is given out, so nobody takes part unnoted;
   * what earlier sessions came to is looked up once, when it is first needed. Asked again it says the same: what counts stood in the log
   * before the session's manifest did.
   */
  async count({ person, session }: CountRequest): Promise<Counted> {
    const asked = await this.#past.session(session);
    const manifestAt = await this.#past.manifestAt(session);
    const known = this.#store.of(person);
    const open = known.filter((row) => row.session !== session && !row.outcome).map((row) => row.session);
    const results = await this.#past.before(session, manifestAt, open);
    const innerKey = innerKeyOf(settingsOf(this.#ports.env).PEPPER, person);
    const outcomes = await Promise.all(
      [...results].map(
        async ([earlier, at]): Promise<[string, Outcome]> => [earlier, await this.#past.outcome(earlier, at, innerKey)],
      ),
    );
    const pass = this.#passOf(asked, known);
    if (outcomes.length > 0 || pass) this.#store.note(person, outcomes, pass, this.#ports.nowMs() / 1000);
    const held = heldIn(asked, manifestAt, this.#store.of(person));
    return Object.fromEntries([...held].map(([family, { tickets }]) => [family, tickets]));
  }

  /** For the auditor's sample: the entries of the persons behind these pids, laid open. Says nothing of those it does not know. */
  async open({ session, pids }: OpenRequest): Promise<Opened[]> {
    const { M } = await this.#past.session(session);
    const wanted = new Set(pids);
    const opened: Opened[] = [];
    for (const person of this.#store.holders(session)) {
      const innerKey = innerKeyOf(settingsOf(this.#ports.env).PEPPER, person);
      const pid = pidFrom(innerKey, M);
      if (wanted.has(hex(pid))) opened.push({ pid: hex(pid), entries: await this.#openingsOf(session, person, innerKey, pid) });
    }
    return opened;
  }

  /** The pids in `to` of those who hold one of these pids in `from` and were issued a pass for both. */
  async linked({ from, to, pids }: LinkRequest): Promise<string[]> {
    const wanted = new Set(pids);
    const [there, here] = await Promise.all([this.#past.session(from), this.#past.session(to)]);
    const known = new Set(this.#store.holders(from).map(hex));
    return this.#store.holders(to).flatMap((person) => {
      if (!known.has(hex(person))) return [];
      const innerKey = innerKeyOf(settingsOf(this.#ports.env).PEPPER, person);
      return wanted.has(hex(pidFrom(innerKey, there.M))) ? hex(pidFrom(innerKey, here.M)) : [];
    });
  }

  async #openingsOf(session: string, person: Bytes, innerKey: Bytes, pid: Bytes): Promise<Opening[]> {
    const held = heldIn(await this.#past.session(session), await this.#past.manifestAt(session), this.#store.of(person));
    const { shard, families, places } = await this.#past.places(session, pid);
    return Promise.all(
      places.map(async (place) => ({
        shard,
        index: place.index,
        nonce: await this.#past.nonceOf(session, place),
        inner: hex(innerKey),
        chain: await this.#chainOf(innerKey, held.get(families[place.sku] as string)?.losses ?? []),
      })),
    );
  }

  #chainOf(innerKey: Bytes, losses: Past[]): Promise<Opening["chain"]> {
    return Promise.all(
      losses.map(async ({ session, shard, index }) => {
        const { M } = await this.#past.session(session);
        const { places } = await this.#past.places(session, pidFrom(innerKey, M));
        const place = places.find((one) => one.index === index);
        if (!place) throw new Error(`the file of places of ${session} has lost entry ${shard}/${index}`);
        return { session, shard, index, nonce: await this.#past.nonceOf(session, place) };
      }),
    );
  }

  /** What to note of a pass: nothing twice, and nothing once nobody can enter any more. */
  #passOf({ manifest, rules }: PastSession, known: PassRow[]): { session: string; until: number } | undefined {
    const { session, close, graceS } = manifest;
    const isOver = this.#ports.nowMs() >= (close + graceS) * 1000;
    if (isOver || known.some((row) => row.session === session)) return undefined;
    return { session, until: beaconTime(manifest) + (rules.counting as Counting).lossesCountS + SPARE_S };
  }
}

/** Tickets in each family of the session, with what they rest on. */
function heldIn({ manifest, rules }: PastSession, manifestAt: number, rows: PassRow[]): Map<string, Held<Past>> {
  const asking = { ...(rules.counting as Counting), ticketsMax: manifest.ticketsMax, open: manifest.open, manifestAt };
  const held = new Map<string, Held<Past>>();
  for (const family of new Set(Object.values(rules.families))) {
    const results = rows.flatMap(({ session, outcome }): Past[] => {
      const result = outcome?.results[family];
      return outcome && result ? [{ session, at: outcome.at, drawAt: outcome.drawAt, ...result }] : [];
    });
    held.set(family, ticketsOf(results, asking));
  }
  return held;
}
