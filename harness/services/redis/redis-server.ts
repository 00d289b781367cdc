import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { environmentError, messageOf } from '../../domain/errors.ts';
import type { ServiceProvider } from '../../domain/service.ts';
import { sleep } from '../../platform/clock.ts';
import { onPath, removeTemporaryDirectory, temporaryDirectory } from '../../platform/files.ts';
import { freePort } from '../../platform/ports.ts';
import { type ManagedProcess, startProcess } from '../../platform/processes.ts';
import { versionOf, withRedis } from './redis-client.ts';
import type { RedisNeed, RedisService } from './redis-service.ts';

const host = '127.0.0.1';
const startTimeoutMs = 10_000;
const portAttempts = 3;

/** `redis-server` or, compatible with it, `valkey-server`. */
export const redisOnPath: ServiceProvider<RedisNeed, RedisService> = {
  name: 'redis-server on PATH',
  declines: async () => (program() === undefined ? 'neither redis-server nor valkey-server is on PATH' : undefined),
  start: (need) => startServer(redisOnPath.name, need),
};

function program(): string | undefined {
  return onPath('redis-server') ?? onPath('valkey-server');
}

/** Starts the server on PATH in the name of `provider`. Throws `REDIS_NOT_STARTED` with its last words. */
export async function startServer(provider: string, { directory }: RedisNeed): Promise<RedisService> {
  const command = program();
  if (command === undefined) throw environmentError('REDIS_NOT_STARTED', 'redis-server is not on PATH');
  const home = temporaryDirectory('redis');
  try {
    return await launch(provider, command, directory, home);
  } catch (error) {
    removeTemporaryDirectory(home);
    throw error;
  }
}

async function launch(provider: string, command: string, directory: string, home: string): Promise<RedisService> {
  const password = randomBytes(18).toString('base64url');
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const configuration = join(home, 'redis.conf');
    const place = `port ${port}\nbind ${host}\ndir "${home}"\n`;
    await writeFile(configuration, place + configurationOf(password), { mode: 0o600 });
    const logFile = join(directory, 'redis.log');
    const server = startProcess({ name: 'redis', command, args: [configuration], cwd: home, logFile });
    const urlOn = (via = port) => `redis://:${password}@${host}:${via}`;
    const version = await firstAnswer(server, urlOn());
    if (version !== undefined) return running({ provider, server, port, version, home, urlOn });
    await server.stop();
    if (attempt < portAttempts && /address already in use/i.test(server.tail())) continue;
    throw environmentError('REDIS_NOT_STARTED', `${command} did not start: ${server.tail().trim().slice(-500)}`);
  }
}

/** A server that keeps nothing on disk. The password is in a file and not on the command line, where every user of this machine could read it. */
export function configurationOf(password: string): string {
  return `requirepass ${password}
save ""
appendonly no
maxmemory-policy noeviction
`;
}

function running({
  provider,
  server,
  port,
  version,
  home,
  urlOn,
}: {
  provider: string;
  server: ManagedProcess;
  port: number;
  version: string;
  home: string;
  urlOn: (port?: number) => string;
}): RedisService {
  let stopping = false;
  return {
    kind: 'redis',
    provider,
    host,
    port,
    pid: server.pid,
    version,
    url: urlOn,
    lost: new Promise((resolve) => {
      void server.exited.then(({ code, signal }) => {
        if (!stopping) resolve(`ended with ${signal ?? `code ${code}`}: ${server.tail().trim().slice(-500)}`);
      });
    }),
    async stop() {
      stopping = true;
      await server.stop({ graceMs: 3_000 });
      removeTemporaryDirectory(home);
    },
  };
}

/** The server's version, or undefined when it ended or doesn't answer in time. */
async function firstAnswer(server: ManagedProcess, url: string): Promise<string | undefined> {
  for (const deadline = Date.now() + startTimeoutMs; server.running() && Date.now() < deadline; await sleep(10)) {
    try {
      return await withRedis(url, versionOf);
    } catch (error) {
      if (/WRONGPASS|NOAUTH/.test(messageOf(error))) return undefined;
    }
  }
  return undefined;
}
