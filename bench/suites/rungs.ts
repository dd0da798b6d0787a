// The rungs by name: what each one does beyond the one before.
import type { Rung } from "../harness/rounds.ts";

export const rungsOf = (session: string) =>
  ({
    empty: { name: "L0 empty fetch", path: "/bench/empty", status: 200 },
    hono: { name: "L1 Hono route", path: "/bench/hono", status: 201 },
    json: { name: "L2 + JSON, Valibot", path: "/bench/json", status: 201 },
    token: { name: "L3 + access token", path: "/bench/token", status: 201 },
    pass: { name: "L3b + entry pass", path: `/bench/pass/${session}`, status: 201 },
    call: { name: "L4 + empty object call", path: `/bench/call/${session}`, status: 201 },
    dedupe: { name: "L5 + dedupe in memory", path: `/bench/dedupe/${session}`, status: 201, stores: "dedupe" },
    wait: { name: "L5b + waiting in a group", path: `/bench/wait/${session}`, status: 201, stores: "wait" },
    commit: { name: "L6 + a commit each", path: `/bench/commit/${session}`, status: 201, stores: "commit" },
    group: { name: "L7 + grouped commit", path: `/bench/group/${session}`, status: 201, stores: "group" },
    full: { name: "L8 full reservation", path: `/v1/sessions/${session}/reservations`, status: 201, stores: "session" },
    naive: { name: "naive: one object, 4 rows, a commit each", path: `/bench/naive/${session}`, status: 201, stores: "naive" },
    anchor: { name: "anchor: L3 + empty object call", path: "/bench/anchor", status: 201 },
    bare: { name: "bare Hono: JSON, Valibot", path: "/bench/bare", status: 201 },
    bareChecks: { name: "bare Hono: JSON, Valibot, token, pass", path: `/bench/bare-checks/${session}`, status: 201 },
  }) satisfies { [name: string]: Rung };
