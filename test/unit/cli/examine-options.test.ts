import { chmodSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { examineDocker, examineK6 } from '../../../harness/cli/machine/examine-options.ts';
import { k6Engine } from '../../../harness/engines/k6/k6-engine.ts';
import { removeTemporaryDirectory, temporaryDirectory } from '../../../harness/platform/files.ts';

let directory: string;

beforeEach(() => {
  directory = temporaryDirectory('options');
});

afterEach(() => {
  vi.unstubAllEnvs();
  removeTemporaryDirectory(directory);
});

function install(program: string, script: string): string {
  const path = join(directory, program);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

describe('--engine k6', () => {
  beforeEach(() => vi.stubEnv('PATH', directory));

  it('is there with its version and where it is', async () => {
    const k6 = install('k6', 'echo "k6 v1.2.3 (go1.24)"');
    expect(await examineK6()).toEqual({ what: '--engine k6', state: 'ok', found: `1.2.3, ${k6}` });
  });

  it.skipIf(process.platform !== 'linux')('may be in Docker', async () => {
    install('docker', 'test "$1" = image || echo "k6 v1.2.3"');
    expect(await examineK6()).toMatchObject({ state: 'ok', found: '1.2.3, Docker image grafana/k6' });
  });

  it('is declined by the load engine in the same words, with how to get it', async () => {
    install('k6', 'echo "k6 v0.57.0"');
    const { state, found } = await examineK6();
    expect([state, found]).toEqual(['unneeded', await k6Engine.declines({} as never)]);
    expect(found).toMatch(/k6 is of version 0\.57\.0, and 1\.0 or newer is needed; Docker is not on PATH/);
  });

  it('is not needed, and said where to get', async () => {
    expect(await examineK6()).toMatchObject({
      state: 'unneeded',
      found: expect.stringContaining('https://grafana.com'),
    });
  });
});

describe('--services docker', () => {
  it('is there with the address of the engine', async () => {
    const socket = join(directory, 'docker.sock');
    const engine = createServer((_, response) => response.end('OK'));
    await new Promise<void>((listening) => engine.listen(socket, listening));
    vi.stubEnv('DOCKER_HOST', `unix://${socket}`);
    expect(await examineDocker()).toEqual({ what: '--services docker', state: 'ok', found: `unix://${socket}` });
    engine.close();
  });

  it('is not needed, and said where it was looked for', async () => {
    vi.stubEnv('DOCKER_HOST', `unix://${directory}/none.sock`);
    expect(await examineDocker()).toMatchObject({
      state: 'unneeded',
      found: expect.stringContaining('none.sock (no such socket)'),
    });
  });
});
