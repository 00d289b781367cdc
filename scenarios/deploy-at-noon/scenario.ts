import {
  defineScenario,
  errorRateUnder,
  heldUp,
  invariant,
  lockHeld,
  p95Under,
  rolledOut,
  sameResponses,
} from '../../harness/authoring.ts';

const record = 'record usage';
const click = 'record a click';
const week = 'usage of a week';
const me = 'who am I';

const clicks = 'portal_clicks';

/** People of ordinary customers who may do something, with nothing withheld by a group. */
const allowed = (permission: string) => `
  SELECT DISTINCT u.account_id, u.id, 'st_' || md5('tradepost-session-' || u.id) AS token
  FROM users u
  JOIN accounts a ON a.id = u.account_id AND a.status = 'active'
  JOIN user_roles ur ON ur.user_id = u.id
  JOIN role_permissions rp ON rp.role_id = ur.role_id AND rp.permission = '${permission}'
  WHERE u.status = 'active' AND u.account_id BETWEEN 20 AND 400 AND NOT EXISTS (
    SELECT FROM group_members gm JOIN group_permissions gp ON gp.group_id = gm.group_id
    WHERE gm.user_id = u.id AND gp.permission = '${permission}' AND NOT gp.allowed)
  ORDER BY u.id LIMIT 200`;

const bearer = (pool: string) => ({ authorization: `Bearer {${pool}.token}` });

/** A question about columns and tables that may not be there yet: what is missing is the answer then. */
const askedOf = (name: string, body: string) => `
  CREATE FUNCTION stewardship.${name}() RETURNS SETOF text LANGUAGE plpgsql STABLE AS $$
  BEGIN
    RETURN QUERY ${body};
  EXCEPTION WHEN undefined_column OR undefined_table OR invalid_schema_name THEN
    RETURN NEXT SQLERRM;
  END $$`;

/** What of the wanted schema is missing. */
const missing = `
  WITH wanted AS (
    SELECT attrelid, attnum, attnotnull FROM pg_attribute
    WHERE attrelid = 'usage_events'::regclass AND attname = 'source_id' AND NOT attisdropped
  )
  SELECT 'usage_events.source_id' WHERE NOT EXISTS (SELECT FROM wanted)
  UNION ALL
  SELECT 'a value in every row, guaranteed' FROM wanted w
  WHERE NOT EXISTS (
      SELECT FROM pg_constraint c WHERE c.conrelid = w.attrelid AND c.contype = 'c' AND c.convalidated
        AND pg_get_constraintdef(c.oid) ILIKE '%(source_id IS NOT NULL)%')
    AND NOT (w.attnotnull AND NOT EXISTS (
      SELECT FROM pg_constraint c WHERE c.conrelid = w.attrelid AND c.contype = 'n' AND c.conkey = ARRAY[w.attnum] AND NOT c.convalidated))
  UNION ALL
  SELECT 'a reference to usage_sources that holds for every row' FROM wanted w
  WHERE NOT EXISTS (
    SELECT FROM pg_constraint c
    WHERE c.conrelid = w.attrelid AND c.confrelid = 'usage_sources'::regclass AND c.contype = 'f' AND c.convalidated
      AND c.conkey = ARRAY[w.attnum])
  UNION ALL
  SELECT 'an index that serves source_id and occurred_at' FROM wanted w
  WHERE NOT EXISTS (
    SELECT FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[1]
    WHERE i.indrelid = w.attrelid AND i.indkey[0] = w.attnum AND a.attname = 'occurred_at' AND i.indpred IS NULL
      AND i.indisvalid AND i.indisready)
  UNION ALL
  SELECT 'no index that was begun and not finished: ' || i.indexrelid::regclass FROM pg_index i
  WHERE i.indrelid = 'usage_events'::regclass AND NOT i.indisvalid`;

/** Events whose source is another than they have by all that is known of them. */
const wrong = `
  SELECT format('%s event %s has the source %s', e.metric, e.id, coalesce(s.key, 'none'))
  FROM usage_events e LEFT JOIN usage_sources s ON s.id = e.source_id
  WHERE s.key IS DISTINCT FROM 'api' AND NOT (s.key = 'portal' AND e.metric = '${clicks}')
  UNION ALL
  SELECT 'none of the events of the portal has it as its source'
  WHERE NOT EXISTS (
    SELECT FROM usage_events e JOIN usage_sources s ON s.id = e.source_id WHERE e.metric = '${clicks}' AND s.key = 'portal')`;

interface Noon {
  /** What another department has under way on the table, in a transaction of some seconds. */
  readonly mode: 'ROW EXCLUSIVE' | 'ACCESS SHARE';
}

export default defineScenario({
  title: 'The deploy that can not wait',
  summary: 'A finished change has to go live at noon; the last one like it took usage recording down for everybody.',
  failure: 'A migration that takes a lock everyone queues behind',
  level: 'senior',
  minutes: 75,
  skills: ['table locks and their queue', 'migrations on a live system', 'expand and contract', 'lock timeouts'],
  size: 'default',
  variants: { import: { mode: 'ROW EXCLUSIVE' }, statement: { mode: 'ACCESS SHARE' } } satisfies Record<string, Noon>,
  plan: ({ mode }) => ({
    workload: {
      rate: { perSecond: 60 },
      pools: {
        machines: { draw: 'uniform', sql: allowed('usage.write') },
        people: { draw: 'uniform', sql: allowed('usage.read') },
      },
      requests: [
        {
          name: record,
          method: 'POST',
          path: '/v1/accounts/{machines.account_id}/usage',
          headers: bearer('machines'),
          body: { metric: 'api_calls', quantity: 1 },
          weight: 28,
        },
        {
          name: click,
          method: 'POST',
          path: '/v1/accounts/{machines.account_id}/usage',
          headers: bearer('machines'),
          body: { metric: clicks, quantity: 1, source: 'portal' },
          weight: 10,
        },
        {
          name: week,
          method: 'GET',
          path: '/v1/accounts/{people.account_id}/usage?from=2026-06-01&to=2026-06-08',
          headers: bearer('people'),
          weight: 12,
        },
        { name: me, method: 'GET', path: '/v1/me', headers: bearer('people'), weight: 10 },
      ],
    },
    setUp: ['CREATE SCHEMA stewardship', askedOf('missing', missing), askedOf('wrong_sources', wrong)],
    seconds: { steady: 1.5, incident: 5 },
    timeline: [{ at: 0.3, lasting: 2.5, fault: lockHeld({ table: 'usage_events', mode }) }],
    rollOut: { at: 0.8 },
    invariants: [
      {
        name: 'schema-wanted',
        claim: 'usage_events has its source: a value in every row, a reference that holds, a finished index.',
        sql: 'SELECT missing FROM stewardship.missing() missing',
      },
      {
        name: 'sources-right',
        claim: 'Every event has the source it came from.',
        sql: 'SELECT wrong FROM stewardship.wrong_sources() wrong',
      },
    ],
    steadyState: [
      errorRateUnder({ share: 0.01, during: 'steady', name: 'usual-errors' }),
      p95Under({ ms: 300, during: 'steady', name: 'usual-p95' }),
    ],
    objectives: [
      rolledOut(),
      invariant({
        name: 'schema-wanted',
        claim: 'the schema is the wanted one: column, reference and index, all of them finished',
      }),
      invariant({ name: 'sources-right', claim: 'every event has its source, those recorded meanwhile, too' }),
      heldUp({ overMs: 1_000 }),
      errorRateUnder({ share: 0.01, name: 'errors' }),
      errorRateUnder({ request: record, share: 0.01, name: 'recording-errors' }),
      p95Under({ request: record, ms: 750, name: 'recording-p95' }),
      p95Under({ request: week, ms: 750, name: 'reading-p95' }),
      sameResponses(),
    ],
  }),
});
