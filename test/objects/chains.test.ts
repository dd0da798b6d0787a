// The auditor's sample, over the real sessions of an operator who favours a friend: what is opened holds, or the reason has a name.
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { reserveAt } from "../../contracts/shard.ts";
import { audit, drawnOnly, type Recomputed } from "../../domain/audit/audit.ts";
import { BrokenChain, CHAIN_REASONS, checkChains, type Sampled, sampleOf } from "../../domain/audit/chains.ts";
import type { Chains, Opening } from "../../domain/audit/chains-file.ts";
import { runAudit } from "../../domain/audit/step.ts";
import { type Bytes, hex, utf8 } from "../../domain/bytes.ts";
import { objectBytes } from "../../domain/draw/manifest.ts";
import { vkeyOf } from "../../domain/log/note.ts";
import { TEST_CHAIN } from "./support/beacon.ts";
import { announceNext, enter, finish, type Going, LOSE, nonceFor, PLUSH, passFor, play, WIN } from "./support/counting.ts";
import { allFiles } from "./support/files.ts";
import { call, memberToken, operatorToken } from "./support/http.ts";
import { at, freshWorld, guest, request, shardOfGuest } from "./support/session.ts";
import { LOG_KEY } from "./support/witnesses.ts";

/** Two lost sessions, and one in which everybody wins: ada with 3 tickets, bo with 2, cy with 1, and a friend who was given 3 for nothing. */
type Scene = { first: Going; second: Going; honest: Going; favoured: Going; later: Going; plain: Going; files: Map<string, Bytes> };
let scene: Scene;

const TRUST = { chains: [TEST_CHAIN], logKey: vkeyOf(LOG_KEY) };

beforeAll(async () => {
  freshWorld();
  const first = await play("chains-first", [
    ["ada", LOSE],
    ["ada", PLUSH],
    ["eve", WIN],
  ]);
  const plain = await announceNext("chains-plain", { ticketsMax: 1 });
  at(plain.close - 60);
  const outsider = guest("ada", plain.M);
  await reserveAt(shardOfGuest(plain.id, outsider), request(outsider, LOSE));
  await finish(plain);
  const later = await announceNext("chains-later", { open: plain.close + 4_000, close: plain.close + 4_060 });
  const second = await play("chains-second", [
    ["ada", LOSE],
    ["bo", LOSE],
    ["eve", PLUSH],
  ]);
  const honest = await play("chains-honest", [
    ["ada", WIN],
    ["bo", WIN],
    ["cy", WIN],
  ]);
  const favoured = await announceNext("chains-favoured");
  await enter(favoured, [["cy", WIN]]);
  const friend = guest("friend", favoured.M);
  await passFor(favoured.id, "friend");
  await reserveAt(shardOfGuest(favoured.id, friend), { ...request(friend, WIN), tickets: 3 });
  await finish(favoured);
  await enter(later, [["ada", WIN]]);
  await finish(later);
  scene = { first, second, honest, favoured, later, plain, files: await allFiles() };
}, 180_000);

const auditOf = ({ id }: Going): Required<Recomputed> =>
  drawnOnly(runAudit(audit({ session: id, ...TRUST }), (path) => scene.files.get(path)));

const post = async (going: Going, places: object[]) =>
  call("POST", `/v1/admin/sessions/${going.id}/openings`, { token: await operatorToken(), body: { places } });

const placesOf = (sample: Sampled[]) => sample.map(({ shard, index }) => ({ shard, index }));

async function opened(going: Going): Promise<Chains> {
  const sample = placesOf(sampleOf(auditOf(going)));
  const { status, body } = await post(going, sample);
  expect(status).toBe(200);
  return { v: 1, type: "chains", session: going.id, manifest: hex(going.M), openings: body.openings as Opening[] };
}

function check(going: Going, chains: object | Bytes) {
  const bytes = chains instanceof Uint8Array ? (chains as Bytes) : objectBytes(chains);
  return runAudit(checkChains(bytes, auditOf(going), TRUST), (path) => scene.files.get(path));
}

function reasonOf(work: () => unknown): string {
  try {
    work();
    return "holds";
  } catch (error) {
    if (error instanceof BrokenChain) return error.reason;
    throw error;
  }
}

describe("the sample", () => {
  it("has the winners with more than one ticket, and nobody else", () => {
    expect(
      sampleOf(auditOf(scene.honest))
        .map(({ tickets }) => tickets)
        .sort(),
    ).toEqual([2, 3]);
    expect(sampleOf(auditOf(scene.first))).toEqual([]);
    expect(sampleOf(auditOf(scene.plain))).toEqual([]);
  });

  it("holds when the operator is honest", async () => {
    expect(check(scene.honest, await opened(scene.honest))).toEqual({ opened: 2, losses: 3, sessions: 2 });
  });

  it("has nothing to open where nobody has more than one ticket", () => {
    expect(
      check(scene.first, { v: 1, type: "chains", session: scene.first.id, manifest: hex(scene.first.M), openings: [] }),
    ).toEqual({
      opened: 0,
      losses: 0,
      sessions: 0,
    });
  });

  it("shows a friend whose tickets were raised", async () => {
    const chains = await opened(scene.favoured);
    expect(chains.openings).toHaveLength(1);
    expect(reasonOf(() => check(scene.favoured, chains))).toBe("chain-tickets");
  });
});

describe("an operator who covers up", () => {
  type Cover = [what: string, reason: string, file: () => Promise<{ going: Going; chains: object | Bytes }>];
  const honestly = (change: (chains: Chains, at: { ada: number; bo: number }) => object | Bytes) => async () => {
    const chains = await opened(scene.honest);
    const ada = chains.openings.findIndex(({ chain }) => chain.length === 2);
    return { going: scene.honest, chains: change(structuredClone(chains), { ada, bo: 1 - ada }) };
  };
  const of = (chains: Chains, at: number) => chains.openings[at] as Opening;
  /** The friend's file with these losses, taken from an honest opening of somebody else, or made up. */
  const forFriend = (losses: (ada: Opening) => Opening["chain"]) => async () => {
    const honest = await opened(scene.honest);
    const ada = honest.openings.find(({ chain }) => chain.length === 2) as Opening;
    const chains = await opened(scene.favoured);
    of(chains, 0).chain = losses(ada);
    return { going: scene.favoured, chains };
  };

  it.each<Cover>([
    ["hands over something else", "chains-form", async () => ({ going: scene.honest, chains: utf8("[]") })],
    ["hands over what is no JSON", "chains-form", async () => ({ going: scene.honest, chains: utf8("{") })],
    ["adds a member", "chains-form", honestly((chains) => ({ ...chains, note: "all well" }))],
    ["hands over another session's file", "chains-form", honestly((chains) => ({ ...chains, session: scene.first.id }))],
    ["leaves somebody out", "chain-missing", honestly((chains) => ({ ...chains, openings: chains.openings.slice(1) }))],
    ["opens in another order", "chain-not-sampled", honestly((chains) => ({ ...chains, openings: chains.openings.toReversed() }))],
    ["opens one more", "chain-not-sampled", honestly((chains) => ({ ...chains, openings: [...chains.openings, of(chains, 0)] }))],
    [
      "shows another person's key",
      "chain-other-person",
      honestly((chains, { ada, bo }) => {
        of(chains, ada).inner = of(chains, bo).inner;
        return chains;
      }),
    ],
    [
      "shows a nonce that it made up",
      "chain-other-person",
      honestly((chains, { bo }) => {
        of(chains, bo).nonce = "00".repeat(32);
        return chains;
      }),
    ],
    [
      "shows one loss too few",
      "chain-tickets",
      honestly((chains, { ada }) => {
        of(chains, ada).chain.pop();
        return chains;
      }),
    ],
    [
      "shows one loss twice",
      "chain-twice",
      honestly((chains, { ada }) => {
        of(chains, ada).chain[1] = of(chains, ada).chain[0] as Opening["chain"][0];
        return chains;
      }),
    ],
    ["lends the friend somebody else's losses", "chain-other-person", forFriend((ada) => ada.chain)],
    [
      "names a session that nobody knows",
      "chain-broken-session",
      forFriend((ada) => ada.chain.map((loss, n) => ({ ...loss, session: `nowhere-${n}` }))),
    ],
    [
      "names one whose rules do not count",
      "chain-not-counting",
      honestly((chains, { ada }) => {
        (of(chains, ada).chain[0] as Opening["chain"][0]).session = scene.plain.id;
        return chains;
      }),
    ],
    [
      "shows a loss in another family",
      "chain-other-family",
      async () => {
        const chains = await opened(scene.honest);
        const ada = chains.openings.find(({ chain }) => chain.length === 2) as Opening;
        (ada.chain as object[])[1] = await entryOf("ada", scene.first, PLUSH);
        return { going: scene.honest, chains };
      },
    ],
  ])("%s: %s", async (_, reason, file) => {
    const { going, chains } = await file();
    expect(reasonOf(() => check(going, chains))).toBe(reason);
  });

  it("shows a loss from behind the plan: chain-too-late", async () => {
    const chains = await opened(scene.later);
    // Before its plan ada had lost once: two tickets. The second loss stands behind it.
    expect(check(scene.later, chains)).toMatchObject({ opened: 1, losses: 1 });
    const { openings } = await opened(scene.honest);
    const second = openings.flatMap(({ chain }) => chain).find(({ session }) => session === scene.second.id);
    (chains.openings[0] as Opening).chain = [await entryOf("ada", scene.second, LOSE)];
    expect(second).toBeDefined();
    expect(reasonOf(() => check(scene.later, chains))).toBe("chain-too-late");
  });

  it("shows a win as a loss: chain-not-lost", async () => {
    const going = await played("chains-after-win", [["eve", WIN]], 2);
    const chains = await opened(going);
    (chains.openings[0] as Opening).chain = [await entryOf("eve", scene.first, WIN)];
    expect(reasonOf(() => check(going, chains))).toBe("chain-not-lost");
  });

  it("shows a loss that is too old: chain-too-old", async () => {
    freshWorld();
    at(scene.later.close + 366 * 86_400);
    const going = await played("chains-much-later", [["ada", WIN]], 2);
    const chains = await opened(going);
    (chains.openings[0] as Opening).chain = [await entryOf("ada", scene.first, LOSE)];
    expect(reasonOf(() => check(going, chains))).toBe("chain-too-old");
  });

  it("hides the log: chains-no-log", async () => {
    const chains = await opened(scene.honest);
    const files = new Map([...scene.files].filter(([path]) => !path.startsWith("log/")));
    const bare = drawnOnly(runAudit(audit({ session: scene.honest.id, ...TRUST }), (path) => files.get(path)));
    expect(reasonOf(() => runAudit(checkChains(objectBytes(chains), bare, TRUST), (path) => files.get(path)))).toBe(
      "chains-no-log",
    );
  });

  /** A further session in which one person has more tickets than the rule gives. */
  async function played(id: string, wishes: [name: string, pool: number][], tickets: number): Promise<Going> {
    const going = await announceNext(id);
    at(going.close - 60);
    for (const [name, pool] of wishes) {
      await passFor(going.id, name);
      const person = guest(name, going.M);
      await reserveAt(shardOfGuest(going.id, person), { ...request(person, pool), tickets });
    }
    await finish(going);
    scene.files = await allFiles();
    return going;
  }

  /** A person's own entry of a session, as its receipt has it. */
  async function entryOf(name: string, { id, M }: Going, pool: number): Promise<Opening["chain"][0]> {
    const person = guest(name, M);
    const own = await shardOfGuest(id, person).own(person.pid);
    if (!own.ok) throw new Error(own.refusal.code);
    const receipts = own.value.map(({ receipt }) => JSON.parse(receipt) as { pools: number[]; shard: number; index: number });
    const { shard, index } = receipts.find(({ pools }) => pools[0] === pool) as { shard: number; index: number };
    return { session: id, shard, index, nonce: hex(nonceFor(name, pool)) };
  }

  it("meets every reason that there is", () => {
    // Kept beside the table above: a reason that no test names would be a promise without a proof.
    const named = ["chain-too-late", "chain-not-lost", "chain-too-old", "chains-no-log"];
    const table = ["chains-form", "chain-missing", "chain-not-sampled", "chain-other-person", "chain-tickets", "chain-twice"];
    const rest = ["chain-broken-session", "chain-not-counting", "chain-other-family"];
    expect([...named, ...table, ...rest].sort()).toEqual(Object.keys(CHAIN_REASONS).sort());
  });
});

describe("opening", () => {
  it("is for operators", async () => {
    const { status, body } = await call("POST", `/v1/admin/sessions/${scene.honest.id}/openings`, {
      token: await memberToken("ada"),
      body: { places: [{ shard: 0, index: 0 }] },
    });
    expect([status, body.code]).toEqual([403, "wrong_role"]);
  });

  it("is refused for whoever cannot be in the sample: a loser, one ticket, no entry, a session that is not drawn", async () => {
    const placeOf = async (name: string, { id, M }: Going) => {
      const person = guest(name, M);
      const own = await shardOfGuest(id, person).own(person.pid);
      const { shard, index } = JSON.parse((own.ok && own.value[0]?.receipt) as string) as { shard: number; index: number };
      return { shard, index };
    };
    const running = await announceNext("chains-running");
    await enter(running, [["ada", WIN]]);
    for (const [going, place] of [
      [scene.second, await placeOf("ada", scene.second)],
      [scene.honest, await placeOf("cy", scene.honest)],
      [scene.honest, { shard: 1, index: 4_000_000 }],
      [scene.honest, { shard: 77, index: 0 }],
      [running, await placeOf("ada", running)],
    ] as const) {
      const { status, body } = await post(going, [place]);
      expect([status, body.code], `${going.id} ${JSON.stringify(place)}`).toEqual([409, "not_in_sample"]);
    }
  });

  it("keeps what it opens out of every public file", async () => {
    const { openings } = await opened(scene.honest);
    const shown = [...(await allFiles()).values()].map((bytes) => new TextDecoder("latin1").decode(bytes)).join();
    for (const { inner, nonce } of openings) expect(shown.includes(inner) || shown.includes(nonce)).toBe(false);
    expect(await env.FILES.list({ prefix: "fairpour/" })).toMatchObject({ objects: [] });
  });
});
