import { expect, test } from 'vitest';
import { p95Under } from '../../../harness/checks/p95-under.ts';
import { p99Under } from '../../../harness/checks/p99-under.ts';
import { figures, incidentWith, load } from './evidence.ts';

const check = p95Under({ request: 'list accounts', ms: 100 });
const judge = (all: Parameters<typeof figures>[0], lateness = 1) =>
  check.judge(incidentWith({ load: load({ all: figures(all), sendLatenessP99Ms: lateness }) }));

test('a percentile at the bound passes, with value and bound as figures', () => {
  expect(judge({ p95: 100 })).toMatchObject({
    outcome: 'pass',
    figures: [
      { label: 'p95', value: 100, bound: 100, unit: 'ms' },
      { label: 'send lateness p99', value: 1 },
    ],
  });
});

test('a percentile beyond bound and lateness fails', () => {
  expect(judge({ p95: 102 })).toMatchObject({ outcome: 'fail', summary: expect.stringContaining('102 ms') });
});

test('a percentile beyond the bound by no more than the engine was late is inconclusive, but keeps its figures', () => {
  expect(judge({ p95: 102 }, 5)).toMatchObject({ outcome: 'inconclusive', figures: [{ value: 102 }, { value: 5 }] });
});

test('a good percentile passes however late the engine was', () => {
  expect(judge({ p95: 99 }, 500).outcome).toBe('pass');
});

test('fewer than 20 requests are inconclusive', () => {
  expect(judge({ ok: 15, errors: { 500: 4 }, p95: 900 }).outcome).toBe('inconclusive');
  expect(judge({ ok: 15, errors: { 500: 5 }, p95: 900 }).outcome).toBe('fail');
});

test('requests that timed out are slower than any bound', () => {
  expect(judge({ ok: 94, errors: { timeout: 6 }, p95: 1 }).outcome).toBe('fail');
  expect(judge({ ok: 95, errors: { timeout: 5 }, p95: 1 }).outcome).toBe('pass');
});

test('requests that still wait at the end are slower than the bound, except those that can have arrived within it', () => {
  const waiting = (intended: number, all: Parameters<typeof figures>[0] = { ok: 100, p95: 1 }) =>
    p95Under({ ms: 100 }).judge(incidentWith({ load: load({ intended, all: figures(all) }) }));
  expect(waiting(300)).toMatchObject({
    outcome: 'fail',
    summary: 'of 294 requests, 194 still waited, so p95 is beyond 100 ms',
    figures: [{ label: 'p95' }, { label: 'still waited', value: 194 }],
  });
  expect(waiting(107).outcome).toBe('pass');
  expect(waiting(106, { ok: 94, errors: { timeout: 6 }, p95: 1 })).toMatchObject({
    outcome: 'fail',
    summary: expect.stringContaining('6 timed out and 3 still waited'),
  });
  // Of one request's own arrivals nothing is known.
  const one = incidentWith({ load: load({ intended: 300, all: figures({ ok: 100, p95: 1 }) }) });
  expect(check.judge(one).outcome).toBe('pass');
});

test('when nothing was answered there is no percentile', () => {
  expect(judge({ ok: 0, errors: { ECONNREFUSED: 100 }, p95: 0 }).outcome).toBe('inconclusive');
  expect(judge({ ok: 0, errors: { 500: 100 }, p95: 5 }).outcome).toBe('pass');
});

test('a request that the workload does not have is inconclusive', () => {
  const verdict = p95Under({ request: 'nope', ms: 1 }).judge(incidentWith({ load: load() }));
  expect(verdict).toMatchObject({ outcome: 'inconclusive', summary: expect.stringContaining('nope') });
});

test('p99 and other phases are told apart', () => {
  const evidence = incidentWith({ load: load({ all: figures({ p95: 1, p99: 500 }) }) });
  expect(p99Under({ ms: 100 }).judge(evidence).outcome).toBe('fail');
  expect(p95Under({ ms: 100 }).judge(evidence).outcome).toBe('pass');
  expect(p95Under({ ms: 100, during: 'steady' }).judge(evidence).outcome).toBe('inconclusive');
});

test('names are stable, unique per request, and can be chosen', () => {
  expect(check.name).toBe('p95-under:list-accounts');
  expect(p99Under({ ms: 1 }).name).toBe('p99-under');
  expect(p99Under({ ms: 1, name: 'fast' }).name).toBe('fast');
});
