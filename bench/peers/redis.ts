// Peer: Fastify and Redis. One script, run inside Redis: who is there already is refused, everybody else is appended to a stream.
// Argument: appendfsync, `always` or `everysec`.
import { join } from "node:path";
import { Redis } from "ioredis";
import { folderOf, said, started, stopped } from "./program.ts";
import { servePeer } from "./serve.ts";

/** One entry per person and SKU; the stream's own id is the place. */
const RESERVE = `
if redis.call('SADD', KEYS[1], ARGV[1]) == 0 then return false end
return redis.call('XADD', KEYS[2], '*', 'who', ARGV[1], 'pool', ARGV[2], 'nonce', ARGV[3], 'tickets', ARGV[4], 's', ARGV[5])`;

type Reserving = Redis & { reserve: (...args: string[]) => Promise<string | null> };

/** Read back this many at a time. */
const PAGE = 5000;

const [appendfsync = "always"] = process.argv.slice(2);

servePeer(async ({ folder, sockets }) => {
  const program = join(
    folderOf(["redis-server"], () => [], "redis-server"),
    "redis-server",
  );
  const path = join(sockets, "redis.sock");
  // No snapshots and no rewriting of the log while it is measured: both would only cost it time.
  const settings = {
    port: 0,
    unixsocket: path,
    dir: folder,
    appendonly: "yes",
    appendfsync,
    save: "",
    "auto-aof-rewrite-percentage": 0,
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const server = await started(program, args);
  const redis = new Redis({ path, enableAutoPipelining: true });
  redis.defineCommand("reserve", { numberOfKeys: 2, lua: RESERVE });
  return {
    version: said(program, ["--version"]).replace(/^.* v=(\S+).*$/, "Redis $1"),
    reserve: async ({ pid, sku, pool, nonce, tickets, s }) => {
      const values = [`${pid}/${sku}`, String(pool), nonce, String(tickets), String(s)];
      return (await (redis as Reserving).reserve("people", "entries", ...values)) ?? undefined;
    },
    stored: async () => {
      const people = new Set<string>();
      let entries = 0;
      for (let from = "-"; ; ) {
        const page = await redis.xrange("entries", from, "+", "COUNT", PAGE);
        for (const [, fields] of page) people.add(fields[1] as string);
        entries += page.length;
        const last = page.at(-1);
        if (!last) return { entries, people: people.size };
        from = `(${last[0]}`;
      }
    },
    stop: async () => {
      redis.disconnect();
      await stopped(server);
    },
  };
});
