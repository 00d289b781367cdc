import {
  cacheHitRateOver,
  cacheTimeLapse,
  changesShownWithin,
  defineScenario,
  errorRateUnder,
  originLoadsPerKey,
  p95Under,
  profileEdits,
  redisFlush,
  sameResponses,
  sessionToken,
} from '../../harness/authoring.ts';

const me = 'who am I';
const colleague = 'see a colleague';
const others = 'who am I (others)';
const depots = 18;
const people = 2_400;

/** The depots of the largest account: few users who send most of the traffic, some of them far more than others. */
const stations = `
  SELECT id, ${sessionToken('id')} AS token, lead(id, 5, 21) OVER (ORDER BY id) AS colleague
  FROM (SELECT id FROM users WHERE account_id = 2 AND status = 'active' ORDER BY id LIMIT ${depots}) s ORDER BY id`;

/** People of all companies, each of whom comes by once in a while. */
const everybody = `
  SELECT u.id, ${sessionToken('u.id')} AS token
  FROM users u JOIN accounts a ON a.id = u.account_id
  WHERE u.status = 'active' AND a.status = 'active' AND u.id NOT IN (SELECT id FROM (${stations}) s)
  ORDER BY u.id LIMIT ${people}`;

export default defineScenario({
  title: 'Ten past nine',
  summary: 'Some minutes after every deployment the whole product hangs for a while, then recovers by itself.',
  failure: 'A profile cache whose keys expire all at once after a deployment: the stampede takes the database',
  level: 'senior',
  minutes: 45,
  skills: ['caching', 'request coalescing', 'queueing and saturation', 'reading metrics'],
  size: 'small',
  network: { postgresMs: 52 },
  variants: { default: {} },
  plan: () => ({
    workload: {
      rate: { perSecond: 221 },
      pools: { stations: { draw: 'zipf', sql: stations }, people: { draw: 'uniform', sql: everybody } },
      requests: [
        {
          name: me,
          method: 'GET',
          path: '/v1/me',
          headers: { authorization: 'Bearer {stations.token}' },
          weight: 176,
        },
        {
          name: colleague,
          method: 'GET',
          path: '/v1/profiles/{stations.colleague}',
          headers: { authorization: 'Bearer {stations.token}' },
          weight: 44,
        },
        { name: others, method: 'GET', path: '/v1/me', headers: { authorization: 'Bearer {people.token}' }, weight: 1 },
      ],
    },
    warmUp: [
      { request: me, times: depots },
      { request: others, times: people },
    ],
    seconds: { steady: 1.5, incident: 8.5 },
    timeline: [
      {
        at: 0,
        fault: profileEdits({
          sql: `SELECT id AS user_id, token FROM (${stations}) s ORDER BY id DESC LIMIT 2`,
          giveUpMs: 4_000,
        }),
      },
      { at: 0.5, fault: cacheTimeLapse({ minutes: 12 }) },
      { at: 4.5, fault: redisFlush() },
    ],
    steadyState: [
      errorRateUnder({ share: 0.01, during: 'steady' }),
      cacheHitRateOver({ table: 'user_preferences', share: 0.95, during: 'steady' }),
      p95Under({ ms: 400, during: 'steady' }),
    ],
    objectives: [
      originLoadsPerKey({ table: 'user_preferences', pools: ['stations', 'people'], atMost: 4 }),
      p95Under({ ms: 2_000 }),
      errorRateUnder({ share: 0.01 }),
      changesShownWithin({ fault: 'profile-edits', ms: 3_500, name: 'corrections-show' }),
      cacheHitRateOver({ table: 'user_preferences', share: 0.8 }),
      sameResponses(),
    ],
  }),
});
