// A crowd that is already in: /bench/crowd/pour puts rows into a shard as its groups would have, /bench/crowd/held says what objects held.
import { settingsOf } from "../../contracts/settings.ts";
import { shardName } from "../../domain/objects.ts";
import { countingShards, type RungEnv } from "./env.ts";
import { heldBytes } from "./held.ts";

export async function crowd(request: Request, env: RungEnv, turn: string): Promise<Response> {
  if (turn.startsWith("held")) return Response.json(heldBytes());
  const { searchParams } = new URL(request.url);
  const number = (name: string) => Number(searchParams.get(name));
  const name = shardName(settingsOf(env).BRAND, searchParams.get("session") ?? "", number("shard"));
  const shard = countingShards(env).getByName(name);
  await shard.pour(number("count"), number("pools"), number("s"));
  // It wakes with what it has now. The call ends with the object.
  await shard.sleep().catch(() => {});
  return Response.json({});
}
