import { environmentError } from '../domain/errors.ts';
import type { Sandbox } from '../domain/sandbox.ts';
import type { PoolRow } from '../domain/workload.ts';
import { withPostgres } from './services.ts';

/**
 * The rows of a fault's query, as the read-only role sees them.
 * @throws environmentError `TOO_FEW_RECORDS` when there are fewer than `atLeast`
 */
export async function readRows<Row = PoolRow>(
  sandbox: Sandbox,
  fault: string,
  sql: string,
  atLeast: number,
): Promise<readonly Row[]> {
  const { rows } = await withPostgres(sandbox.postgres.readerUrl, (client) => client.query(sql));
  if (rows.length >= atLeast) return rows as readonly Row[];
  const message = `${fault}: the query gives ${rows.length} rows, not ${atLeast}`;
  throw environmentError('TOO_FEW_RECORDS', message, 'Change fewer records or widen the query.');
}
