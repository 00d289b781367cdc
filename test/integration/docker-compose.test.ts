import { execa } from 'execa';
import { afterAll, describe, expect, it } from 'vitest';
import { until } from '../../harness/platform/clock.ts';
import { projectRoot } from '../../harness/platform/files.ts';
import { freePort } from '../../harness/platform/ports.ts';
import { versionOf, withRedis } from '../../harness/services/redis/redis-client.ts';
import { query } from '../support/company-fixture.ts';
import { describeWithDocker } from '../support/docker.ts';

const spellings = [['docker', 'compose'] as const, ['docker-compose'] as const];
const answers = await Promise.all(
  spellings.map(async ([program, ...words]) => (await execa(program, [...words, 'version'], { reject: false })).failed),
);
const command = spellings[answers.indexOf(false)];

const project = `gameday-test-${process.pid}`;
const ports = { POSTGRES_PORT: String(await freePort()), REDIS_PORT: String(await freePort()) };

function compose(...args: readonly string[]) {
  const [program, ...words] = command!;
  return execa(program, [...words, '--project-name', project, ...args], { cwd: projectRoot, env: ports });
}

describe.skipIf(command === undefined)(
  `docker-compose.yml (${command?.join(' ') ?? 'there is no docker compose'})`,
  () => {
    it('is valid with every profile', async () => {
      await compose('--profile', 'app', '--profile', 'observability', 'config', '--quiet');
    });

    describeWithDocker('its services', () => {
      afterAll(async () => {
        await compose('down', '--volumes', '--timeout', '1');
      });

      it('get well, and can be reached as they say', { timeout: 240_000 }, async () => {
        await compose('up', '--detach', 'postgres', 'redis');
        const well = async (service: string) => {
          const { stdout: id } = await compose('ps', '--quiet', service);
          const { stdout } = await execa('docker', ['inspect', '--format', '{{.State.Health.Status}}', id]);
          return stdout === 'healthy';
        };
        for (const service of ['postgres', 'redis'])
          await until(`${service} to be well`, () => well(service), { timeoutMs: 120_000, everyMs: 500 });
        const [row] = await query<{ libraries: string }>(
          `postgres://gameday:gameday@127.0.0.1:${ports.POSTGRES_PORT}/tradepost`,
          `SELECT current_setting('shared_preload_libraries') AS libraries`,
        );
        expect(row!.libraries).toContain('pg_stat_statements');
        expect(await withRedis(`redis://:gameday@127.0.0.1:${ports.REDIS_PORT}`, versionOf)).toMatch(/^\d/);
      });
    });
  },
);
