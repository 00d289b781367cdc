import type pg from 'pg';
import { environmentError, messageOf } from '../domain/errors.ts';
import type { InvariantFigures } from '../domain/evidence.ts';
import type { Meter } from '../domain/meter.ts';
import type { Sandbox } from '../domain/sandbox.ts';
import type { InvariantQuery } from '../domain/scenario.ts';
import { openAdminPool } from './admin-pool.ts';

const examplesKept = 5;

/**
 * Asks the database, at every cut, for the rows that each invariant says should not exist; all in one read-only transaction that sees one
 * moment. An invariant's SQL may also read `ledger`: what the third parties have recorded so far. The cut rejects with `INVARIANT_INVALID` naming the
 * invariant whose SQL fails.
 */
export function invariantsMeter(invariants: readonly InvariantQuery[]): Meter<readonly InvariantFigures[]> {
  return {
    name: 'invariants',
    async start(sandbox) {
      const pool = openAdminPool(sandbox);
      return { cut: () => readInvariants(pool, invariants, () => ledgerOf(sandbox)), stop: () => pool.end() };
    },
  };
}

async function readInvariants(
  pool: pg.Pool,
  invariants: readonly InvariantQuery[],
  ledger: () => string,
): Promise<readonly InvariantFigures[]> {
  if (invariants.length === 0) return [];
  const client = await pool.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const figures: InvariantFigures[] = [];
    for (const invariant of invariants) figures.push(await readInvariant(client, invariant, ledger));
    await client.query('COMMIT');
    client.release();
    return figures;
  } catch (error) {
    // Destroyed rather than returned: its transaction is broken.
    client.release(true);
    throw error;
  }
}

/** As JSON: an array with an object for each entry. */
function ledgerOf({ payments, mail, fulfilment }: Sandbox): string {
  const entries = [payments, mail, fulfilment].flatMap((party) =>
    party.ledger().map(({ at, ...entry }) => ({ party: party.name, at: new Date(at), ...entry })),
  );
  return JSON.stringify(entries);
}

/** The ledgers as a table that the SQL can name. */
const ledgerTable = `ledger AS MATERIALIZED (
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS entry(party text, at timestamptz, kind text, reference text, detail jsonb)
), `;

async function readInvariant(
  client: pg.PoolClient,
  { name, sql }: InvariantQuery,
  ledger: () => string,
): Promise<InvariantFigures> {
  const offending = sql.trim().replace(/;$/, '');
  const readsLedger = /\bledger\b/i.test(sql);
  try {
    const { rows } = await client.query<{ violations: number; examples: readonly string[] }>(
      `
      WITH ${readsLedger ? ledgerTable : ''}offending AS MATERIALIZED (${offending}\n)
      SELECT (SELECT count(*)::int FROM offending) AS violations,
             ARRAY(SELECT row_to_json(o)::text FROM offending o LIMIT ${examplesKept}) AS examples`,
      readsLedger ? [ledger()] : [],
    );
    return { name, ...rows[0]! };
  } catch (error) {
    throw environmentError('INVARIANT_INVALID', `the SQL of invariant ${name} failed: ${messageOf(error)}`);
  }
}
