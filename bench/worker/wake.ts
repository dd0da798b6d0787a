// Puts a shard to sleep and wakes it: /bench/wake/{fill,sleep,call}/{packed,rows}?session=…&places=…&pools=….
import { settingsOf } from "../../contracts/settings.ts";
import { shardName } from "../../domain/objects.ts";
import { countingShards, type RungEnv } from "./env.ts";

/** The shard's pid for a call that finds nobody: all that it costs is waking. */
const NOBODY = new Uint8Array(32);

export async function wake(request: Request, env: RungEnv, path: string): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const [turn, form] = (path.split("?")[0] as string).split("/");
  const places = Number(searchParams.get("places"));
  const pools = Number(searchParams.get("pools"));
  const session = searchParams.get("session") ?? "";
  const shard = Number(searchParams.get("shard") ?? 0);
  const packed = () => countingShards(env).getByName(shardName(settingsOf(env).BRAND, session, shard));
  const rows = () => env.RUNGS.getByName("rows/0");
  const object = form === "packed" ? packed() : rows();
  switch (turn) {
    case "fill":
      await (form === "packed" ? packed().fill(places, pools) : rows().fillRows(places));
      break;
    case "sleep":
      // The call ends with the object.
      await object.sleep().catch(() => {});
      break;
    default:
      return Response.json({ known: form === "packed" ? (await packed().own(NOBODY)).ok : (await rows().known()) > 0 });
  }
  return Response.json({});
}
