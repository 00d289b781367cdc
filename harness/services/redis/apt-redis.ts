import { existsSync } from 'node:fs';
import { environmentError } from '../../domain/errors.ts';
import type { ServiceProvider } from '../../domain/service.ts';
import { onPath } from '../../platform/files.ts';
import { startProcess } from '../../platform/processes.ts';
import { startServer } from './redis-server.ts';
import type { RedisNeed, RedisService } from './redis-service.ts';

/** Installs the distribution's Redis on Debian and Ubuntu, only as root and not without saying so, then starts it like one on PATH. */
export const aptRedis: ServiceProvider<RedisNeed, RedisService> = {
  name: 'apt-get install redis-server',
  async declines() {
    if (!existsSync('/etc/debian_version') || onPath('apt-get') === undefined) return 'this is not Debian or Ubuntu';
    return process.getuid?.() === 0 ? undefined : 'only root can install packages';
  },
  async start(need) {
    need.announce('Redis is not installed: running apt-get install redis-server');
    if (!(await aptGet('install', '--yes', '--no-install-recommends', 'redis-server'))) {
      await aptGet('update');
      if (!(await aptGet('install', '--yes', '--no-install-recommends', 'redis-server'))) {
        throw environmentError('INSTALL_FAILED', 'apt-get could not install redis-server');
      }
    }
    return startServer(aptRedis.name, need);
  },
};

async function aptGet(...args: readonly string[]): Promise<boolean> {
  const { exited } = startProcess({
    name: 'apt-get',
    command: 'apt-get',
    args,
    // In runlevel 1 the package does not start its own server.
    env: { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
  });
  return (await exited).code === 0;
}
