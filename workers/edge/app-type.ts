// The types of our Hono apps. A route without a caller in front of it cannot read one.
import type { Claims } from "../../contracts/sign-in.ts";

export type OpenApp = { Bindings: Env };
export type CallerApp = { Bindings: Env; Variables: { caller: Claims } };
export type MemberApp = { Bindings: Env; Variables: { caller: MemberClaims } };

/** Claims of a member, with what every member's token carries. */
export type MemberClaims = Claims & Required<Pick<Claims, "person" | "market" | "ageOk">>;
