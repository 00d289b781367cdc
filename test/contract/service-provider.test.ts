import { afterAll, beforeAll, describe } from 'vitest';
import type { ServiceProvider } from '../../harness/domain/service.ts';
import { onPath } from '../../harness/platform/files.ts';
import type { CompanyNeed, CompanyServer } from '../../harness/services/company/company-server.ts';
import { dockerPostgres } from '../../harness/services/company/docker-provider.ts';
import { externalPostgres } from '../../harness/services/company/external-provider.ts';
import { embeddedPostgres, postgresOnPath } from '../../harness/services/company/local-provider.ts';
import { dockerRedis } from '../../harness/services/redis/docker-redis.ts';
import { externalRedis } from '../../harness/services/redis/external-redis.ts';
import { versionOf, withRedis } from '../../harness/services/redis/redis-client.ts';
import { redisOnPath } from '../../harness/services/redis/redis-server.ts';
import type { RedisNeed, RedisService } from '../../harness/services/redis/redis-service.ts';
import { openDirectory, query, remove } from '../support/company-fixture.ts';
import { containersOfRun, describeWithDocker } from '../support/docker.ts';
import { type ProviderCase, serviceProviderContract } from './service-provider.contract.ts';

const companyNeed = (directory: string): CompanyNeed => ({ directory, size: 'small', onProgress: () => {} });
const redisNeed = (directory: string): RedisNeed => ({ directory, announce: () => {} });

function environment(name: string, value: string | undefined, reason: RegExp) {
  const before = process.env[name];
  const set = (text: string | undefined) => {
    if (text === undefined) delete process.env[name];
    else process.env[name] = text;
  };
  return { apply: () => set(value), undo: () => set(before), reason };
}

const serverVersion = async ({ adminUrl }: CompanyServer) => {
  const [row] = await query<{ version: string }>(
    adminUrl,
    `SELECT split_part(current_setting('server_version'), ' ', 1) AS version`,
  );
  return row!.version;
};
const redisVersion = ({ url }: RedisService) => withRedis(url(), versionOf);

function company(
  provider: ServiceProvider<CompanyNeed, CompanyServer>,
  rest: Pick<ProviderCase<CompanyNeed, CompanyServer>, 'ours' | 'spoil' | 'leftovers'>,
): ProviderCase<CompanyNeed, CompanyServer> {
  return { provider, need: companyNeed, version: serverVersion, ...rest };
}

const withoutPackages = {
  apply: () => Object.defineProperty(process, 'arch', { value: 'pdp11' }),
  undo: () => Object.defineProperty(process, 'arch', { value: architecture }),
  reason: /pdp11 is not installed/,
};
const architecture = process.arch;

const inDocker = {
  ours: true,
  get spoil() {
    return environment('DOCKER_HOST', 'unix:///nowhere', /^no Docker engine answers; tried unix:\/\/\/nowhere/);
  },
  leftovers: () => containersOfRun('run of a test'),
};

describe('service providers', () => {
  serviceProviderContract('PostgreSQL embedded', () =>
    company(embeddedPostgres, { ours: true, spoil: withoutPackages }),
  );

  describe('PostgreSQL at DATABASE_URL', () => {
    let directory: string;
    let host: CompanyServer;
    beforeAll(async () => {
      directory = await openDirectory('host');
      host = await embeddedPostgres.start(companyNeed(directory));
      process.env.DATABASE_URL = host.adminUrl;
    });
    afterAll(async () => {
      delete process.env.DATABASE_URL;
      await host.stop();
      await remove(directory);
    });
    serviceProviderContract('as superuser', () =>
      company(externalPostgres, {
        ours: false,
        spoil: environment('DATABASE_URL', host.appUrl(), /tradepost is no superuser/),
        leftovers: async () =>
          (
            await query<{ name: string }>(
              host.adminUrl,
              `SELECT datname AS name FROM pg_database WHERE datname LIKE 'gameday_run_%'
               UNION ALL SELECT rolname FROM pg_roles WHERE rolname LIKE 'gameday_run_%'`,
            )
          ).map(({ name }) => name),
      }),
    );
  });

  describe.skipIf(onPath('postgres') === undefined)('PostgreSQL on PATH', () => {
    serviceProviderContract('as found', () => company(postgresOnPath, { ours: true }));
  });

  describeWithDocker('in Docker', () => {
    serviceProviderContract('PostgreSQL', () => company(dockerPostgres, inDocker));
    serviceProviderContract('Redis', () => ({
      provider: dockerRedis,
      need: redisNeed,
      version: redisVersion,
      ...inDocker,
    }));
  });

  describe.skipIf(onPath('redis-server') === undefined)('Redis', () => {
    serviceProviderContract('on PATH', () => ({
      provider: redisOnPath,
      need: redisNeed,
      version: redisVersion,
      ours: true,
      spoil: environment('PATH', '/nowhere', /is on PATH/),
    }));

    describe('at REDIS_URL', () => {
      let directory: string;
      let host: RedisService;
      beforeAll(async () => {
        directory = await openDirectory('host');
        host = await redisOnPath.start(redisNeed(directory));
        process.env.REDIS_URL = host.url();
        await withRedis(host.url(), (redis) => redis.set('theirs', 'untouched'));
      });
      afterAll(async () => {
        delete process.env.REDIS_URL;
        await host.stop();
        await remove(directory);
      });
      serviceProviderContract('in a database of its own', () => ({
        provider: externalRedis,
        need: redisNeed,
        version: redisVersion,
        ours: false,
        spoil: environment('REDIS_URL', 'redis://127.0.0.1:1', /no connection/),
        leftovers: async () =>
          withRedis(host.url(), async (redis) => {
            const keyspace = await redis.info('keyspace');
            return [...keyspace.matchAll(/^(db[1-9]\d*):/gm)].map(([, name]) => name!);
          }),
      }));
    });
  });
});
