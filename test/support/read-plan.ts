import type { LoadPlan } from '../../harness/domain/workload.ts';

/** The simplest there is to ask a target server: one kind of request, one at a time, numbered. */
export const readPlan: LoadPlan = {
  requests: [{ name: 'read', method: 'GET', path: '/?n={n}', weight: 1 }],
  pools: {},
  seed: 1,
  timeoutMs: 2000,
  maxInFlight: 1,
};
