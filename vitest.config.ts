// Three kinds of tests: rules in Node, objects inside workerd, journeys through HTTP and a browser.
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { logKeyOf } from "./domain/log/checkpoint.ts";
import { vkeyOf } from "./domain/log/note.ts";

/** Fixed test secrets: they sign nothing outside of these tests. */
const TEST_SECRETS = {
  OPERATOR_SECRETS: `t1:${"11".repeat(32)}`,
  PEPPER: "22".repeat(32),
  TOKEN_SECRETS: `t1:${"33".repeat(32)}`,
  LOG_KEY: "44".repeat(32),
};

/** The log that the witness of the tests knows. */
const WITNESSED = { key: vkeyOf(logKeyOf("shop.example/sessions", new Uint8Array(32).fill(0x44))), url: "http://shop.test/log" };

export default defineConfig({
  test: {
    // Journeys start shops of their own and mostly wait for windows and beacons: two cores carry three files at a time.
    maxWorkers: 3,
    // What a passed test logs is what it provoked on purpose.
    silent: "passed-only",
    projects: [
      {
        test: {
          name: "rules",
          include: ["test/**/*.test.ts"],
          exclude: ["test/objects/**", "test/simulation/**", "test/witness/**", "test/journeys/**"],
          // Rules keep no state between tests: one module load for all files.
          isolate: false,
        },
      },
      {
        plugins: [
          cloudflareTest(async () => ({
            main: "./test/objects/support/worker.ts",
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: {
              bindings: {
                ...TEST_SECRETS,
                D1_MIGRATIONS: await readD1Migrations("migrations/d1"),
                SIM_FROM: process.env.SIM_FROM ?? "1",
                SIM_SEEDS: process.env.SIM_SEEDS ?? "25",
              },
            },
          })),
        ],
        test: {
          name: "objects",
          include: ["test/objects/**/*.test.ts", "test/simulation/**/*.test.ts"],
          setupFiles: ["./test/objects/support/migrations.ts"],
          testTimeout: 180_000,
        },
      },
      {
        plugins: [
          cloudflareTest({
            main: "./test/witness/support/worker.ts",
            wrangler: { configPath: "./witness/wrangler.toml" },
            miniflare: { bindings: { WITNESS_KEY: "66".repeat(32), LOGS: [WITNESSED] } },
          }),
        ],
        test: { name: "witness", include: ["test/witness/**/*.test.ts"], testTimeout: 60_000 },
      },
      {
        test: {
          name: "journeys",
          include: ["test/journeys/**/*.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
