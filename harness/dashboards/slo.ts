import { availabilityObjective } from '../domain/harm.ts';

/** A service level objective over what callers outside the app see. */
export interface Slo {
  readonly name: 'availability' | 'latency';
  readonly claim: string;
  /** Share of requests that have to be good, 0 to 1. */
  readonly objective: number;
  /** PromQL: the share of requests that were not good in a window such as `5s`. */
  errorRatio(window: string): string;
}

const due = (window: string) =>
  `(sum(rate(gameday_requests_total[${window}])) + sum(rate(gameday_arrivals_dropped_total[${window}])))`;

export const slos: readonly Slo[] = [
  {
    name: 'availability',
    claim: '99.5 % of requests are answered as expected',
    objective: availabilityObjective,
    errorRatio: (window) => `1 - sum(rate(gameday_requests_total{result="ok"}[${window}])) / ${due(window)}`,
  },
  {
    name: 'latency',
    claim: '99 % of requests are answered within 0.5 s',
    objective: 0.99,
    // A request without an answer is in no bucket and so counts as slow.
    errorRatio: (window) =>
      `1 - sum(rate(gameday_request_duration_seconds_bucket{le="0.5"}[${window}])) / ${due(window)}`,
  },
];

/**
 * Burn rates with their windows in seconds of real life, for an error budget of 30 days: "The Site Reliability Workbook", chapter 5, table 5-8
 * (https://sre.google/workbook/alerting-on-slos/).
 */
export const burns = [
  { speed: 'fast', rate: 14.4, long: 3_600, short: 300 },
  { speed: 'slow', rate: 6, long: 21_600, short: 1_800 },
] as const;

/** How many times faster a game day passes than real life: a minute stands for an hour, its 60 minutes for two and a half days. */
const compression = 60;

/** The compression in words, for everybody who looks at a burn rate. */
export const compressionText = `Time is compressed by ${compression}: one minute of a game day stands for one hour, so windows of 1 h, 5 min, 6 h and 30 min are 1 min, 5 s, 6 min and 30 s here, and the error budget of 30 days is one of 12 hours.`;

/** A window of real life as the PromQL duration it has in a game day. */
export function compressed(seconds: number): string {
  const short = seconds / compression;
  return short % 60 === 0 ? `${short / 60}m` : `${short}s`;
}

/** The recorded series that holds every SLO's error ratio over a window. */
export function recordedRatio(window: string): string {
  return `gameday:slo_errors:ratio_rate${window}`;
}

/** The largest share of requests that may go wrong, without the noise of binary fractions. */
export function budgetOf({ objective }: Slo): number {
  return Number((1 - objective).toFixed(6));
}
