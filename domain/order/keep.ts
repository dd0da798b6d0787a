// How long orders stay in D1 before they move to the archive.

/**
 * From the end of a session's last pickup window. An order takes 480 bytes of D1 with its two indexes, its item 115, its share of a delivery
 * some 25: 620. The 10 GB of one D1 hold 16 M of them, at 40,000 orders a day (the modelled system's) those of 400 days. 90 days, and 12
 * before them for paying and picking up, are 4.1 M orders and 2.5 GB: a quarter, with room for a D1 that was not archived for months.
 */
export const ORDERS_KEPT_S = 90 * 86_400;

/** Sessions whose pickups ended at or before this may move to the archive. Unix seconds. */
export const archiveBefore = (now: number): number => Math.floor(now) - ORDERS_KEPT_S;
