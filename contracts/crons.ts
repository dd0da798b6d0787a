// The cron texts of wrangler.toml, by which the Worker knows what to do and the local server what to fire. A test holds them equal.

export const EVERY_MINUTE = "* * * * *";

/** UTC. What it does is no hurry, and stands in nobody's way: a bounded number of short D1 batches. */
export const EVERY_DAY = "17 3 * * *";
