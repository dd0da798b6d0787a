// How SQLite goes about queries: the steps of its plan for each one that a piece of work asks.
import { env } from "cloudflare:workers";
import { type Records, recordsOf } from "../../../records/database.ts";

/** The queries that the work prepares, each once, with the steps of its plan. */
export async function plansOf(work: (records: Records) => Promise<unknown>): Promise<Map<string, string[]>> {
  const asked = new Set<string>();
  const d1 = new Proxy(env.DB, {
    get: (target, name) => {
      if (name === "prepare") return (sql: string) => asked.add(sql) && target.prepare(sql);
      const value = Reflect.get(target, name) as unknown;
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  await work(recordsOf(d1, "fairpour"));
  const plans = new Map<string, string[]>();
  for (const sql of asked) {
    const numbers = [...sql.matchAll(/\?(\d+)/g)].map(([, number]) => Number(number));
    const count = numbers.length > 0 ? Math.max(...numbers) : (sql.match(/\?/g) ?? []).length;
    const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .bind(...Array.from({ length: count }, () => 1))
      .all<{ detail: string }>();
    plans.set(
      sql,
      results.map(({ detail }) => detail),
    );
  }
  return plans;
}
