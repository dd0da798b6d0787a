// How long orders stay in D1 before they move to the archive.

/** From the end of a session's last pickup window. */
export const ORDERS_KEPT_S = 90 * 86_400;

/** Sessions whose pickups ended at or before this may move to the archive. Unix seconds. */
export const archiveBefore = (now: number): number => Math.floor(now) - ORDERS_KEPT_S;
