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

/** A statement that waits for a lock on a table. */
interface WaitRow {
  /** Tells waits apart: who waits, since when. */
  readonly wait: string;
  readonly ms: number;
}

/** Locks that reading and writing need; whoever waits for a stronger one changes the schema, and holds up but is not held up. */
const heldUpSql = `
  SELECT l.pid || ' ' || l.waitstart AS wait, (extract(epoch FROM clock_timestamp() - l.waitstart) * 1000)::float8 AS ms
  FROM pg_locks l JOIN pg_stat_activity a USING (pid)
  WHERE NOT l.granted AND l.locktype = 'relation' AND l.mode IN ('AccessShareLock', 'RowShareLock', 'RowExclusiveLock')
    AND l.waitstart IS NOT NULL AND a.usename = $1 AND a.datname = current_database()`;

interface ActivitySample {
  readonly rows: readonly ActivityRow[];
  readonly waits: readonly WaitRow[];
}

/** Calls back every 100 ms with what the app's sessions do at that moment. */
const followActivity = sharedSource((sandbox: Sandbox, tell: (sample: ActivitySample) => void) => {
  const pool = openAdminPool(sandbox);
  const sampling = sampleEvery(everyMs, async () => {
    const { rows } = await pool.query<ActivityRow>(activitySql, [sandbox.postgres.appRole]);
    const locked = rows.some(({ waitType }) => waitType === 'Lock');
    const waits = locked ? (await pool.query<WaitRow>(heldUpSql, [sandbox.postgres.appRole])).rows : [];
    tell({ rows, waits });
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
    let heldUp = new Map<string, number>();
    let atOnce = 0;
    const activity = followActivity(sandbox, ({ rows, waits }) => {
      reading = withSample(reading, rows);
      for (const { wait, ms } of waits) heldUp.set(wait, ms);
      atOnce = Math.max(atOnce, waits.length);
    });
    return {
      async cut() {
        const cut = { ...reading, heldUp: { waitsMs: [...heldUp.values()].sort((a, b) => b - a), atOnce } };
        reading = noActivity;
        heldUp = new Map();
        atOnce = 0;
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
