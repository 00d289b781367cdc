import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot, removeTemporaryDirectory, temporaryDirectory } from '../../harness/platform/files.ts';
import { type CompanyDatabase, startCompanyDatabase } from '../../harness/services/company/company-database.ts';
import { startRedis } from '../../harness/services/redis.ts';

const app = join(projectRoot, 'sandbox-app');

let directory: string;
let postgres: CompanyDatabase;
let redis: Awaited<ReturnType<typeof startRedis>>;

beforeAll(async () => {
  directory = temporaryDirectory('app');
  [postgres, redis] = await Promise.all([
    startCompanyDatabase({ directory, size: 'small' }),
    startRedis({ directory }),
  ]);
});

afterAll(async () => {
  await Promise.allSettled([postgres?.stop(), redis?.stop()]);
  removeTemporaryDirectory(directory);
});

describe('the app as it is handed out', () => {
  it('passes its own tests', async () => {
    const env = { DATABASE_URL: postgres.adminUrl, REDIS_URL: redis.url() };
    const run = await execa('npm', ['test', '--silent'], { cwd: app, env, reject: false, all: true });
    expect(run.exitCode, run.all).toBe(0);
  }, 120_000);
});
