// What the objects have stored, from their own rows: /bench/stored/{rung} and /bench/stored/session/{id}[/{shard} for its bodies].
import { settingsOf } from "../../contracts/settings.ts";
import { shardName } from "../../domain/objects.ts";
import { countingShards, type RungEnv } from "./env.ts";

const OBJECTS = 4;

export async function countsOf(env: RungEnv, path: string): Promise<Response> {
  const [rung = "", session = "", shard] = path.split("/");
  const shardAt = (at: number) => countingShards(env).getByName(shardName(settingsOf(env).BRAND, session, at));
  if (rung === "session" && shard !== undefined)
    return new Response((await shardAt(Number(shard)).bodies()) as Uint8Array<ArrayBuffer>);
  const all = Array.from({ length: OBJECTS }, (_, at) => at);
  const each = await Promise.all(
    all.map((at) => (rung === "session" ? shardAt(at).stored() : env.RUNGS.getByName(`${rung}/${at}`).stored())),
  );
  const sum = (pick: (counts: (typeof each)[number]) => number) => each.reduce((total, counts) => total + pick(counts), 0);
  return Response.json({
    entries: sum(({ entries }) => entries),
    groups: sum(({ groups }) => groups),
    rowsWritten: sum(({ rowsWritten }) => rowsWritten),
  });
}
