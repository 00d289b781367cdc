import { once } from 'node:events';
import { environmentError } from '../domain/errors.ts';
import type { LoadPlan } from '../domain/workload.ts';
import { startWorkerThread } from '../platform/worker-thread.ts';
import type { ClosedLoopExtent, ClosedLoopResult } from './embedded/closed-loop.ts';
import type { CapacityThreadData } from './embedded/messages.ts';
import { createRequestSequence } from './request-sequence.ts';

/**
 * How many expected answers per second the target gives to the plan's mix of requests when `extent.concurrency` of them are always in flight
 * (a closed loop) and it was warmed up. The requests do what they do: restore the database afterwards. `{n}` starts at
 * 1,000,000,000, so that these requests and those of a load do not collide. Takes a second more than what is measured.
 *
 * @throws GamedayError CAPACITY_UNKNOWN when no answer was as expected; of an invalid plan as `createRequestSequence`
 */
export async function measureCapacity(plan: LoadPlan, target: URL, extent: ClosedLoopExtent): Promise<number> {
  // Compiled here only so that an invalid plan is refused with a readable error before a thread exists.
  createRequestSequence(plan);
  const data: CapacityThreadData = { plan, target: target.href, extent };
  const worker = startWorkerThread(new URL('./embedded/capacity-thread.ts', import.meta.url), data);
  const exited = new Promise((resolve) => worker.once('exit', resolve));
  // `once` rejects when the thread fails instead.
  const [{ perSecond, errors }] = (await once(worker, 'message')) as [ClosedLoopResult];
  await exited;
  if (perSecond > 0) return perSecond;
  const seen = Object.entries(errors).map(([kind, count]) => `${count} x ${kind}`);
  throw environmentError(
    'CAPACITY_UNKNOWN',
    `${target.origin} gave no expected answer in ${extent.seconds} s: ${seen.join(', ') || 'nothing came back'}.`,
    'Look at the log of the app.',
  );
}
