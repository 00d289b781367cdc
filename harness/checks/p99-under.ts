import type { Check } from '../domain/verdict.ts';
import { type LatencyObjective, latencyUnder } from './latency-under.ts';

/** 99 of 100 requests are answered within `ms` milliseconds; see `latencyUnder` for what is inconclusive. */
export function p99Under(objective: LatencyObjective): Check {
  return latencyUnder('p99', objective);
}
