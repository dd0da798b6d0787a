// wrangler.toml as wrangler itself reads it, reduced to what our scripts look at.
import { join } from "node:path";
import { unstable_readConfig as read } from "wrangler";
import { ROOT } from "../local/bundle.ts";

export type Config = {
  main: string;
  vars: { WEBHOOK_LOOPBACK?: string; BRAND: string; LOG_ORIGIN: string; WITNESSES: { k: number; list: { brand: boolean }[] } };
  durable_objects: { bindings: { name: string; class_name: string }[] };
  migrations: { new_sqlite_classes?: string[] }[];
  d1_databases: { binding: string; database_name: string; database_id: string }[];
  r2_buckets: { binding: string }[];
  assets?: { binding?: string };
};

/** witness/wrangler.toml. */
export type WitnessConfig = { vars: { NAME: string; BY: string; LOGS: object[] } };

export const WITNESS_TOML = "witness/wrangler.toml";

export const readWitnessConfig = (): WitnessConfig => read({ config: join(ROOT, WITNESS_TOML) }) as unknown as WitnessConfig;

export const readConfig = (): Config => read({ config: join(ROOT, "wrangler.toml") }) as unknown as Config;
