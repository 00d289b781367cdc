/// <reference types="k6" />
import { SharedArray } from 'k6/data';
import exec from 'k6/execution';
import http from 'k6/http';
import { Counter, Trend } from 'k6/metrics';
import type { Options } from 'k6/options';
import { seededNumbers } from '../../domain/random.ts';
import type { PoolRow } from '../../domain/workload.ts';
import { rowPosition, zipfWeights } from '../draws.ts';
import { createNumberedRequests } from '../numbered-requests.ts';
import { arrivalExecutor, type Course } from './arrival-executor.ts';
import { endingOf } from './ending.ts';
import { dealtPosition, type ScriptData } from './script-data.ts';

/**
 * Plays a scenario's workload in k6. Which request an arrival is follows from its number alone, so that any number of virtual users and of
 * machines send together what gameday's own engine sends.
 *
 * Environment: `BASE_URL`; `RATE` (arrivals per second) with `DURATION` (seconds) replaces what data.json says about the arrival rate. gameday's
 * engine sets `COURSE` instead, and `GATE`: a URL that answers with the number of the first request when it is time to start.
 */

const { BASE_URL = 'http://127.0.0.1:3000', RATE, DURATION, COURSE, GATE } = __ENV;

// Only shared arrays are in memory once; whatever else a script holds, every virtual user holds.
const shared = <T>(name: string, build: (data: ScriptData) => readonly T[]): T[] =>
  new SharedArray(name, () => build(JSON.parse(open('./data.json'))) as T[]);
const { requests, seed, timeoutMs, maxInFlight, draws, course, thresholds } = shared('plan', ({ plan }) => [plan])[0]!;
const pools = Object.fromEntries(
  Object.entries(draws).map(([name, draw]) => [
    name,
    { draw, rows: shared<PoolRow>(`rows ${name}`, ({ rows }) => rows[name]!) },
  ]),
);

const numbered = createNumberedRequests({ requests, pools, seed }, (name) => {
  const { draw, rows } = pools[name]!;
  const dealt = shared<number>(`deals ${name}`, ({ deals }) => deals[name] ?? []);
  const weights = () => shared(`weights ${name}`, () => Array.from(zipfWeights(rows.length)));
  return rowPosition(draw, rows.length, seededNumbers(seed, `pool ${name}`), dealtPosition(dealt), weights);
});

const level: Course = [{ from: Number(RATE), to: Number(RATE), seconds: Number(DURATION ?? 60) }];
const arrivals = arrivalExecutor(COURSE ? JSON.parse(COURSE) : RATE ? level : course, maxInFlight);

/**
 * k6 can't be told to let no more arrivals in while those in flight get their answers, and virtual users can't be told anything. But they can read how
 * many virtual users there are, and its REST API can add one to a scenario of this kind, which otherwise does nothing.
 */
const halt = { executor: 'externally-controlled', exec: 'idle', vus: 0, maxVUs: 1, duration: '24h' } as const;
const usersUnlessHalted = arrivals.preAllocatedVUs + halt.maxVUs;

// The published types do not know the executor of `halt`.
export const options: Omit<Options, 'scenarios'> & { readonly scenarios: object } = {
  discardResponseBodies: true,
  maxRedirects: 0,
  setupTimeout: '24h',
  scenarios: { arrivals: { ...arrivals, gracefulStop: `${timeoutMs}ms` }, ...(GATE && { halt }) },
  thresholds,
};

const arrived = new Counter('gameday_arrived');
const exhausted = new Counter('gameday_exhausted');
/** From the start of an arrival to the end of its answer, with the wait for a connection, which `http_req_duration` leaves out. */
const answered = new Trend('gameday_answered', true);

interface Start {
  readonly firstNumber: number;
}

export function setup(): Start {
  if (!GATE) return { firstNumber: 1 };
  return { firstNumber: Number(http.get(GATE, { timeout: '24h', responseType: 'text' }).body) };
}

export function idle(): void {}

export default function arrive({ firstNumber }: Start): void {
  if (GATE && exec.instance.vusInitialized > usersUnlessHalted) return;
  const number = firstNumber + exec.scenario.iterationInTest;
  if (GATE) exec.vu.metrics.metadata.n = String(number);
  const index = numbered.indexOf(number);
  const request = numbered.fill(index, number);
  if (!request) {
    exhausted.add(1);
    return;
  }
  arrived.add(1);
  const spec = requests[index]!;
  const response = http.request(request.method, BASE_URL + request.path, request.body ?? null, {
    headers: Object.fromEntries(pairs(request.headers)),
    timeout: timeoutMs,
    tags: { name: spec.name },
    responseCallback: http.expectedStatuses(...(spec.expect ?? [{ min: 200, max: 299 }])),
  });
  const { blocked, duration } = response.timings;
  answered.add(blocked + duration, {
    name: spec.name,
    ending: endingOf(response.status, response.error_code, response.error),
  });
}

function pairs(alternating: readonly string[]): [string, string][] {
  const result: [string, string][] = [];
  for (let index = 0; index < alternating.length; index += 2)
    result.push([alternating[index]!, alternating[index + 1]!]);
  return result;
}
