// POST /bench/outbox/{fill,drain,each,compare}?from=&count=: what the suite `outbox` asks for.
import type { RungEnv } from "./env.ts";
import { OURS, THEIRS } from "./outbox.ts";

const COMPARED = `order_id, version, state, session, pool, rank, sku, store, member, amount_minor, currency, pay_by, pickup_until, paid_at,
  collected_at, collected_by, serial, code_tries`;

/** How many rows each side has, how many are not the same on both, and how large the database is. */
async function compare({ DB }: Env): Promise<object> {
  const side = (brand: string) => `SELECT ${COMPARED} FROM orders WHERE brand = '${brand}'`;
  const { results, meta } = await DB.prepare(
    `SELECT (SELECT count(*) FROM orders WHERE brand = '${OURS}') AS ours, (SELECT count(*) FROM orders WHERE brand = '${THEIRS}') AS theirs,
      (SELECT count(*) FROM (${side(OURS)} EXCEPT ${side(THEIRS)})) + (SELECT count(*) FROM (${side(THEIRS)} EXCEPT ${side(OURS)})) AS different`,
  ).all();
  return { ...results[0], bytes: meta.size_after };
}

export async function outboxRoute(request: Request, env: RungEnv): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const [from, count] = [Number(searchParams.get("from")), Number(searchParams.get("count"))];
  const object = env.OUTBOXES.getByName("outbox");
  const what = pathname.split("/").pop();
  if (what === "fill") await object.fill(from, count);
  else if (what === "each") await object.insertEach(from, count);
  else if (what === "drain") return Response.json(await object.drain());
  else return Response.json(await compare(env));
  return Response.json({});
}
