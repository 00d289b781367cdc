import type { Check } from '../domain/verdict.ts';
import { defineCheck, nameOf, verdict } from './define-check.ts';
import { surveyed } from './surveyed.ts';

/** A request, sent alone with warm caches, looks at no more than this many of PostgreSQL's buffers (8 KiB pages). */
export function buffersPerCall(objective: {
  readonly request: string;
  readonly atMost: number;
  readonly name?: string;
}): Check {
  const { request, atMost, name = nameOf('buffers-per-call', request) } = objective;
  return defineCheck({
    name,
    claim: `a request "${request}" reads at most ${atMost} database pages`,
    judge(evidence) {
      const { buffers } = surveyed(evidence, request);
      return verdict(buffers <= atMost, `${buffers} pages per request; the bound is ${atMost}`, [
        { label: 'pages per request', value: buffers, bound: atMost, unit: 'pages' },
      ]);
    },
  });
}
