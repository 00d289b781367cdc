import type { JournalEntry, JournalEvent, LiveSample } from '../../harness/domain/journal.ts';
import { sample } from './fake-game-day.ts';

/** Gives entries their numbers and times: seconds after 10:15:00 UTC on a fixed day. */
export function eventsAt(
  entries: readonly (readonly [seconds: number, entry: JournalEntry])[],
): readonly JournalEvent[] {
  const start = Date.parse('2026-11-23T10:15:00.000Z');
  return entries.map(([seconds, entry], index) => ({
    seq: index + 1,
    at: new Date(start + seconds * 1000).toISOString(),
    ...entry,
  }));
}

const quick: LiveSample = {
  ...sample,
  errorRate: 0,
  statementsPerRequest: 2,
  requests: {
    'list accounts': { rate: 30, p50: 2, p95: 7.1, p99: 9, errors: 0 },
    'read account': { rate: 9.8, p50: 2, p95: 6.9, p99: 8, errors: 0 },
  },
};

/** Somebody who tries everything, writes hostile notes, and gets there. */
export const story = eventsAt([
  [
    0,
    { type: 'run.started', scenario: 'slow-list', variant: 'accounts', size: 'default', seed: 1, version: 'v20.20.2' },
  ],
  [
    1,
    {
      type: 'service.started',
      service: 'postgres',
      provider: 'embedded',
      version: '18.4',
      declined: ['DATABASE_URL: not set'],
    },
  ],
  [1, { type: 'service.started', service: 'redis', provider: 'redis-server', version: '7.0.15', declined: [] }],
  [3, { type: 'app.started', process: 'api-1', pid: 4711 }],
  [4, { type: 'load.calibrated', ratePerSecond: 40, why: '1.2 times what the app serves on this machine' }],
  [5, { type: 'phase.started', phase: 'steady' }],
  [10, { type: 'phase.ended', phase: 'steady' }],
  [10, { type: 'phase.started', phase: 'incident' }],
  [10, { type: 'fault.injected', fault: 'traffic-peak', summary: 'traffic times 3', receipt: 'rate 40/s to 120/s' }],
  [11, { type: 'fault.witnessed', fault: 'traffic-peak', witness: 'the app answers 118 requests/s' }],
  [12, { type: 'live.sampled', sample }],
  [
    13,
    {
      type: 'live.sampled',
      sample: {
        ...sample,
        requests: { ...sample.requests, 'list accounts': { rate: 30, p50: 7, p95: 521, p99: 1300, errors: 2 } },
      },
    },
  ],
  [25, { type: 'objectives.changed', met: false, why: 'list accounts: p95 481 ms > 300 ms' }],
  [
    85,
    {
      type: 'sql.run',
      kind: 'sql',
      statement: 'SELECT query, calls\n  FROM pg_stat_statements -- ``` not the end',
      ok: true,
    },
  ],
  [97, { type: 'sql.run', kind: 'explain', statement: 'SELEC 1', ok: false }],
  [
    125,
    {
      type: 'note.added',
      text: '<script>alert(1)</script> | **one query per account** \u001b[31mred\u001b[0m\n# not a heading [click](http://evil.example)',
    },
  ],
  [130, { type: 'hint.taken', hint: 1, cost: 5 }],
  [200, { type: 'deploy.started', deploy: 1 }],
  [202, { type: 'deploy.failed', deploy: 1, stage: 'build', problem: 'src/accounts.ts(12): Expected ";"' }],
  [300, { type: 'deploy.started', deploy: 2 }],
  [304, { type: 'deploy.finished', deploy: 2, seconds: 3.9, migrations: ['0007_account_index.sql'] }],
  [306, { type: 'live.sampled', sample }],
  [312, { type: 'live.sampled', sample: quick }],
  [325, { type: 'objectives.changed', met: true, why: 'no objective is missed any more' }],
  [400, { type: 'submitted' }],
  [401, { type: 'phase.started', phase: 'hold' }],
  [402, { type: 'phase.started', phase: 'incident' }],
  [410, { type: 'objectives.changed', met: false, why: 'only in the hold: must not count' }],
  [
    420,
    {
      type: 'judged',
      arm: 'submission',
      outcome: 'pass',
      reasons: [],
      results: [
        {
          check: 'p95-under',
          claim: 'list accounts: p95 is under 300 ms',
          outcome: 'pass',
          summary: 'p95 7.1 ms, under 300 ms',
          figures: [{ label: 'p95', value: 7.1, bound: 300, unit: 'ms' }],
        },
        {
          check: 'statements-per-request',
          claim: 'at most 6 statements per request',
          outcome: 'pass',
          summary: '2 statements',
          figures: [
            { label: 'statements', value: 2, bound: 6, unit: '' },
            { label: 'requests', value: 1234, unit: '' },
          ],
        },
      ],
    },
  ],
  [421, { type: 'run.ended', why: 'submitted' }],
]);
