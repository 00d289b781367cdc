import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { usageError } from '../../harness/domain/errors.ts';
import type { GameDayState, Judgement } from '../../harness/domain/game-day.ts';
import type { LiveSample } from '../../harness/domain/journal.ts';
import type { RunningGameDay } from '../../harness/run/game-day.ts';
import { createJournal } from '../../harness/run/journal.ts';

/** A temporary directory for runs; remove it with `remove`. */
export function temporaryRuns() {
  const runs = mkdtempSync(join(tmpdir(), 'gameday-test-runs-'));
  return { runs, remove: () => rmSync(runs, { recursive: true, force: true }) };
}

export const sample: LiveSample = {
  phase: 'incident',
  ratePerSecond: 40,
  errorRate: 0.012,
  requests: {
    'list accounts': { rate: 30.4, p50: 6.1, p95: 481, p99: 1210, errors: 0 },
    'read account': { rate: 9.6, p50: 2.2, p95: 8.4, p99: 12.5, errors: 1 },
  },
  dropped: 0,
  statementsPerRequest: 41.3,
  pool: { total: 10, waiting: 3 },
  cacheHitRate: 0.934,
  queue: { waiting: 3, active: 1, failed: 0 },
};

export const passing: Judgement = {
  outcome: 'pass',
  reasons: [],
  results: [
    {
      check: 'p95-under',
      claim: 'p95 is under 300 ms',
      outcome: 'pass',
      summary: 'p95 7.1 ms',
      figures: [{ label: 'p95', value: 7.1, bound: 300, unit: 'ms' }],
    },
  ],
};

/** A game day without a sandbox: it does what it is told and remembers it, over a real journal in a real run directory. */
export function fakeGameDay(
  runs: string,
  options: { readonly run?: string; readonly minutes?: number; readonly judgement?: Judgement } = {},
) {
  const run = options.run ?? '20261123-101500-slow-list';
  const directory = join(runs, run);
  mkdirSync(directory);
  const journal = createJournal(join(directory, 'events.jsonl'));
  journal.write({
    type: 'run.started',
    scenario: 'slow-list',
    variant: 'accounts',
    size: 'small',
    seed: 1,
    version: 'v20',
  });
  const calls: string[] = [];
  const startedAt = new Date();
  let stage: GameDayState['stage'] = 'incident';
  let hintsTaken = 0;
  let resolveEnded: (why: string) => void = () => {};
  const ended = new Promise<string>((resolve) => {
    resolveEnded = resolve;
  });
  const gameDay: RunningGameDay = {
    journal,
    directory,
    ended,
    state: () => ({
      run,
      scenario: 'slow-list',
      title: 'The account list is slow',
      variant: 'accounts',
      size: 'small',
      stage,
      startedAt: startedAt.toISOString(),
      endsAt: new Date(startedAt.getTime() + (options.minutes ?? 45) * 60_000).toISOString(),
      workspace: join(directory, 'workspace'),
      entryUrl: 'http://127.0.0.1:4000',
      databaseUrl: 'postgres://reader@127.0.0.1:5000/app',
      redisUrl: 'redis://127.0.0.1:6000',
      hintsTaken,
      hintsLeft: 3 - hintsTaken,
      nextHintCost: [5, 10, 20][hintsTaken],
      deploys: 0,
      objectives: [{ check: 'p95-under', claim: 'p95 is under 300 ms' }],
    }),
    async deploy() {
      calls.push('deploy');
      return { deploy: 1, ok: true, seconds: 1.24, migrations: ['0007_index.sql'] };
    },
    async hint() {
      calls.push('hint');
      if (hintsTaken === 3) throw usageError('NO_HINT_LEFT', 'All 3 hints are taken.', 'gameday report');
      hintsTaken += 1;
      return { number: hintsTaken, cost: 5, text: 'Look at the plan.\n' };
    },
    async note(text) {
      calls.push(`note ${text}`);
      journal.write({ type: 'note.added', text });
    },
    async sql(statement) {
      calls.push(`sql ${statement}`);
      return {
        columns: ['id', 'name'],
        rows: [
          ['12', 'Ada'],
          ['7', null],
        ],
        truncated: true,
      };
    },
    async explain(query) {
      calls.push(`explain ${query}`);
      return { plan: 'Seq Scan on orders  (cost=0.00..1.00 rows=1 width=4) (actual time=0.010..9.000 rows=1 loops=1)' };
    },
    async submit() {
      calls.push('submit');
      const judgement = options.judgement ?? passing;
      journal.write({ type: 'submitted' });
      journal.write({ type: 'judged', arm: 'submission', ...judgement });
      await gameDay.end('submitted');
      return judgement;
    },
    async end(why) {
      if (stage === 'ended') return;
      stage = 'ended';
      calls.push(`end ${why}`);
      journal.write({ type: 'run.ended', why });
      resolveEnded(why);
    },
  };
  return { gameDay, calls, run, directory, journal };
}
