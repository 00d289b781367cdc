import { RowBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboard } from './frame.ts';
import { chart } from './panels.ts';

const top = 10;
const busiest = (figure: string) =>
  `topk(${top}, sum by (query) (rate(gameday_postgres_statement_${figure}_total[$__rate_interval])) > 0)`;

/** What the app asks of its database, what that costs, and what its sessions wait for. */
export const postgresql = dashboard(
  'gameday-postgresql',
  'PostgreSQL',
  'Statements per request, buffers, waits, locks and the connection pool',
)
  .withRow(new RowBuilder('Work'))
  .withPanel(
    chart({
      title: 'Statements per request',
      description: 'Statements of all the app, jobs included, per request of its callers.',
      unit: 'short',
      queries: [
        {
          expr: 'sum(rate(gameday_postgres_statement_calls_total[$__rate_interval])) / sum(rate(gameday_requests_total[$__rate_interval]))',
          legend: 'statements per request',
        },
      ],
    }),
  )
  .withPanel(
    chart({
      title: 'Buffers per statement',
      description: 'Pages of 8 KiB looked at, in memory or not, per statement.',
      unit: 'short',
      queries: [
        {
          expr: 'sum(rate(gameday_postgres_statement_buffers_total[$__rate_interval])) / sum(rate(gameday_postgres_statement_calls_total[$__rate_interval]))',
          legend: 'buffers per statement',
        },
      ],
    }),
  )
  .withPanel(
    chart({
      title: 'Statements that run longest',
      description: `Seconds of execution per second: the ${top} statements with the most.`,
      unit: 'short',
      queries: [{ expr: busiest('seconds'), legend: '{{query}}' }],
    }),
  )
  .withPanel(
    chart({
      title: 'Statements that are called most',
      description: `Calls per second: the ${top} statements with the most.`,
      unit: 'ops',
      queries: [{ expr: busiest('calls'), legend: '{{query}}' }],
    }),
  )
  .withPanel(
    chart({
      title: 'Statements that look at most',
      description: `Pages of 8 KiB per second: the ${top} statements with the most.`,
      unit: 'short',
      queries: [{ expr: busiest('buffers'), legend: '{{query}}' }],
    }),
  )
  .withPanel(
    chart({
      title: 'Rows read by sequential scans',
      description: 'Rows per second by table. A small table is scanned for good reasons.',
      unit: 'short',
      queries: [
        {
          expr: 'sum by (table) (rate(gameday_postgres_sequential_rows_total[$__rate_interval])) > 0',
          legend: '{{table}}',
        },
      ],
    }),
  )
  .withRow(new RowBuilder('Sessions'))
  .withPanel(
    chart({
      title: 'What sessions at work wait for',
      description: 'Active sessions of the app by wait event, mean of a second; "cpu" waits for nothing.',
      unit: 'short',
      stacked: true,
      queries: [{ expr: 'gameday_postgres_active_backends', legend: '{{wait}}' }],
    }),
  )
  .withPanel(
    chart({
      title: 'Sessions by state',
      description:
        'The most of them in a second. One that is idle in a transaction keeps its locks and its connection.',
      unit: 'short',
      queries: [{ expr: 'gameday_postgres_sessions{state!="waiting for a lock"}', legend: '{{state}}' }],
    }),
  )
  .withPanel(
    chart({
      title: 'Waiting for a lock',
      description: 'Sessions of the app that wait for a lock of another transaction.',
      unit: 'short',
      queries: [{ expr: 'gameday_postgres_sessions{state="waiting for a lock"}', legend: 'waiting for a lock' }],
    }),
  )
  .withRow(new RowBuilder('Connection pool'))
  .withPanel(
    chart({
      title: 'Pool',
      description: 'Connections of each process by state; "waiting" are requests without one.',
      unit: 'short',
      queries: [{ expr: 'sum by (instance, state) (pg_pool_connections)', legend: '{{instance}} {{state}}' }],
    }),
  )
  .withPanel(
    chart({
      title: 'Wait for a connection, p95',
      description: 'Time to obtain a connection from the pool.',
      unit: 's',
      queries: [
        {
          expr: 'histogram_quantile(0.95, sum by (instance, le) (rate(pg_pool_wait_seconds_bucket[$__rate_interval])))',
          legend: '{{instance}}',
        },
      ],
    }),
  );
