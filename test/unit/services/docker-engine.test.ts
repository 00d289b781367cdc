import { homedir } from 'node:os';
import { afterEach, expect, it, vi } from 'vitest';
import { startCompanyDatabase } from '../../../harness/services/company/company-database.ts';
import { findEngine } from '../../../harness/services/docker/find-engine.ts';
import { startRedis } from '../../../harness/services/redis.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

it.each([
  ['unix:///nowhere', 'unix:///nowhere (no such socket)'],
  ['ssh://host', 'ssh://host (it is neither a unix:// nor a tcp:// address)'],
  ['tcp://127.0.0.1:1', 'tcp://127.0.0.1:1 (connect ECONNREFUSED 127.0.0.1:1)'],
  ['not an address', 'not an address (Invalid URL)'],
])('an engine at %s is not there, and the reason says so', async (host, tried) => {
  vi.stubEnv('DOCKER_HOST', host);
  expect(await findEngine()).toEqual({ reason: `no Docker engine answers; tried ${tried}` });
});

it('without DOCKER_HOST, the sockets of the machine, of Docker Desktop and of an engine without root are tried', async () => {
  vi.stubEnv('DOCKER_HOST', '');
  vi.stubEnv('XDG_RUNTIME_DIR', '/run/user/of-a-test');
  const found = await findEngine();
  if ('address' in found) return expect(found.address).toMatch(/^unix:\/\//);
  for (const socket of [
    '/var/run/docker.sock',
    `${homedir()}/.docker/run/docker.sock`,
    '/run/user/of-a-test/docker.sock',
  ])
    expect(found.reason).toContain(`unix://${socket}`);
});

it('who asks for Docker gets nothing else, and the reason', async () => {
  vi.stubEnv('DOCKER_HOST', 'unix:///nowhere');
  const refusal = (what: string) => ({
    code: 'SERVICE_UNAVAILABLE',
    message: `${what} could not be started; tried in this order:\n  Docker: no Docker engine answers; tried unix:///nowhere (no such socket)`,
    hint: expect.stringContaining('leave out `--services docker`'),
    exitCode: 3,
  });
  const wish = { directory: '/nowhere', source: 'docker' } as const;
  await expect(startCompanyDatabase({ ...wish, size: 'small' })).rejects.toMatchObject(refusal('PostgreSQL'));
  await expect(startRedis(wish)).rejects.toMatchObject(refusal('Redis'));
});
