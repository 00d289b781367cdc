import type { PhaseName, QueueFigures } from '../domain/evidence.ts';
import type { Check } from '../domain/verdict.ts';
import { defineCheck, inconclusive, nameOf, required, verdict } from './define-check.ts';
import { unlessContended } from './unless-contended.ts';

const unfinishedStates = ['waiting', 'active', 'delayed', 'failed'] as const;

/**
 * At the end of the phase no job is waiting, active, delayed or failed: all accepted work was done. Jobs that are merely unfinished were short of
 * time (see `unlessContended`), failed ones were not.
 */
export function queueDrained(
  objective: {
    /** Default: all queues. */
    readonly queue?: string;
    readonly during?: PhaseName;
    readonly name?: string;
  } = {},
): Check {
  const { queue, during = 'incident', name = nameOf('queue-drained', queue) } = objective;
  return defineCheck({
    name,
    claim: `every job of ${queue === undefined ? 'every queue' : `queue ${queue}`} is done at the end of the ${during} phase`,
    judge(evidence) {
      const all = Object.entries(required(evidence.phases[during].queues, 'the queues'));
      const queues = all.filter(([name]) => queue === undefined || name === queue).map(([, figures]) => figures);
      if (queues.length === 0) inconclusive(queue === undefined ? 'no queue was seen' : `there is no queue ${queue}`);
      const left = (state: keyof QueueFigures) => queues.reduce((sum, figures) => sum + figures[state], 0);
      const told = unfinishedStates.filter((state) => left(state) > 0).map((state) => `${left(state)} ${state}`);
      const measured = verdict(
        told.length === 0,
        told.length === 0 ? 'no job is left' : `jobs left: ${told.join(', ')}`,
        unfinishedStates.map((state) => ({ label: state, value: left(state), bound: 0, unit: 'jobs' })),
      );
      return left('failed') > 0 ? measured : unlessContended(evidence, during, measured);
    },
  });
}
