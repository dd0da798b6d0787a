// Gives every test file a D1 with today's schema.
import { applyD1Migrations, type D1Migration } from "cloudflare:test";
import { env } from "cloudflare:workers";

await applyD1Migrations(env.DB, (env as unknown as { D1_MIGRATIONS: D1Migration[] }).D1_MIGRATIONS);
