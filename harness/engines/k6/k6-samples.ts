import type { LoadSample } from '../../domain/load.ts';
import type { LoadPlan } from '../../domain/workload.ts';
import { createArrivals } from '../arrivals.ts';
import { createRecorder, type Ending } from '../recorder.ts';
import { createRequestSequence } from '../request-sequence.ts';
import { type Course, stagesOf } from './arrival-executor.ts';
import type { K6Event } from './k6-output.ts';
import { dealRows, dealtPosition } from './script-data.ts';

/** k6 writes what happened every 200 ms; after this long it is here, also from a busy machine. */
export const WRITTEN_MS = 500;

/** Makes samples of what several processes of k6 say, one after the other or at once. */
export interface K6Samples {
  /** What takes the events of one process. Lateness is only known where arrivals are spaced evenly. */
  track(course: Course, spacing: 'even' | 'unknown'): K6Track;
  /**
   * Ends the interval at `to`, epoch milliseconds, of which every event must be in by now. The last interval also: what has no answer by then
   * counts as timed out.
   */
  cut(to: number, last?: 'last'): Promise<LoadSample>;
  /** Zeroes the distinct-row counters. */
  mark(): void;
}

/** The events of one process. */
export interface K6Track {
  add(event: K6Event): void;
  /** Requests sent and not yet answered, as far as the events tell. */
  inFlight(): number;
}

type Arrival = Exclude<K6Event, { readonly type: 'answered' }> & { readonly lateBy: (at: number) => number };

/** @param from start of the first interval, epoch milliseconds */
export function createK6Samples(plan: LoadPlan, from: number): K6Samples {
  const deals = dealRows(plan);
  const sequence = createRequestSequence(plan, { deal: (pool) => dealtPosition(deals[pool] ?? []) });
  const recorder = createRecorder(plan.requests, plan.timeoutMs * 2, from);
  /** Latency counts from when an arrival was due, so its lateness is kept for its answer. */
  const waiting = new Map<number, { readonly index: number; readonly lateMs: number }>();
  let arrivals: Arrival[] = [];
  let answers: Extract<K6Event, { readonly type: 'answered' }>[] = [];

  const arrive = (arrival: Arrival) => {
    const lateMs = arrival.lateBy(arrival.at);
    recorder.intended();
    if (arrival.type === 'dropped') return recorder.dropped();
    const index =
      arrival.name === undefined
        ? sequence.at(arrival.number)?.index
        : plan.requests.findIndex(({ name }) => name === arrival.name);
    if (arrival.type === 'exhausted' || index === undefined) return recorder.exhausted();
    recorder.sent(lateMs);
    waiting.set(arrival.number, { index, lateMs });
  };
  const finish = (number: number, latencyMs: number, ending: Ending): boolean => {
    const request = waiting.get(number);
    if (request === undefined) return false;
    waiting.delete(number);
    recorder.ended(request.index, request.lateMs + latencyMs, ending);
    return true;
  };

  return {
    track: (course, spacing) => {
      const lateBy = spacing === 'even' ? latenessOf(course) : () => 0;
      let inFlight = 0;
      return {
        add: (event) => {
          if (event.type === 'answered') answers.push(event);
          else arrivals.push({ ...event, lateBy });
          if (event.type === 'arrived') inFlight++;
          if (event.type === 'answered') inFlight--;
        },
        inFlight: () => inFlight,
      };
    },
    cut: (to, last) => {
      const due = arrivals.filter(({ at }) => at <= to).sort((a, b) => a.at - b.at);
      arrivals = arrivals.filter(({ at }) => at > to);
      for (const arrival of due) arrive(arrival);
      answers = answers.filter(
        ({ at, number, latencyMs, ending }) => at > to || !finish(number, latencyMs, asEnding(ending)),
      );
      if (last) for (const number of [...waiting.keys()]) finish(number, 0, { error: 'timeout' });
      return recorder.cut(to, waiting.size, sequence.distinctRows());
    },
    mark: () => sequence.mark(),
  };
}

const asEnding = (ending: string): Ending => (/^\d+$/.test(ending) ? { status: Number(ending) } : { error: ending });

/**
 * How late each arrival of a process was, asked one after the other: k6 does not say when an arrival was due, but its executors space arrivals
 * (those it drops, too) evenly along the rate. What the most punctual one so far needed is taken for the start.
 */
function latenessOf(course: Course): (at: number) => number {
  const due = createArrivals(1, stagesOf(course), 'even', 0, Math.random);
  let start = Number.POSITIVE_INFINITY;
  return (at) => {
    const begun = at - due.next();
    start = Math.min(start, begun);
    return begun - start;
  };
}
