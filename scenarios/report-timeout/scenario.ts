import {
  buffersPerCall,
  changesShownWithin,
  defineScenario,
  errorRateUnder,
  p95Under,
  peopleWhoMay,
  recordChanges,
  sameResponses,
  trafficPeak,
  usualBuffersPerRequest,
  writeBuffersPerRow,
} from '../../harness/authoring.ts';

const year = 'usage of the year';
const week = 'usage of a week';
const record = 'record usage';
const browse = 'browse catalogue';

/** Some of the people of these accounts who may do this. */
const allowed = (permission: string, accounts: string) => `
  SELECT account_id, id, token FROM (${peopleWhoMay(permission)}) p WHERE account_id ${accounts} ORDER BY id LIMIT 60`;

const bearer = (pool: string) => ({ authorization: `Bearer {${pool}.token}` });

export default defineScenario({
  title: 'The report that no longer comes',
  summary:
    'On the first of the month the biggest customers wait for their usage report, and everybody waits with them.',
  failure: 'A customer-facing report that scans the fact table: needs materialisation without losing freshness',
  level: 'senior',
  minutes: 90,
  skills: ['materialisation', 'reading query plans', 'exactness and freshness', 'bringing data in on a live system'],
  size: 'default',
  harmlessAt: 'small',
  growsWith: ['work-per-report', 'report-p95'],
  network: { postgresMs: 1 },
  variants: { default: {} },
  plan: () => ({
    workload: {
      // First of the month brings six times as much, which is more than the app as handed out can serve at this size.
      rate: { timesFlawedCapacity: 0.3, atLeast: 5, atMost: 20 },
      pools: {
        largest: { draw: 'uniform', sql: allowed('usage.read', '= 2') },
        others: { draw: 'uniform', sql: allowed('usage.read', 'BETWEEN 3 AND 100') },
        machines: { draw: 'uniform', sql: allowed('usage.write', 'BETWEEN 2 AND 100') },
      },
      requests: [
        {
          name: year,
          method: 'GET',
          path: '/v1/accounts/2/usage?from=2025-09-20T09:30:00Z&to=2026-09-20T17:45:00Z',
          headers: bearer('largest'),
          weight: 4,
        },
        {
          name: week,
          method: 'GET',
          path: '/v1/accounts/{others.account_id}/usage?from=2026-08-03T22:10:00Z&to=2026-08-10T06:20:00Z',
          headers: bearer('others'),
          weight: 2,
        },
        {
          name: record,
          method: 'POST',
          path: '/v1/accounts/{machines.account_id}/usage',
          headers: bearer('machines'),
          body: { metric: 'api_calls', quantity: 3 },
          expect: [201],
          weight: 4,
        },
        {
          name: browse,
          method: 'GET',
          path: '/v1/products?limit=20',
          headers: bearer('others'),
          weight: 2,
        },
      ],
    },
    seconds: { steady: 2.5, incident: 7.5 },
    timeline: [
      { at: 0.5, fault: trafficPeak({ times: 6 }) },
      {
        at: 1.5,
        fault: recordChanges({
          sql: allowed('usage.write', 'BETWEEN 101 AND 190'),
          count: 2,
          change: {
            method: 'POST',
            path: '/v1/accounts/{row.account_id}/usage',
            headers: { authorization: 'Bearer {row.token}' },
            body: { metric: '{uuid}', quantity: 1 },
          },
          view: {
            method: 'GET',
            path: '/v1/accounts/{row.account_id}/usage',
            headers: { authorization: 'Bearer {row.token}' },
          },
          stored: 'SELECT FROM usage_events WHERE metric = $1',
          giveUpMs: 5_200,
        }),
      },
    ],
    steadyState: [
      errorRateUnder({ share: 0.01, during: 'steady', name: 'usual-errors' }),
      p95Under({ ms: 2_000, during: 'steady', name: 'usual-p95' }),
    ],
    objectives: [
      p95Under({ request: year, ms: 500, name: 'report-p95' }),
      p95Under({ request: record, ms: 500, name: 'recording-p95' }),
      errorRateUnder({ share: 0.005 }),
      usualBuffersPerRequest({ atMost: 250, name: 'work-per-request' }),
      {
        ...buffersPerCall({ request: year, atMost: 600, name: 'work-per-report' }),
        claim: 'what a year’s report asks of the database stays bounded',
      },
      {
        ...writeBuffersPerRow({ table: 'usage_events', atMost: 60, name: 'work-per-record' }),
        claim: 'recording stays nearly as cheap as it is',
      },
      changesShownWithin({ ms: 5_000, name: 'recorded-shows' }),
      sameResponses(),
    ],
  }),
});
