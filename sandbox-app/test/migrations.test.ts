import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { applyMigrations } from '../src/platform/migrations.ts';
import { startTradepost, type Tradepost } from './support/tradepost.ts';

let tradepost: Tradepost;
let directory: string;

beforeAll(async () => {
  tradepost = await startTradepost();
  directory = await mkdtemp(join(tmpdir(), 'migrations-'));
});
afterAll(async () => {
  await tradepost.stop();
  await rm(directory, { recursive: true });
});

async function migrate(name: string, sql: string): Promise<string[]> {
  await writeFile(join(directory, name), sql);
  const applied: string[] = [];
  await applyMigrations(tradepost.databaseUrl, directory, ({ migration }) => applied.push(migration));
  return applied;
}

const colours = () => tradepost.services.database.query('SELECT name FROM colours ORDER BY name');

it('are applied once, in one transaction', async () => {
  const sql = `CREATE TABLE colours (name text); INSERT INTO colours VALUES ('red');`;
  expect(await migrate('0101_colours.sql', sql)).toEqual(['0101_colours.sql']);
  expect(await migrate('0101_colours.sql', sql)).toEqual([]);
  await expect(migrate('0102_more.sql', `INSERT INTO colours VALUES ('blue'); SELECT 1 / 0;`)).rejects.toThrow(
    /0102_more.sql failed: division by zero/,
  );
  expect(await colours()).toEqual([{ name: 'red' }]);
});

it('run statement by statement where they ask for it', async () => {
  const sql = `-- no-transaction
-- It's a comment; nothing else.
INSERT INTO colours VALUES ('green; not blue');
DO $$
BEGIN
  FOR n IN 1..2 LOOP
    INSERT INTO colours VALUES ('grey ' || n);
    COMMIT;
  END LOOP;
END $$;
CREATE INDEX CONCURRENTLY colours_name_idx ON colours (name);
`;
  expect(await migrate('0102_more.sql', sql)).toEqual(['0102_more.sql']);
  expect(await colours()).toEqual(['green; not blue', 'grey 1', 'grey 2', 'red'].map((name) => ({ name })));
});
