import {
  defineScenario,
  errorRateUnder,
  idleTransaction,
  p95Under,
  poolWaitUnder,
  repeatedRequests,
  sameResponses,
  sessionToken,
  thirdPartySlow,
} from '../../harness/authoring.ts';

const checkout = 'check out';
const browse = 'browse catalogue';
const me = 'who am I';

const token = `${sessionToken('a.owner_id')} AS token`;

/** How long the payment provider takes on a bad day, milliseconds. */
const slowMs = 2_000;

interface BadDay {
  /** The provider answers late. */
  readonly slow: boolean;
  /** A client of one customer keeps checking out what was paid for long ago. */
  readonly insistent: boolean;
}

export default defineScenario({
  title: 'Everything waits for checkout',
  summary: 'On the payment provider’s bad days the whole product stands still, catalogue and sign-in included.',
  failure: 'Pool exhaustion: a connection held across a slow external call, and one leaked on an error path',
  level: 'mid',
  minutes: 60,
  skills: ['connection pools', 'transactions', 'error paths', 'isolation from slow partners'],
  size: 'small',
  variants: {
    default: { slow: true, insistent: true },
    provider: { slow: true, insistent: false },
    customer: { slow: false, insistent: true },
  } satisfies Record<string, BadDay>,
  plan: ({ slow, insistent }) => ({
    workload: {
      rate: { perSecond: 40 },
      pools: {
        pending: {
          draw: 'once',
          sql: `SELECT o.id, ${token} FROM orders o JOIN accounts a ON a.id = o.account_id
                WHERE o.status = 'pending' AND a.status = 'active' ORDER BY o.id`,
        },
        people: {
          draw: 'uniform',
          sql: `SELECT ${token} FROM accounts a WHERE a.status = 'active' AND a.id > 1 ORDER BY a.id LIMIT 200`,
        },
      },
      requests: [
        {
          name: checkout,
          method: 'POST',
          path: '/v1/orders/{pending.id}/checkout',
          headers: { authorization: 'Bearer {pending.token}' },
          expect: [202],
          weight: 3,
        },
        {
          name: browse,
          method: 'GET',
          path: '/v1/products?limit=20',
          headers: { authorization: 'Bearer {people.token}' },
          weight: 5,
        },
        { name: me, method: 'GET', path: '/v1/me', headers: { authorization: 'Bearer {people.token}' }, weight: 2 },
      ],
    },
    seconds: { steady: 1.5, incident: 8 },
    noise: [idleTransaction({ job: 'bi-notebook' })],
    timeline: [
      ...(slow ? [{ at: 0, fault: thirdPartySlow({ party: 'payments', latencyMs: slowMs }) }] : []),
      ...(insistent
        ? [
            {
              at: 0.2,
              fault: repeatedRequests({
                everyMs: 25,
                sql: `SELECT o.id, ${token} FROM orders o JOIN accounts a ON a.id = o.account_id
                      WHERE o.status = 'fulfilled' AND o.account_id = 2 ORDER BY o.id DESC LIMIT 300`,
                request: {
                  method: 'POST',
                  path: '/v1/orders/{row.id}/checkout',
                  headers: { authorization: 'Bearer {row.token}' },
                },
              }),
            },
          ]
        : []),
    ],
    steadyState: [
      errorRateUnder({ share: 0.01, during: 'steady', name: 'usual-errors' }),
      poolWaitUnder({ ms: 100, during: 'steady', name: 'usual-pool-wait' }),
    ],
    objectives: [
      poolWaitUnder({ ms: 100 }),
      p95Under({ request: browse, ms: 500, name: 'catalogue-p95' }),
      p95Under({ request: me, ms: 500, name: 'sign-in-p95' }),
      errorRateUnder({ share: 0.01, request: browse, name: 'catalogue-errors' }),
      errorRateUnder({ share: 0.02, request: checkout, name: 'checkout-errors' }),
      p95Under({ request: checkout, ms: slow ? 2 * slowMs : 1_000, name: 'checkout-p95' }),
      sameResponses(),
    ],
  }),
});
