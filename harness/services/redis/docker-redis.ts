import { randomBytes } from 'node:crypto';
import type { ServiceProvider } from '../../domain/service.ts';
import { findEngine } from '../docker/find-engine.ts';
import { startContainer } from '../docker/start-container.ts';
import { versionOf, withRedis } from './redis-client.ts';
import { configurationOf } from './redis-server.ts';
import type { RedisNeed, RedisService } from './redis-service.ts';
import { watchConnection } from './watch-connection.ts';

/** Unless `REDIS_IMAGE` names another. */
export const defaultImage = 'redis:7.4.9';

const configuration = '/etc/redis.gameday.conf';

/** Redis in a container of its own for every run. */
export const dockerRedis: ServiceProvider<RedisNeed, RedisService> = {
  name: 'Docker',
  async declines() {
    const engine = await findEngine();
    return 'reason' in engine ? engine.reason : undefined;
  },
  async start({ directory, announce }) {
    const image = process.env.REDIS_IMAGE || defaultImage;
    announce(`Redis: container of ${image}`);
    const password = randomBytes(18).toString('base64url');
    const urlAt = (host: string, port: number) => `redis://:${password}@${host}:${port}`;
    const container = await startContainer({
      kind: 'redis',
      image,
      port: 6379,
      command: ['redis-server', configuration],
      files: { [configuration]: configurationOf(password) },
      directory,
      answers: (host, port) => withRedis(urlAt(host, port), versionOf),
    });
    try {
      const { host, port, pid } = container;
      const url = urlAt(host, port);
      const watch = await watchConnection(url);
      return {
        kind: 'redis',
        provider: dockerRedis.name,
        host,
        port,
        version: await versionOf(watch.redis),
        url: (via) => (via === undefined ? url : urlAt('127.0.0.1', via)),
        lost: watch.lost,
        ...(pid !== undefined && { pid }),
        async stop() {
          watch.close();
          await container.stop();
        },
      };
    } catch (error) {
      await container.stop();
      throw error;
    }
  },
};
