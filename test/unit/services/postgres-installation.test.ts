import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeTemporaryDirectory, temporaryDirectory } from '../../../harness/platform/files.ts';
import { pathInstallation } from '../../../harness/services/postgres/installation.ts';

describe('PostgreSQL as installed on this machine', () => {
  const path = process.env.PATH;
  let directory: string;
  beforeEach(() => {
    directory = temporaryDirectory('test');
    process.env.PATH = join(directory, 'nothing');
  });
  afterEach(() => {
    process.env.PATH = path;
    removeTemporaryDirectory(directory);
  });

  async function install(bin: string, version: string) {
    await mkdir(bin, { recursive: true });
    await writeFile(join(bin, 'postgres'), `#!/bin/sh\necho 'postgres (PostgreSQL) ${version} (Debian)'\n`, {
      mode: 0o755,
    });
    await symlink('/bin/true', join(bin, 'initdb'));
  }

  it('is the one on PATH before any other', async () => {
    process.env.PATH = join(directory, 'bin');
    await install(join(directory, 'bin'), '15.2');
    await install(join(directory, 'debian', '17', 'bin'), '17.1');
    expect(await pathInstallation(join(directory, 'debian'))).toMatchObject({ version: '15.2', major: 15 });
  });

  it('is the newest that Debian keeps when there is none on PATH', async () => {
    await install(join(directory, 'debian', '9', 'bin'), '9.6.1');
    await install(join(directory, 'debian', '17', 'bin'), '17.1');
    expect(await pathInstallation(join(directory, 'debian'))).toMatchObject({ version: '17.1', major: 17 });
  });

  it('is not one that is too old, or that lacks initdb', async () => {
    process.env.PATH = join(directory, 'bin');
    await install(join(directory, 'bin'), '13.9');
    await expect(pathInstallation(join(directory, 'none'))).rejects.toThrow(/13\.9; 14 or later/);
    await rm(join(directory, 'bin', 'initdb'));
    await expect(pathInstallation(join(directory, 'none'))).rejects.toThrow(/no postgres with its initdb/);
  });
});
