// Peer: Fastify and PostgreSQL. One prepared insert with a unique key, a transaction of its own, synchronous_commit on, 16 connections.
import { chownSync, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
// npm's `postgres`, which takes a quarter less CPU here than `pg`. Under a name of our own, because under its own it is an optional peer of
// drizzle-orm, as `pg` is, and `npm start` would install it.
import connect from "postgres-js";
import { type As, folderOf, said, started, stopped } from "./program.ts";
import { type Stored, servePeer } from "./serve.ts";

const CONNECTIONS = 16;
/** Where Debian keeps the programs, a folder for each version. */
const DEBIAN = "/usr/lib/postgresql";
const USER = "fairpour";

const TABLE = `CREATE TABLE reservations (
  place bigint GENERATED ALWAYS AS IDENTITY,
  pid bytea NOT NULL,
  sku text NOT NULL,
  pool integer NOT NULL,
  nonce bytea NOT NULL,
  tickets smallint NOT NULL,
  s bigint NOT NULL,
  PRIMARY KEY (pid, sku)
)`;

function debianFolders(): string[] {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : [];
  return versions.sort((a, b) => Number(b) - Number(a)).map((version) => join(DEBIAN, version, "bin"));
}

/** PostgreSQL refuses root; Debian's package brings a user for it. */
function otherThanRoot(): As {
  if (process.getuid?.() !== 0) return {};
  const id = (kind: string) => Number(said("id", [kind, "postgres"]));
  return { uid: id("-u"), gid: id("-g") };
}

servePeer(async ({ folder, sockets }) => {
  const programs = folderOf(["postgres", "initdb"], debianFolders, "postgresql");
  const program = join(programs, "postgres");
  const as = otherThanRoot();
  for (const path of [folder, sockets]) if (as.uid && as.gid) chownSync(path, as.uid, as.gid);
  said(join(programs, "initdb"), ["-D", folder, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C"], as);
  const settings = { listen_addresses: "", unix_socket_directories: sockets, fsync: "on", synchronous_commit: "on" };
  const args = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const server = await started(program, ["-D", folder, ...args], as);
  const sql = connect({ path: join(sockets, ".s.PGSQL.5432"), user: USER, database: "postgres", max: CONNECTIONS });
  await sql.unsafe(TABLE);
  return {
    version: said(program, ["--version"]).replace(/^\D+([\d.]+).*$/, "PostgreSQL $1"),
    reserve: async ({ pid, sku, pool, nonce, tickets, s }) => {
      const [row] = await sql<{ place: string }[]>`
        INSERT INTO reservations (pid, sku, pool, nonce, tickets, s)
        VALUES (${Buffer.from(pid, "hex")}, ${sku}, ${pool}, ${Buffer.from(nonce, "hex")}, ${tickets}, ${s})
        ON CONFLICT DO NOTHING RETURNING place`;
      return row?.place;
    },
    stored: async () => {
      const [stored] = await sql<[Stored]>`
        SELECT count(*)::int AS entries, count(DISTINCT (pid, sku))::int AS people FROM reservations`;
      return stored;
    },
    stop: async () => {
      await sql.end();
      await stopped(server);
    },
  };
});
