import { expect, test } from 'vitest';
import { errorRateUnder } from '../../../harness/checks/error-rate-under.ts';
import { figures, incidentWith, load } from './evidence.ts';

const judge = (given: Parameters<typeof load>[0], request?: string) =>
  errorRateUnder({ share: 0.05, ...(request && { request }) }).judge(incidentWith({ load: load(given) }));

test('errors up to the share pass, more fail and are named', () => {
  expect(judge({ all: figures({ ok: 95, errors: { 500: 5 } }) })).toMatchObject({
    outcome: 'pass',
    figures: [{ value: 5, bound: 5, unit: '%' }],
  });
  expect(judge({ all: figures({ ok: 94, errors: { 500: 4, timeout: 2 } }) })).toMatchObject({
    outcome: 'fail',
    summary: expect.stringContaining('500: 4, timeout: 2'),
  });
});

test('dropped arrivals were never served, exhausted ones never wanted', () => {
  expect(judge({ dropped: 6 })).toMatchObject({ outcome: 'fail', summary: expect.stringContaining('dropped: 6') });
  expect(judge({ exhausted: 500 }).outcome).toBe('pass');
});

test('of a single request only its own errors count', () => {
  const requests = { good: figures(), bad: figures({ ok: 0, errors: { 503: 100 } }) };
  expect(judge({ requests, dropped: 50 }, 'good').outcome).toBe('pass');
  expect(judge({ requests, dropped: 50 }, 'bad').outcome).toBe('fail');
});

test('too few requests are inconclusive', () => {
  expect(judge({ all: figures({ ok: 0, errors: { 500: 19 } }) }).outcome).toBe('inconclusive');
});
