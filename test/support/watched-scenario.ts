import {
  defineScenario,
  duplicateDeliveries,
  errorRateUnder,
  lockHeld,
  networkLatency,
  p95Under,
  thirdPartyDown,
} from '../../harness/authoring.ts';
import type { Scenario } from '../../harness/domain/scenario.ts';

const token = "'st_' || md5('tradepost-session-' || u.id)";
const bearer = { authorization: 'Bearer {people.token}' };
const partyDown = (party: 'payments' | 'mail') => ({ at: 2, lasting: 4, fault: thirdPartyDown({ party }) });

/** A few seconds in which everything happens that a dashboard or an alert is for. */
export const watchedScenario: Scenario = {
  id: 'watched',
  folder: '',
  variants: ['default'],
  definition: defineScenario({
    title: 'Watched',
    summary: 'Everything at once.',
    failure: 'Everything at once',
    level: 'junior',
    minutes: 10,
    skills: [],
    size: 'small',
    variants: { default: {} },
    plan: () => ({
      workload: {
        rate: { perSecond: 12 },
        pools: {
          people: {
            draw: 'uniform',
            sql: `SELECT u.id, ${token} AS token FROM users u JOIN accounts a ON a.id = u.account_id
                  WHERE u.status = 'active' AND a.status = 'active' ORDER BY u.id LIMIT 200`,
          },
          pending: {
            draw: 'once',
            sql: `SELECT o.id, 'st_' || md5('tradepost-session-' || a.owner_id) AS token
                  FROM orders o JOIN accounts a ON a.id = o.account_id
                  WHERE o.status = 'pending' AND a.status = 'active' ORDER BY o.id`,
          },
        },
        requests: [
          { name: 'own profile', method: 'GET', path: '/v1/me', headers: bearer, weight: 1 },
          { name: 'browse catalogue', method: 'GET', path: '/v1/products?limit=20', headers: bearer, weight: 1 },
          {
            name: 'pay',
            method: 'POST',
            path: '/v1/orders/{pending.id}/payments',
            headers: { authorization: 'Bearer {pending.token}' },
            expect: [202],
            weight: 1,
          },
        ],
      },
      seconds: { steady: 8, incident: 8 },
      timeline: [
        { at: 0, fault: duplicateDeliveries({ copies: 3, spreadMs: 200 }) },
        { at: 1, lasting: 3, fault: lockHeld({ rows: 'SELECT id FROM accounts FOR UPDATE' }) },
        partyDown('mail'),
        partyDown('payments'),
        { at: 3, lasting: 4, fault: networkLatency({ link: 'postgres', ms: 300 }) },
      ],
      steadyState: [],
      objectives: [
        errorRateUnder({ share: 0.01 }),
        p95Under({ ms: 500 }),
        errorRateUnder({ request: 'browse catalogue', share: 0.9 }),
      ],
    }),
  }),
};
