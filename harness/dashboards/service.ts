import { RowBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { burnRates } from './burn-rates.ts';
import { dashboard } from './frame.ts';
import { chart, note } from './panels.ts';
import { compressionText, slos } from './slo.ts';
import { tracesLink } from './traces-link.ts';

const requests = 'http_request_duration_seconds';

/** Rate, errors and duration per route, beside what callers see and what that does to the service levels. */
export const service = dashboard(
  'gameday-service',
  'Service',
  'Rate, errors and duration per route, and service levels',
)
  .link(tracesLink('tradepost-api'))
  .withRow(new RowBuilder('Service levels'))
  .withPanel(note('Objectives', `${slos.map(({ claim }) => `- ${claim}`).join('\n')}\n\n${compressionText}`))
  .withPanel(burnRates({ width: 24 }))
  .withRow(new RowBuilder('By route, as the app measures'))
  .withPanel(
    chart({
      title: 'Rate',
      description: 'Answers per second.',
      unit: 'reqps',
      queries: [
        { expr: `sum by (method, route) (rate(${requests}_count[$__rate_interval]))`, legend: '{{method}} {{route}}' },
      ],
    }),
  )
  .withPanel(
    chart({
      title: 'Errors',
      description: 'Answers with a status of 500 or above, per second.',
      unit: 'reqps',
      queries: [
        {
          expr: `sum by (method, route, status) (rate(${requests}_count{status=~"5.."}[$__rate_interval]))`,
          legend: '{{status}} {{method}} {{route}}',
        },
      ],
    }),
  )
  .withPanel(
    chart({
      title: 'Duration, p95',
      description:
        'Time to answer, from when the app began to work on a request. Queueing before that is seen by callers only.',
      unit: 's',
      queries: [
        {
          expr: `histogram_quantile(0.95, sum by (method, route, le) (rate(${requests}_bucket[$__rate_interval])))`,
          legend: '{{method}} {{route}}',
        },
      ],
    }),
  )
  .withPanel(
    chart({
      title: 'Duration, p50',
      description: 'Half of the requests are faster.',
      unit: 's',
      queries: [
        {
          expr: `histogram_quantile(0.5, sum by (method, route, le) (rate(${requests}_bucket[$__rate_interval])))`,
          legend: '{{method}} {{route}}',
        },
      ],
    }),
  )
  .withRow(new RowBuilder('As callers see it'))
  .withPanel(
    chart({
      title: 'Arrivals',
      description:
        'Requests due per second. They keep coming however slow the answers are; dropped ones were never sent.',
      unit: 'reqps',
      queries: [
        { expr: 'sum(rate(gameday_arrivals_total[$__rate_interval]))', legend: 'due' },
        { expr: 'sum(rate(gameday_arrivals_dropped_total[$__rate_interval]))', legend: 'dropped' },
      ],
    }),
  )
  .withPanel(
    chart({
      title: 'Unexpected results',
      description: 'Unexpected statuses and requests without an answer, per second.',
      unit: 'reqps',
      queries: [
        {
          expr: 'sum by (request, result) (rate(gameday_requests_total{result!="ok"}[$__rate_interval]))',
          legend: '{{request}}: {{result}}',
        },
      ],
    }),
  )
  .withPanel(
    chart({
      title: 'Latency, p95',
      description: 'From when a request was due to its answer.',
      unit: 's',
      queries: [
        {
          expr: 'histogram_quantile(0.95, sum by (request, le) (rate(gameday_request_duration_seconds_bucket[$__rate_interval])))',
          legend: '{{request}}',
        },
      ],
    }),
  )
  .withPanel(
    chart({
      title: 'In flight',
      description: 'Requests without an answer yet.',
      unit: 'short',
      queries: [{ expr: 'gameday_requests_in_flight', legend: 'in flight' }],
    }),
  )
  .withRow(new RowBuilder('Processes'))
  .withPanel(
    chart({
      title: 'CPU',
      description: 'Seconds of processor time per second.',
      unit: 'short',
      width: 8,
      queries: [
        {
          expr: 'rate(process_cpu_seconds_total{job="tradepost"}[$__rate_interval])',
          legend: '{{instance}}',
        },
      ],
    }),
  )
  .withPanel(
    chart({
      title: 'Event loop lag, p99',
      description:
        'How late timers fire: what one long computation adds to every request of that process. Looked at every 100 ms, which is what an idle loop shows.',
      unit: 's',
      width: 8,
      queries: [{ expr: 'nodejs_eventloop_lag_p99_seconds{job="tradepost"}', legend: '{{instance}}' }],
    }),
  )
  .withPanel(
    chart({
      title: 'Memory',
      description: 'Resident memory.',
      unit: 'bytes',
      width: 8,
      queries: [{ expr: 'process_resident_memory_bytes{job="tradepost"}', legend: '{{instance}}' }],
    }),
  );
