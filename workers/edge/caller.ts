// Who calls. Middleware in front of every route that is not public: no token 401, another role 403, another store's address 404.
import { createMiddleware } from "hono/factory";
import type { ProblemCode } from "../../contracts/problems.ts";
import { settingsOf } from "../../contracts/settings.ts";
import type { Claims, Role } from "../../contracts/sign-in.ts";
import type { CallerApp, MemberApp, MemberClaims } from "./app-type.ts";
import { problem } from "./problem.ts";
import { claimsOf } from "./token.ts";

async function callerAs(role: Role, authorization: string | undefined, env: Env): Promise<Claims | ProblemCode> {
  const token = authorization?.startsWith("Bearer ") ? authorization.slice(7) : undefined;
  const claims = token && (await claimsOf(token, settingsOf(env), Date.now()));
  if (!claims) return "unauthenticated";
  return claims.role === role ? claims : "wrong_role";
}

export const member = createMiddleware<MemberApp>(async function member(c, next) {
  const caller = await callerAs("member", c.req.header("Authorization"), c.env);
  if (typeof caller === "string") return problem(caller);
  c.set("caller", caller as MemberClaims);
  return next();
});

export const operator = createMiddleware<CallerApp>(async function operator(c, next) {
  const caller = await callerAs("operator", c.req.header("Authorization"), c.env);
  if (typeof caller === "string") return problem(caller);
  c.set("caller", caller);
  return next();
});

/** A store's device works for its own store: any other store's address does not exist for it. */
export const storeDevice = createMiddleware<CallerApp>(async function storeDevice(c, next) {
  const caller = await callerAs("store", c.req.header("Authorization"), c.env);
  if (typeof caller === "string") return problem(caller);
  if (caller.store !== c.req.param("store")) return problem("not_found");
  c.set("caller", caller);
  return next();
});
