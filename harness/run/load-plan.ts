import pg from 'pg';
import { messageOf, usageError } from '../domain/errors.ts';
import type { ScenarioPlan } from '../domain/scenario.ts';
import type { LoadPlan, PoolRow, PoolSpec } from '../domain/workload.ts';

const requestTimeoutMs = 10_000;
const maxInFlight = 2_000;

/**
 * Makes a workload ready for an engine: loads its pools from the sandbox's database. Throws `POOL_INVALID` naming the pool when its SQL fails or returns nothing.
 */
export async function prepareLoadPlan(
  { workload, objectives }: Pick<ScenarioPlan, 'workload' | 'objectives'>,
  { databaseUrl, seed }: { databaseUrl: string; seed: number },
): Promise<LoadPlan> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'load-plan' });
  await client.connect();
  try {
    const pools: Record<string, { draw: PoolSpec['draw']; rows: readonly PoolRow[] }> = {};
    for (const [name, pool] of Object.entries(workload.pools))
      pools[name] = { draw: pool.draw, rows: await poolRows(client, name, pool) };
    return {
      requests: workload.requests,
      pools,
      seed,
      timeoutMs: requestTimeoutMs,
      maxInFlight,
      ...(workload.k6 && { script: workload.k6.script }),
      bounds: objectives.flatMap(({ bound }) => (bound ? [bound] : [])),
    };
  } finally {
    await client.end();
  }
}

async function poolRows(client: pg.Client, name: string, { sql }: PoolSpec): Promise<readonly PoolRow[]> {
  let rows: PoolRow[];
  try {
    rows = (await client.query<PoolRow>(sql)).rows;
  } catch (error) {
    throw usageError('POOL_INVALID', `The SQL of pool "${name}" failed: ${messageOf(error)}`, `Its SQL: ${sql}`);
  }
  if (rows.length === 0)
    throw usageError('POOL_INVALID', `Pool "${name}" is empty.`, `Its SQL returned no row: ${sql}`);
  return rows;
}
