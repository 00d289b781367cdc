import { RowBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboard } from './frame.ts';
import { chart } from './panels.ts';

/** Whether the cache spares the database, whether jobs are done in time, and what partners were asked for. */
export const cacheAndQueues = dashboard(
  'gameday-cache-and-queues',
  'Cache and queues',
  'Hit rate, origin loads, queue depth, age, outcomes, and what partners saw',
)
  .withRow(new RowBuilder('Cache'))
  .withPanel(
    chart({
      title: 'Hit rate',
      description: 'Share of lookups that the cache answered.',
      unit: 'percentunit',
      width: 8,
      queries: [
        {
          expr: 'sum by (cache) (rate(cache_requests_total{result="hit"}[$__rate_interval])) / sum by (cache) (rate(cache_requests_total[$__rate_interval]))',
          legend: '{{cache}}',
        },
      ],
    }),
  )
  .withPanel(
    chart({
      title: 'Lookups',
      description: 'Cache lookups per second by result.',
      unit: 'ops',
      width: 8,
      queries: [
        {
          expr: 'sum by (cache, result) (rate(cache_requests_total[$__rate_interval]))',
          legend: '{{cache}} {{result}}',
        },
      ],
    }),
  )
  .withPanel(
    chart({
      title: 'Origin loads',
      description:
        "Profiles put together from the database, per second: reads of people's preferences, which nothing else needs.",
      unit: 'ops',
      width: 8,
      queries: [
        {
          expr: 'sum(rate(gameday_postgres_statement_calls_total{query=~"(?i)select .*user_preferences.*"}[$__rate_interval]))',
          legend: 'profiles',
        },
      ],
    }),
  )
  .withRow(new RowBuilder('Queues'))
  .withPanel(
    chart({
      title: 'Depth',
      description: 'Jobs by state. Delayed ones wait for a retry.',
      unit: 'short',
      queries: [{ expr: 'sum by (queue, state) (queue_jobs)', legend: '{{queue}} {{state}}' }],
    }),
  )
  .withPanel(
    chart({
      title: 'Age of the oldest job',
      description: 'Time since the oldest job that waits, for its turn or for a retry, was added.',
      unit: 's',
      queries: [{ expr: 'max by (queue) (queue_oldest_job_age_seconds)', legend: '{{queue}}' }],
    }),
  )
  .withPanel(
    chart({
      title: 'Outcomes',
      description: 'Jobs per second by how they ended. A failed one is tried again.',
      unit: 'ops',
      queries: [
        {
          expr: 'sum by (queue, outcome) (rate(job_duration_seconds_count[$__rate_interval]))',
          legend: '{{queue}} {{outcome}}',
        },
      ],
    }),
  )
  .withPanel(
    chart({
      title: 'Duration, p95',
      description: 'Time to process a job.',
      unit: 's',
      queries: [
        {
          expr: 'histogram_quantile(0.95, sum by (queue, le) (rate(job_duration_seconds_bucket[$__rate_interval])))',
          legend: '{{queue}}',
        },
      ],
    }),
  )
  .withRow(new RowBuilder('Partners'))
  .withPanel(
    chart({
      title: 'Requests to partners',
      description: 'Requests per second that each partner received, whatever came of them.',
      unit: 'reqps',
      width: 8,
      queries: [
        { expr: 'sum by (party) (rate(gameday_third_party_requests_total[$__rate_interval]))', legend: '{{party}}' },
      ],
    }),
  )
  .withPanel(
    chart({
      title: 'What partners did',
      description: 'Entries in their own ledgers, per second.',
      unit: 'ops',
      width: 8,
      queries: [
        {
          expr: 'sum by (party, kind) (rate(gameday_third_party_entries_total[$__rate_interval]))',
          legend: '{{party}} {{kind}}',
        },
      ],
    }),
  )
  .withPanel(
    chart({
      title: 'Repeated',
      description: 'Entries in their ledgers beyond the first of their kind about the same order or payment.',
      unit: 'short',
      width: 8,
      queries: [
        {
          expr: 'sum by (party, kind) (gameday_third_party_entries_total - gameday_third_party_references)',
          legend: '{{party}} {{kind}}',
        },
      ],
    }),
  );
