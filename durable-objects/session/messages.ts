// What travels between the edge and a session object, and what the object keeps of it.
import type { ProblemCode } from "../../contracts/problems.ts";
import type { PlanInput, SessionState, Waiting } from "../../contracts/sessions.ts";
import type { ClaimedSku } from "../../domain/plan/claims.ts";
import type { SkuFacts } from "../../records/catalog.ts";

/** A plan with what the catalogue said of its SKUs when it was made. */
export type Plan = {
  input: PlanInput;
  skus: SkuFacts[] /** 32 random bytes, hex: hides the staff list in the manifest. */;
  staffSalt: string;
};

/** A draft as it is looked at before announcing; `fixed` once its manifest is. */
export type DraftFacts = { state: SessionState; plan: Plan; fixed: boolean; pools: number; allotted: ClaimedSku[] };

export type SessionNo = ProblemCode;

/** In state draft the manifest is fixed, and the witnesses have yet to cosign it. */
export type Announced = { manifest: string; state: SessionState; waiting?: Waiting };
