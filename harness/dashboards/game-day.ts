import { RowBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { burnRates } from './burn-rates.ts';
import { annotation, dashboard } from './frame.ts';
import { chart, note, states } from './panels.ts';
import { compressionText } from './slo.ts';

/** The game day itself: objectives, service levels and alerts, with deploys and (for a facilitator) faults marked. */
export const gameDay = dashboard(
  'gameday-game-day',
  'Game day',
  'Objectives, service levels and alerts over the timeline',
)
  .annotation(annotation('Faults', 'gameday_fault_active == 1', 'red').titleFormat('{{fault}}'))
  .withRow(new RowBuilder('Timeline'))
  .withPanel(
    note(
      'How to read this',
      `${compressionText}\n\nBlue marks are deploys. Faults are marked in red when the game day was started with \`gameday play --facilitator\`; whoever is on call has to find them.`,
    ),
  )
  .withPanel(
    states({
      title: 'Stage',
      description: 'Steady state, incident, hold.',
      words: [
        ['', 'transparent'],
        ['now', 'blue'],
      ],
      queries: [{ expr: 'gameday_stage', legend: '{{stage}}' }],
    }),
  )
  .withPanel(
    states({
      title: 'Objectives',
      description: 'Whether each objective was met when it was last judged.',
      words: [
        ['missed', 'red'],
        ['met', 'green'],
      ],
      queries: [{ expr: 'gameday_objective_ok', legend: '{{check}}' }],
    }),
  )
  .withPanel(
    states({
      title: 'Alerts',
      description: 'Alerts that fire.',
      words: [
        ['', 'transparent'],
        ['fires', 'red'],
      ],
      queries: [{ expr: 'sum by (alertname) (ALERTS{alertstate="firing"})', legend: '{{alertname}}' }],
    }),
  )
  .withPanel(
    states({
      title: 'Faults',
      description: 'Faults in force. Empty unless started with `gameday play --facilitator`.',
      words: [
        ['taken back', 'green'],
        ['in force', 'orange'],
      ],
      queries: [{ expr: 'gameday_fault_active', legend: '{{fault}}' }],
    }),
  )
  .withRow(new RowBuilder('Service levels'))
  .withPanel(burnRates({ width: 24 }))
  .withPanel(
    chart({
      title: 'Requests by result',
      description: 'Requests that ended, per second.',
      unit: 'reqps',
      stacked: true,
      queries: [{ expr: 'sum by (result) (rate(gameday_requests_total[$__rate_interval]))', legend: '{{result}}' }],
    }),
  )
  .withPanel(
    chart({
      title: 'Deploys',
      description: 'How many so far, refused ones included.',
      unit: 'short',
      queries: [{ expr: 'count(gameday_deploy_timestamp_seconds)', legend: 'deploys' }],
    }),
  )
  .withPanel(
    chart({
      title: 'Lateness of the load engine, p99',
      description: 'How late the load engine itself was. Latencies of the same size say nothing about the app.',
      unit: 's',
      queries: [{ expr: 'gameday_send_lateness_p99_seconds', legend: 'load engine' }],
    }),
  )
  .withPanel(
    chart({
      title: 'Processes of the app',
      description: 'Processes that answered the last scrape.',
      unit: 'short',
      queries: [{ expr: 'sum by (instance) (up{job="tradepost"})', legend: '{{instance}}' }],
    }),
  );
