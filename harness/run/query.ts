import pg from 'pg';
import { messageOf, usageError } from '../domain/errors.ts';
import type { QueryResult } from '../domain/game-day.ts';

const rowLimit = 500;
const timeoutMs = 30_000;

/**
 * Runs one statement as the read-only role: a fresh connection, the extended protocol (so that it is one statement only), a read-only transaction
 * that is rolled back, a server-side timeout. Throws `SQL_FAILED` with what the server said.
 */
export async function runReadOnly(readerUrl: string, statement: string): Promise<QueryResult> {
  const client = new pg.Client({
    connectionString: readerUrl,
    application_name: 'participant',
    statement_timeout: timeoutMs,
  });
  await client.connect();
  try {
    await client.query('BEGIN READ ONLY');
    // The extended protocol refuses several statements in one text; pg uses it only when asked to or when there are parameters.
    const query = { text: statement, rowMode: 'array' as const, queryMode: 'extended' };
    const result = await client.query<(string | number | boolean | null)[]>(query as pg.QueryArrayConfig);
    return {
      columns: result.fields.map((field) => field.name),
      rows: result.rows.slice(0, rowLimit).map((row) => row.map(printable)),
      truncated: result.rows.length > rowLimit,
    };
  } catch (error) {
    const position = (error as { position?: string }).position;
    throw usageError(
      'SQL_FAILED',
      `PostgreSQL says: ${messageOf(error)}${position ? ` (at character ${position})` : ''}`,
      'The role is read-only and takes one statement at a time.',
    );
  } finally {
    await client.end().catch(() => {});
  }
}

/** The plan of one query as it really ran: EXPLAIN (ANALYZE, BUFFERS) under the same precautions. Throws `SQL_FAILED`. */
export async function explainQuery(readerUrl: string, query: string): Promise<string> {
  const { rows } = await runReadOnly(readerUrl, `EXPLAIN (ANALYZE, BUFFERS) ${query}`);
  return rows.map(([line]) => String(line)).join('\n');
}

function printable(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value instanceof Date) return value.toISOString();
  return JSON.stringify(value);
}
