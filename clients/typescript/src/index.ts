// The package as a program imports it, @fairpour/client.
// biome-ignore-all lint/performance/noBarrelFile: a package has one entry
// biome-ignore-all lint/performance/noReExportAll: a package has one entry
export { Fairpour, type Reserved } from "./client.ts";
export { isProblem, Problem, type ProblemBody } from "./problem.ts";
export type { Options, Token } from "./transport.ts";
export type * from "./types.ts";
export { verifyWebhook } from "./webhook.ts";
