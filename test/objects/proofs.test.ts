// The public part of a proof, as the server makes it: the same bytes as the plain way, from published files alone, for whoever asks.
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { reserveAt } from "../../contracts/shard.ts";
import { type Bytes, hex } from "../../domain/bytes.ts";
import { vkeyOf } from "../../domain/log/note.ts";
import { parseProof } from "../../domain/log/proof.ts";
import { proofFor, publicParts } from "../../domain/proof/build.ts";
import { checkProof } from "../../domain/proof/check.ts";
import { leanProof } from "../../domain/proof/lean.ts";
import { readPublicProof } from "../../domain/proof/proof.ts";
import { parseReceipt } from "../../domain/proof/receipt.ts";
import { factsOf } from "../../workers/edge/facts.ts";
import { proofAt } from "../../workers/edge/proof-parts.ts";
import { TEST_CHAIN } from "./support/beacon.ts";
import { publishedFiles } from "./support/files.ts";
import { call } from "./support/http.ts";
import { announced, at, CLOSE, freshId, freshWorld, guest, OPEN, request, runUntil, shardOfGuest } from "./support/session.ts";
import { LOG_KEY } from "./support/witnesses.ts";

beforeEach(freshWorld);

type Drawn = { id: string; receipts: string[] };

/** A session with so many reservations, the first one withdrawn, that is drawn and stands in the log. */
async function drawn(people: number): Promise<Drawn> {
  const id = freshId("proof");
  const M = await announced(id);
  at(OPEN);
  const guests = Array.from({ length: people }, (_, number) => guest(`guest ${number}`, M));
  const receipts = await Promise.all(
    guests.map(async (person, number) => {
      const outcome = await reserveAt(shardOfGuest(id, person), request(person, 1 + (number % 3)));
      if (!outcome.ok) throw new Error(outcome.refusal.code);
      return outcome.value.receipt;
    }),
  );
  const [first] = guests as [ReturnType<typeof guest>];
  await shardOfGuest(id, first).withdraw(first.pid, 1);
  await runUntil(id, CLOSE + 60);
  return { id, receipts };
}

const placeOf = (receipt: string) => parseReceipt(receipt);

describe("the public part of a proof", () => {
  it("is the plain way's, byte for byte, for every kind of entry in shards of several groups, and holds with the receipt", async () => {
    const { id, receipts } = await drawn(700);
    const facts = await factsOf(env, id);
    const files = await publishedFiles(id);
    const logged = Object.fromEntries(
      await Promise.all(
        (["seal", "result"] as const).map(async (name) => [
          name,
          parseProof(await ((await env.FILES.get(`draws/${id}/${name}.tlog-proof`)) as R2ObjectBody).text()),
        ]),
      ),
    );
    const seen = new Set<string>();
    for (const receipt of [0, 1, 2, 3, 255, 256, 257, 400, 511, 512, 600, 699].map((number) => receipts[number] as string)) {
      const { shard, index } = placeOf(receipt);
      const { status, headers } = await call("GET", `/draws/${id}/proofs/${shard}/${index}`);
      expect(status).toBe(200);
      expect(headers.get("Cache-Control")).toBe("public, max-age=31536000, immutable");
      const served = (await proofAt(env, facts, { shard, index })) as Bytes;
      const plain = publicParts(files, 2, { shard, index }, { sealed: logged.seal as never, drawn: logged.result as never });
      expect(hex(served)).toBe(hex(leanProof(plain, facts.manifest)));
      const trust = { chains: [TEST_CHAIN], logKeys: [vkeyOf(LOG_KEY)], seen: facts.id };
      const run = [...checkProof(() => proofFor(readPublicProof(served), parseReceipt(receipt)), trust)];
      expect(run.filter(({ state }) => state === "failed")).toEqual([]);
      const found: { standing?: string } = {};
      for (const _ of checkProof(() => proofFor(readPublicProof(served), parseReceipt(receipt)), trust, found as never));
      seen.add(found.standing as string);
    }
    expect(seen.has("lost")).toBe(true);
    expect(seen.has("excluded")).toBe(true);
  });

  it("is made without calling an object or reading a row, and a crowd costs a few reads of files each", async () => {
    const { id, receipts } = await drawn(60);
    const facts = await factsOf(env, id);
    let reads = 0;
    const files = new Proxy(env.FILES, {
      get: (bucket, name) => {
        if (name !== "get") throw new Error(`asks the file store to ${String(name)}`);
        reads++;
        return bucket.get.bind(bucket);
      },
    });
    const nothing = new Proxy(
      {},
      {
        get: (_, name) => {
          throw new Error(`calls ${String(name)}`);
        },
      },
    );
    const bare = {
      ...env,
      FILES: files,
      SESSIONS: nothing,
      SHARDS: nothing,
      BOOKS: nothing,
      LOG: nothing,
      DB: nothing,
    } as unknown as Env;
    for (const receipt of receipts) {
      const { shard, index } = placeOf(receipt);
      expect(await proofAt(bare, facts, { shard, index })).toBeDefined();
    }
    // Five files of the session, two shards, four trees with head and group, three pools with table and result, the exclusions.
    expect(reads).toBeLessThanOrEqual(5 + 2 * 2 + 4 * 2 + 3 * 2 + 1);
  });

  it("is not found for what is not there", async () => {
    const { id } = await drawn(3);
    const places = {
      "a place beyond the shard": "0/100000",
      "a shard that is not there": "2/0",
      "a zero in front": "00/0",
      "a word": "0/first",
    };
    for (const [what, place] of Object.entries(places)) {
      expect((await call("GET", `/draws/${id}/proofs/${place}`)).status, what).toBe(404);
    }
    expect((await call("GET", "/draws/no-such-session/proofs/0/0")).status).toBe(404);
  });

  it("is not found before the result stands in the log, and only for a moment", async () => {
    const id = freshId("proof");
    await announced(id);
    await runUntil(id, CLOSE + 10);
    const before = await call("GET", `/draws/${id}/proofs/0/0`);
    expect([before.status, before.headers.get("Cache-Control")]).toEqual([404, "public, max-age=1"]);
  });
});
