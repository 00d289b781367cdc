import { environmentError } from '../domain/errors.ts';
import type { ActivityReading } from '../domain/evidence.ts';
import type { Meter } from '../domain/meter.ts';
import type { Sandbox } from '../domain/sandbox.ts';
import { openAdminPool } from './admin-pool.ts';
import { sampleEvery } from './sampling.ts';
import { sharedSource } from './shared-source.ts';

const everyMs = 100;

/** Backends of the app at one moment, counted by state and wait event. */
interface ActivityRow {
  readonly state: string;
  readonly waitType: string | null;
  readonly wait: string | null;
  readonly backends: number;
}

const activitySql = `
  SELECT state, wait_event_type AS "waitType", wait_event AS wait, count(*)::int AS backends
  FROM pg_stat_activity
  WHERE usename = $1 AND datname = current_database() AND state IS NOT NULL
  GROUP BY 1, 2, 3`;

/** Calls back every 100 ms with what the app's sessions do at that moment. */
const followActivity = sharedSource((sandbox: Sandbox, tell: (rows: readonly ActivityRow[]) => void) => {
  const pool = openAdminPool(sandbox);
  const sampling = sampleEvery(everyMs, async () => {
    const { rows } = await pool.query<ActivityRow>(activitySql, [sandbox.postgres.appRole]);
    tell(rows);
  });
  return {
    problem: sampling.problem,
    async stop() {
      await sampling.stop();
      await pool.end();
    },
  };
});

/** What the app's database sessions were doing: pg_stat_activity, sampled every 100 ms. */
export const activityMeter: Meter<ActivityReading> = {
  name: 'activity',
  async start(sandbox) {
    let reading = noActivity;
    const activity = followActivity(sandbox, (rows) => {
      reading = withSample(reading, rows);
    });
    return {
      async cut() {
        const cut = reading;
        reading = noActivity;
        if (cut.samples === 0) {
          throw environmentError(
            'METER_DEAD',
            `pg_stat_activity could not be read: ${activity.problem() ?? 'too early'}`,
          );
        }
        return cut;
      },
      stop: activity.stop,
    };
  },
};

const noActivity: ActivityReading = {
  samples: 0,
  maxActive: 0,
  maxIdleInTransaction: 0,
  maxWaitingForLock: 0,
  waits: {},
};

/** Adds one sample to a reading. */
function withSample(reading: ActivityReading, rows: readonly ActivityRow[]): ActivityReading {
  const count = (matches: (row: ActivityRow) => boolean) =>
    rows.filter(matches).reduce((sum, row) => sum + row.backends, 0);
  const waits = { ...reading.waits };
  for (const row of rows.filter(({ state }) => state === 'active')) {
    const event = row.waitType === null ? 'cpu' : `${row.waitType}:${row.wait}`;
    waits[event] = (waits[event] ?? 0) + row.backends;
  }
  return {
    samples: reading.samples + 1,
    maxActive: Math.max(
      reading.maxActive,
      count(({ state }) => state === 'active'),
    ),
    maxIdleInTransaction: Math.max(
      reading.maxIdleInTransaction,
      count(({ state }) => state.startsWith('idle in transaction')),
    ),
    maxWaitingForLock: Math.max(
      reading.maxWaitingForLock,
      count(({ waitType }) => waitType === 'Lock'),
    ),
    waits,
  };
}
