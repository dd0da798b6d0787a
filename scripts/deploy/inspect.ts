// What a deployment would upload: the bundle, its size, its bindings and classes, and that nothing local-only is in it.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { bundle } from "../local/bundle.ts";
import { type Config, readConfig } from "./config.ts";

/** A start of 300 KB of gzip is parsed in some 50 ms; the platform allows 10 MB, our visitors' first request does not. */
export const GZIP_BYTES_MAX = 300_000;

/** Words that only local code has. */
const LOCAL_ONLY = ["LOCAL-ONLY", "/local/sign-in", "LOCAL_CHAIN", "local beacon", "local-person"];

export type Inspection = { gzipBytes: number; bindings: string[]; classes: string[]; problems: string[] };

/** Settings that only a machine for trying out may have. */
export const settingProblems = ({ vars }: Pick<Config, "vars">): string[] =>
  vars.WEBHOOK_LOOPBACK === undefined
    ? []
    : ["WEBHOOK_LOOPBACK is set in wrangler.toml: webhooks could be sent into the network behind it"];

/** Bundles the deployed entry into `outDir` and says what is wrong with it. */
export function inspect(outDir: string): Inspection {
  const config = readConfig();
  const modules = bundle(config.main, outDir).map(({ path }) => readFileSync(path));
  const script = modules.map((bytes) => bytes.toString("utf8")).join("\n");
  const gzipBytes = modules.reduce((sum, bytes) => sum + gzipSync(bytes).length, 0);
  const classes = config.durable_objects.bindings.map(({ class_name }) => class_name);
  const migrated = config.migrations.flatMap(({ new_sqlite_classes = [] }) => new_sqlite_classes);
  const bindings = [
    ...config.durable_objects.bindings.map(({ name }) => name),
    ...config.d1_databases.map(({ binding }) => binding),
    ...config.r2_buckets.map(({ binding }) => binding),
    ...(config.assets?.binding ? [config.assets.binding] : []),
  ];
  const exported = (name: string) => new RegExp(`export\\s*\\{[^}]*\\b${name}\\b[^}]*\\}`).test(script);
  const problems = [
    ...settingProblems(config),
    ...(gzipBytes > GZIP_BYTES_MAX ? [`the bundle has ${gzipBytes} bytes of gzip, more than ${GZIP_BYTES_MAX}`] : []),
    ...LOCAL_ONLY.filter((word) => script.includes(word)).map((word) => `local-only code is in the bundle: "${word}"`),
    ...classes.filter((name) => !exported(name)).map((name) => `the class ${name} is bound but not exported`),
    ...classes.filter((name) => !migrated.includes(name)).map((name) => `the class ${name} has no migration`),
  ];
  return { gzipBytes, bindings, classes, problems };
}
