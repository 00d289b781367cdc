import { removeTemporaryDirectory, temporaryDirectory } from '../platform/files.ts';
import { startCompanyDatabase } from '../services/company/company-database.ts';
import { withClient } from '../services/company/with-client.ts';
import type { Bench } from './bench.ts';
import { absolute, atMost } from './limit.ts';

const ROUNDS = 5;
const TARGET_MS = 1_000;

/** What an incident leaves behind and more: new rows, changed rows, a new index, and statistics about them. */
const writes = [
  "UPDATE orders SET notes = 'changed' WHERE id % 5 = 0",
  'CREATE TABLE bench_rows AS SELECT * FROM order_items LIMIT 200000',
  'CREATE INDEX ON order_items (product_id, quantity)',
  'ANALYZE orders',
];

/** Back to a fresh database at `default`, after writes, with the server's sessions still open. */
export const reset: Bench = {
  name: 'reset',
  about: 'milliseconds from a written-to database to a fresh one',
  async run() {
    const directory = temporaryDirectory('bench');
    const database = await startCompanyDatabase({ directory, size: 'default' });
    try {
      const took: number[] = [];
      for (let i = 0; i < ROUNDS; i++) {
        await withClient(database.adminUrl, async (client) => {
          for (const statement of writes) await client.query(statement);
        });
        took.push(await database.reset());
      }
      return [absolute({ figure: 'reset after writes', unit: 'ms', ours: took }, atMost(TARGET_MS, 'ms'))];
    } finally {
      await database.stop();
      removeTemporaryDirectory(directory);
    }
  },
};
