import type { RequestFigures } from './evidence.ts';

/** How many requests were not answered as expected, whatever the kind of error. */
export function failedRequests({ errors }: Pick<RequestFigures, 'errors'>): number {
  return Object.values(errors).reduce((sum, count) => sum + count, 0);
}
