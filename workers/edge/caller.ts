// Who calls. Middleware in front of every route that is not public: no token 401, another role 403, another store's address 404.
import { createMiddleware } from "hono/factory";
import { settingsOf } from "../../contracts/settings.ts";
import type { Claims, Role } from "../../contracts/sign-in.ts";
import type { CallerApp, MemberApp, MemberClaims } from "./app-type.ts";
import { ProblemError } from "./problem.ts";
import { claimsOf } from "./token.ts";

async function callerAs(role: Role, authorization: string | undefined, env: Env): Promise<Claims> {
  const token = authorization?.startsWith("Bearer ") ? authorization.slice(7) : undefined;
  const claims = token && (await claimsOf(token, settingsOf(env), Date.now()));
  if (!claims) throw new ProblemError("unauthenticated");
  if (claims.role !== role) throw new ProblemError("wrong_role");
  return claims;
}

export const member = createMiddleware<MemberApp>(async function member(c, next) {
  c.set("caller", (await callerAs("member", c.req.header("Authorization"), c.env)) as MemberClaims);
  await next();
});

export const operator = createMiddleware<CallerApp>(async function operator(c, next) {
  c.set("caller", await callerAs("operator", c.req.header("Authorization"), c.env));
  await next();
});

/** A store's device works for its own store: any other store's address does not exist for it. */
export const storeDevice = createMiddleware<CallerApp>(async function storeDevice(c, next) {
  const caller = await callerAs("store", c.req.header("Authorization"), c.env);
  if (caller.store !== c.req.param("store")) throw new ProblemError("not_found");
  c.set("caller", caller);
  await next();
});
