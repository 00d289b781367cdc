import type { Check } from '../domain/verdict.ts';
import { defineCheck, verdict } from './define-check.ts';
import { findingsOf } from './findings-of.ts';
import { unlessContended } from './unless-contended.ts';

/** What a fault measures when an effect never showed. */
const never = -1;

/** An effect whose delays a fault measures, and how a check speaks of it. */
interface Effect {
  /** The check, when nothing else is asked for. */
  readonly check: string;
  /** The fault that measures it, when nothing else is asked for. */
  readonly fault: string;
  /** The fault's finding: milliseconds, or -1 for never. */
  readonly finding: string;
  readonly claim: (ms: number) => string;
  /** What each delay stands for, and what happened to those that never ended. */
  readonly counted: string;
  readonly failed: string;
  readonly labels: { readonly never: string; readonly slowest: string };
  readonly unit: string;
}

export interface EffectObjective {
  readonly ms: number;
  /** The fault that brings the effect about and measures its delays. */
  readonly fault?: string;
  readonly name?: string;
}

/** Every delay that the fault measured has ended, within `ms` milliseconds. Without any, the verdict is inconclusive. */
export function effectWithin(effect: Effect, objective: EffectObjective): Check {
  const { ms, fault = effect.fault, name = effect.check } = objective;
  const { counted, failed, labels, unit } = effect;
  return defineCheck({
    name,
    claim: effect.claim(ms),
    judge(evidence) {
      const delays = findingsOf(evidence, fault, effect.finding);
      const endless = delays.filter((after) => after === never).length;
      const late = delays.filter((after) => after > ms).length;
      const slowest = Math.max(...delays);
      const measured = verdict(
        endless === 0 && late === 0,
        `of ${delays.length} ${counted}, ${endless} ${failed} and ${late} later than ${ms} ms`,
        [
          { label: labels.never, value: endless, bound: 0, unit },
          ...(slowest === never ? [] : [{ label: labels.slowest, value: slowest, bound: ms, unit: 'ms' }]),
        ],
      );
      return unlessContended(evidence, 'incident', measured);
    },
  });
}
