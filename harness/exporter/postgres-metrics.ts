import type { ActivityReading } from '../domain/evidence.ts';
import type { MetricFamily } from '../domain/prometheus-text.ts';
import { family } from './family.ts';
import type { LiveReadings } from './live-readings.ts';

/** What PostgreSQL says about the app's sessions, statements and tables. */
export interface PostgresMetrics {
  add(readings: LiveReadings): void;
  families(): readonly MetricFamily[];
}

/** More statements than this are an app that builds its SQL from values; the rest goes under `other`. */
const toldApart = 100;
const longestQuery = 240;

/** Nothing read yet. */
export function createPostgresMetrics(): PostgresMetrics {
  const statements = createTotals(['calls', 'rows', 'buffers', 'seconds']);
  const tables = createTotals(['rows']);
  let activity: ActivityReading | undefined;

  function labelOf(query: string): string {
    const short = shortened(query);
    return statements.has(short) || statements.size() < toldApart ? short : 'other';
  }

  return {
    add(readings) {
      activity = readings.activity;
      for (const { query, calls, rows, buffers, execMs } of readings.statements?.statements ?? [])
        statements.add(labelOf(query), { calls, rows, buffers, seconds: execMs / 1_000 });
      for (const { table, seqRowsRead } of readings.tables ?? []) tables.add(table, { rows: seqRowsRead });
    },
    families: () => [
      family(
        'counter',
        'gameday_postgres_statement_calls_total',
        "The app's statements",
        statements.series('calls', 'query'),
      ),
      family(
        'counter',
        'gameday_postgres_statement_rows_total',
        "Rows the app's statements returned or changed",
        statements.series('rows', 'query'),
      ),
      family(
        'counter',
        'gameday_postgres_statement_buffers_total',
        "Pages of 8 KiB the app's statements looked at",
        statements.series('buffers', 'query'),
      ),
      family(
        'counter',
        'gameday_postgres_statement_seconds_total',
        "Time the app's statements ran",
        statements.series('seconds', 'query'),
      ),
      family(
        'counter',
        'gameday_postgres_sequential_rows_total',
        'Rows read by sequential scans',
        tables.series('rows', 'table'),
      ),
      ...activityFamilies(activity),
    ],
  };
}

/** Statements of one app begin with the same columns and differ in their conditions: beginning and end are kept. */
function shortened(query: string): string {
  if (query.length <= longestQuery) return query;
  return `${query.slice(0, longestQuery / 2)} … ${query.slice(-longestQuery / 2)}`;
}

function activityFamilies(activity: ActivityReading | undefined): readonly MetricFamily[] {
  if (activity === undefined) return [];
  const { samples, waits, maxActive, maxIdleInTransaction, maxWaitingForLock } = activity;
  const waiting = Object.entries(waits).map(([wait, seen]) => [{ wait }, seen / samples] as const);
  return [
    family(
      'gauge',
      'gameday_postgres_active_backends',
      "The app's sessions at work by what they wait for, mean of the last second",
      waiting,
    ),
    family('gauge', 'gameday_postgres_sessions', "The app's sessions by state, most in the last second", [
      [{ state: 'active' }, maxActive],
      [{ state: 'idle in transaction' }, maxIdleInTransaction],
      [{ state: 'waiting for a lock' }, maxWaitingForLock],
    ]),
  ];
}

/** Several running totals per key. */
function createTotals<Figure extends string>(figures: readonly Figure[]) {
  const totals = new Map<string, Record<Figure, number>>();
  const zero = () => Object.fromEntries(figures.map((figure) => [figure, 0])) as Record<Figure, number>;
  return {
    has: (key: string) => totals.has(key),
    size: () => totals.size,
    add(key: string, by: Readonly<Record<Figure, number>>) {
      const total = totals.get(key) ?? zero();
      for (const figure of figures) total[figure] += by[figure];
      totals.set(key, total);
    },
    series: (figure: Figure, label: string) =>
      [...totals].map(([key, total]) => [{ [label]: key }, total[figure]] as const),
  };
}
