import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadPlan } from '../../domain/workload.ts';
import { createHttpClient } from './http-client.ts';
import { isSuccess } from './recorder.ts';
import { createRequestSequence } from './request-sequence.ts';

export interface ClosedLoopResult {
  /** Expected answers per second over the measured part. */
  readonly perSecond: number;
  /** Everything else that happened, by kind. */
  readonly errors: Readonly<Record<string, number>>;
}

/** The first part is not measured: connections open, caches of the app fill, all lanes send at once. */
const UNMEASURED_SHARE = 0.25;
/** Far from the numbers of the load that follows on the same database. */
const FIRST_NUMBER = 1_000_000_000;
const EXPIRE_EVERY_MS = 10;

/** Keeps `concurrency` requests of the plan's mix in flight for `seconds`, whatever the plan's rate. Requests still in flight then are given up. */
export async function runClosedLoop(
  plan: LoadPlan,
  target: URL,
  { seconds, concurrency }: { readonly seconds: number; readonly concurrency: number },
): Promise<ClosedLoopResult> {
  const sequence = createRequestSequence(plan, FIRST_NUMBER);
  const errors: Record<string, number> = {};
  const start = performance.now();
  const measuredFrom = start + seconds * 1000 * UNMEASURED_SHARE;
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
  await sleep(seconds * 1000);
  const perSecond = (ok * 1000) / (performance.now() - measuredFrom);
  clearInterval(expiry);
  await client.close();
  return { perSecond, errors };
}
