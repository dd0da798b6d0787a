// Appeals of members whose reservation was excluded: one for each place, while there is time to decide it.
import type { Notice, OwnExcluded } from "../../contracts/review.ts";
import { reviewRefusal } from "../../domain/draw/exclusion.ts";
import { type Outcome, ok, refuse } from "../../domain/outcome.ts";
import type { MoveDesk } from "./desk.ts";
import type { SessionNo } from "./messages.ts";
import { keyOf } from "./review-rows.ts";
import { noticeOf } from "./review-views.ts";

/** The same words again are the same appeal. Whether the place is the caller's has been asked of their shard. */
export function appeal(
  desk: MoveDesk,
  place: OwnExcluded,
  text: string,
): Outcome<{ notice: Notice; repeated: boolean }, SessionNo> {
  const { store, now } = desk;
  const held = store.review.held().get(keyOf(place));
  if (held?.confirmedAt === undefined) return refuse("not_excluded");
  const known = store.review.appeal(place);
  if (known && known.text !== text) return refuse("appealed_already");
  if (!known) {
    const closed = reviewRefusal(store.row().state, now(), store.reviewTimes().appealUntil);
    if (closed) return refuse(closed);
    const { shard, index } = place;
    store.transaction(() => store.review.addAppeal({ shard, index, at: Math.floor(now()), text }));
  }
  return ok({ notice: noticeOf(desk, place, held), repeated: known !== undefined });
}

/** Notices of the places among these that operators have excluded. */
export function notices(desk: MoveDesk, places: OwnExcluded[]): Notice[] {
  return places.flatMap((place) => {
    const held = desk.store.review.held().get(keyOf(place));
    return held?.confirmedAt === undefined ? [] : [noticeOf(desk, place, held)];
  });
}
