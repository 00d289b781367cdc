/** The share of requests that have to be answered as expected, 0 to 1. */
export const availabilityObjective = 0.995;

/** What callers came to harm in a part of a live run, by samples of one second. */
export interface Harm {
  /** Seconds that were looked at. */
  readonly seconds: number;
  readonly requests: number;
  readonly failed: number;
  /** Of the requests, 0 to 1. */
  readonly failedShare: number;
  /** How many times as fast as the availability objective allows the error budget went. */
  readonly budgetBurn: number;
  /** Reads and writes that waited for a lock on a table: seconds in which there were any, the most at once, and the longest wait. */
  readonly heldUp: { readonly seconds: number; readonly atOnce: number; readonly longestMs: number };
  readonly jobsFailed: number;
  /** The slowest request's p95 in the worst second. */
  readonly worstP95Ms: number;
}

/** The harm that was done between the first deploy and the submission. */
export interface RollOutHarm {
  /** From the beginning of the incident to the first deploy, to compare with. */
  readonly before: Harm;
  readonly deploys: readonly DeployHarm[];
  readonly total: Harm;
}

/** From the start of a deploy until what it replaced has finished. */
export interface DeployHarm extends Harm {
  readonly deploy: number;
  readonly outcome: 'live' | 'refused' | 'unfinished';
}
