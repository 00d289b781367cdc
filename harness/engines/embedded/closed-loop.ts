import { setTimeout as sleep } from 'node:timers/promises';
import { isSuccess, type LoadPlan } from '../../domain/workload.ts';
import { createRequestSequence } from '../request-sequence.ts';
import { createHttpClient } from './http-client.ts';

export interface ClosedLoopResult {
  /** Expected answers per second over the measured part. */
  readonly perSecond: number;
  /** Everything else that happened, by kind. */
  readonly errors: Readonly<Record<string, number>>;
}

const SHORTEST_MS = 500;
/** Far from the numbers of the load that follows on the same database. */
const FIRST_NUMBER = 1_000_000_000;
const EXPIRE_EVERY_MS = 10;

/** How long a closed loop runs. */
export interface ClosedLoopExtent {
  /** Requests in flight. */
  readonly concurrency: number;
  /** At first nothing is measured: connections open, caches fill, the target's code gets compiled. */
  readonly warmUpSeconds: number;
  /** Expected answers that are enough, once they were measured for half a second. */
  readonly answers: number;
  /** What is measured ends after this many seconds at the latest. */
  readonly seconds: number;
}

/** Keeps `concurrency` requests of the plan's mix in flight until enough is known. Requests still in flight then are given up. */
export async function runClosedLoop(
  plan: LoadPlan,
  target: URL,
  { concurrency, warmUpSeconds, answers, seconds }: ClosedLoopExtent,
): Promise<ClosedLoopResult> {
  const sequence = createRequestSequence(plan, { firstNumber: FIRST_NUMBER });
  const errors: Record<string, number> = {};
  const measuredFrom = performance.now() + warmUpSeconds * 1000;
  let ok = 0;

  const count = (kind: string) => {
    errors[kind] = (errors[kind] ?? 0) + 1;
  };
  const sendNext = () => {
    const request = sequence.next();
    if (request) client.send(request, performance.now());
    else count('exhausted');
  };
  const client = createHttpClient(
    target,
    { connections: concurrency, timeoutMs: plan.timeoutMs },
    (request, _, ending) => {
      if ('error' in ending) count(ending.error);
      else if (!isSuccess(plan.requests[request.index]!, ending.status)) count(String(ending.status));
      else if (performance.now() >= measuredFrom) ok++;
      // Not from within the callback of the request that ended: a refused connection would recurse without end.
      setImmediate(sendNext);
    },
  );
  const expiry = setInterval(() => client.expire(performance.now()), EXPIRE_EVERY_MS);
  for (let lane = 0; lane < concurrency; lane++) sendNext();
  await sleep(warmUpSeconds * 1000 + SHORTEST_MS);
  const measuredMs = () => performance.now() - measuredFrom;
  while (ok < answers && measuredMs() < seconds * 1000) await sleep(EXPIRE_EVERY_MS);
  const perSecond = (ok * 1000) / measuredMs();
  clearInterval(expiry);
  client.close();
  return { perSecond, errors };
}
