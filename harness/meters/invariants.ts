import type pg from 'pg';
import { environmentError, messageOf } from '../domain/errors.ts';
import type { InvariantFigures } from '../domain/evidence.ts';
import type { Meter } from '../domain/meter.ts';
import type { InvariantQuery } from '../domain/scenario.ts';
import { openAdminPool } from './admin-pool.ts';

const examplesKept = 5;

/**
 * Asks the database, at every cut, for the rows that each invariant says should not exist; all in one read-only transaction that sees one
 * moment. The cut rejects with `INVARIANT_INVALID` naming the invariant whose SQL fails.
 */
export function invariantsMeter(invariants: readonly InvariantQuery[]): Meter<readonly InvariantFigures[]> {
  return {
    name: 'invariants',
    async start(sandbox) {
      const pool = openAdminPool(sandbox);
      return { cut: () => readInvariants(pool, invariants), stop: () => pool.end() };
    },
  };
}

async function readInvariants(
  pool: pg.Pool,
  invariants: readonly InvariantQuery[],
): Promise<readonly InvariantFigures[]> {
  if (invariants.length === 0) return [];
  const client = await pool.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const figures: InvariantFigures[] = [];
    for (const invariant of invariants) figures.push(await readInvariant(client, invariant));
    await client.query('COMMIT');
    client.release();
    return figures;
  } catch (error) {
    // Destroyed rather than returned: its transaction is broken.
    client.release(true);
    throw error;
  }
}

async function readInvariant(client: pg.PoolClient, { name, sql }: InvariantQuery): Promise<InvariantFigures> {
  const offending = sql.trim().replace(/;$/, '');
  try {
    const { rows } = await client.query<{ violations: number; examples: readonly string[] }>(`
      WITH offending AS MATERIALIZED (${offending}\n)
      SELECT (SELECT count(*)::int FROM offending) AS violations,
             ARRAY(SELECT row_to_json(o)::text FROM offending o LIMIT ${examplesKept}) AS examples`);
    return { name, ...rows[0]! };
  } catch (error) {
    throw environmentError('INVARIANT_INVALID', `the SQL of invariant ${name} failed: ${messageOf(error)}`);
  }
}
