import type { PlanSeen } from '../../harness/domain/evidence.ts';
import type { Span, Trace } from '../../harness/domain/trace.ts';
import { span } from './spans.ts';

const start = Date.parse('2026-11-23T10:17:12.345Z');
const sql = (id: string, at: number, durationMs: number, text: string, told: Partial<Span> = {}) =>
  span({
    id,
    parent: 'handler',
    kind: 'client',
    name: `pg.query:${text.split(' ')[0]}`,
    startMs: start + at,
    durationMs,
    attributes: { 'db.system.name': 'postgresql', 'db.query.text': text },
    ...told,
  });

/** A webhook that looks something up a hundred times and causes a job, whose second call fails. */
export const exampleTrace: Trace = {
  id: '4bf92f3577b34da6a3ce929d0e0e4736',
  dropped: 0,
  spans: [
    span({
      id: 'root',
      name: 'POST /webhooks/payments',
      kind: 'server',
      startMs: start,
      durationMs: 240,
      attributes: {
        'http.route': '/webhooks/payments',
        'http.response.status_code': 200,
        'url.path': '/webhooks/payments',
        'url.query': 'try=2',
      },
    }),
    span({ id: 'handler', parent: 'root', name: 'request handler', startMs: start + 1, durationMs: 238 }),
    sql('list', 2, 4.2, 'SELECT id, (SELECT max(x) FROM y) AS x,\n  name FROM orders WHERE account_id = $1'),
    ...Array.from({ length: 100 }, (_, n) =>
      sql(`user${n}`, 10 + n * 2, 0.84, 'SELECT id, name, email FROM users WHERE id = $1'),
    ),
    span({
      id: 'redis',
      parent: 'handler',
      kind: 'client',
      name: 'get',
      startMs: start + 6,
      durationMs: 0.31,
      attributes: { 'db.system.name': 'redis', 'db.query.text': 'get profile:7' },
    }),
    span({
      id: 'add',
      parent: 'handler',
      kind: 'producer',
      name: 'add orders.order-paid',
      startMs: start + 220,
      durationMs: 6,
    }),
    span({
      id: 'job',
      parent: 'add',
      kind: 'consumer',
      name: 'process orders',
      process: 'worker-1',
      startMs: start + 300,
      durationMs: 180,
    }),
    sql('insert', 310, 2, 'INSERT INTO shipments (order_id, partner_ref) VALUES ($1, $2)', {
      parent: 'job',
      process: 'worker-1',
      error: 'duplicate key value violates unique constraint "shipments_once"',
    }),
    span({
      id: 'mail',
      parent: 'job',
      kind: 'client',
      name: 'POST',
      process: 'worker-1',
      startMs: start + 330,
      durationMs: 140,
      attributes: { 'url.full': 'http://127.0.0.1:9002/v1/messages', 'http.response.status_code': 202 },
    }),
  ],
};

const plan = (query: string, durationMs: number, told: Partial<PlanSeen> = {}): PlanSeen => ({
  query,
  durationMs,
  plan: `Index Scan using pk on things  (cost=0.42..8.44 rows=1 width=46) (actual rows=1.00 loops=1)
  Index Cond: (id = $1)
  Buffers: shared hit=${durationMs}`,
  ...told,
});

/** Logged while `exampleTrace` was taken: one statement of it, one like it, and one of another request. */
export const examplePlans: readonly PlanSeen[] = [
  plan('SELECT id, name, email FROM users WHERE id = $1', 62, { traceId: exampleTrace.id }),
  plan('SELECT id, name, email FROM users WHERE id = $1', 71),
  plan('INSERT INTO shipments (order_id, partner_ref) VALUES ($1, $2)', 58),
  plan('SELECT 1 FROM orders', 90, { traceId: '0af7651916cd43dd8448eb211c80319c' }),
];
