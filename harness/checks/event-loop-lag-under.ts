import type { PhaseName } from '../domain/evidence.ts';
import type { Check } from '../domain/verdict.ts';
import { defineCheck, inconclusive, required, verdict } from './define-check.ts';
import { unlessContended } from './unless-contended.ts';

/**
 * No process of the app keeps its event loop from turning: the worst p99 of its lag that one scrape showed, over a whole phase, is at most `ms` milliseconds. The app
 * measures it every 100 ms, so an idle process shows about 100. A process that waits for a core is late, too: see `unlessContended`.
 */
export function eventLoopLagUnder(objective: {
  readonly ms: number;
  readonly during?: PhaseName;
  readonly name?: string;
}): Check {
  const { ms, during = 'incident', name = 'event-loop-lag-under' } = objective;
  return defineCheck({
    name,
    claim: `no process of the app is busy with one thing for more than ${ms} ms in the ${during} phase`,
    judge(evidence) {
      const processes = required(evidence.phases[during].processes, 'the processes');
      const seen = processes.flatMap(({ process, eventLoopLagP99Ms }) =>
        eventLoopLagP99Ms === undefined ? [] : [{ process, lag: Math.round(eventLoopLagP99Ms) }],
      );
      const [worst] = seen.sort((a, b) => b.lag - a.lag);
      if (worst === undefined) return inconclusive('no process of the app has said how its event loop turns');
      const measured = verdict(
        worst.lag <= ms,
        `the event loop of ${worst.process} was ${worst.lag} ms late at p99; the bound is ${ms}`,
        [{ label: 'event-loop lag p99', value: worst.lag, bound: ms, unit: 'ms' }],
      );
      return unlessContended(evidence, during, measured);
    },
  });
}
