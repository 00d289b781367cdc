import type { Span } from '../../harness/domain/trace.ts';

/** A span in which nothing in particular happened for 10 ms. */
export function span(told: Partial<Span>): Span {
  return {
    id: 'a1',
    name: 'work',
    kind: 'internal',
    process: 'api-1',
    startMs: 1_795_000_000_000,
    durationMs: 10,
    attributes: {},
    ...told,
  };
}
