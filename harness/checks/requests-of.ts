import type { Evidence, LoadReading, PhaseName, RequestFigures } from '../domain/evidence.ts';
import { failedRequests } from '../domain/failed-requests.ts';
import { inconclusive, required } from './define-check.ts';

/** Fewer requests than this say nothing about a share or a percentile. */
const enoughRequests = 20;

export interface RequestsSeen {
  readonly load: LoadReading;
  readonly figures: RequestFigures;
  readonly failed: number;
  /** Requests of which anything is known: served well or badly. */
  readonly finished: number;
}

/** What the load engine saw of one request of the workload, or of all; too few of them end the judgement as inconclusive. */
export function requestsOf({ phases }: Evidence, during: PhaseName, request: string | undefined): RequestsSeen {
  const load = required(phases[during].load, `the load in the ${during} phase`);
  const figures = request === undefined ? load.all : load.requests[request];
  const failed = figures === undefined ? 0 : failedRequests(figures);
  const finished = (figures?.ok ?? 0) + failed;
  if (figures === undefined || finished < enoughRequests) {
    inconclusive(
      `only ${finished} ${subjectOf(request)} in the ${during} phase; at least ${enoughRequests} are needed`,
    );
  }
  return { load, figures, failed, finished };
}

/** In words: `requests` or `requests "list accounts"`. */
export function subjectOf(request: string | undefined): string {
  return request === undefined ? 'requests' : `requests "${request}"`;
}
