import type { PhaseName, QueueFigures } from '../domain/evidence.ts';
import type { Check } from '../domain/verdict.ts';
import { defineCheck, inconclusive, nameOf, required, verdict } from './define-check.ts';
import { unlessContended } from './unless-contended.ts';

const unfinishedStates = ['waiting', 'active', 'delayed', 'failed'] as const;

/**
 * At the end of the phase no job is waiting, active, delayed or failed: all accepted work was done. Jobs that are merely unfinished were short of
 * time (see `unlessContended`), failed ones were not.
 * @param objective.failed jobs that can only fail, and have to be found as failed: no fewer and no more. Default 0
 */
export function queueDrained(
  objective: {
    /** Default: all queues. */
    readonly queue?: string;
    readonly failed?: number;
    readonly during?: PhaseName;
    readonly name?: string;
  } = {},
): Check {
  const { queue, failed = 0, during = 'incident', name = nameOf('queue-drained', queue) } = objective;
  const jobs = `job of ${queue === undefined ? 'every queue' : `queue ${queue}`}`;
  const expected = (state: keyof QueueFigures) => (state === 'failed' ? failed : 0);
  return defineCheck({
    name,
    claim: `every ${jobs} is done at the end of the ${during} phase${failed > 0 ? `, but for ${failed} that can only fail and are found among the failed ones` : ''}`,
    judge(evidence) {
      const all = Object.entries(required(evidence.phases[during].queues, 'the queues'));
      const queues = all.filter(([name]) => queue === undefined || name === queue).map(([, figures]) => figures);
      if (queues.length === 0) inconclusive(queue === undefined ? 'no queue was seen' : `there is no queue ${queue}`);
      const left = (state: keyof QueueFigures) => queues.reduce((sum, figures) => sum + figures[state], 0);
      const told = unfinishedStates.filter((state) => left(state) > 0).map((state) => `${left(state)} ${state}`);
      const wanted = failed > 0 ? `; ${failed} failed ones should be` : '';
      const measured = verdict(
        unfinishedStates.every((state) => left(state) === expected(state)),
        told.length === 0 ? `no job is left${wanted}` : `jobs left: ${told.join(', ')}${wanted}`,
        unfinishedStates.map((state) => ({ label: state, value: left(state), bound: expected(state), unit: 'jobs' })),
      );
      const isUnfinished = unfinishedStates.some((state) => state !== 'failed' && left(state) > 0);
      return left('failed') > failed || !isUnfinished ? measured : unlessContended(evidence, during, measured);
    },
  });
}
