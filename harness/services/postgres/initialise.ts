import { chown, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { environmentError } from '../../domain/errors.ts';
import { startProcess } from '../../platform/processes.ts';
import type { PostgresInstallation } from './installation.ts';
import type { SystemUser } from './unprivileged.ts';

/** Runs a program as `user` in the root directory. Throws `COMMAND_FAILED` with its last words when it doesn't end with 0. */
export async function runAs(user: SystemUser | undefined, command: string, args: readonly string[]): Promise<void> {
  const program = startProcess({
    name: command,
    command,
    args,
    cwd: '/',
    ...(user && { uid: user.uid, gid: user.gid }),
  });
  const { code, signal } = await program.exited;
  if (code !== 0) {
    throw environmentError('COMMAND_FAILED', `${command} ended with ${signal ?? code}: ${program.tail().trim()}`);
  }
}

/**
 * Makes an empty data directory at `path`, whose parent must belong to `user`. Passwords are needed on every connection.
 * Text sorts by bytes, on every platform alike.
 */
export async function initialiseDataDirectory(
  installation: PostgresInstallation,
  user: SystemUser | undefined,
  path: string,
  admin: { readonly user: string; readonly password: string },
): Promise<void> {
  const passwordFile = `${path}.password`;
  await writeFile(passwordFile, admin.password, { mode: 0o600 });
  if (user) await chown(passwordFile, user.uid, user.gid);
  await runAs(user, join(installation.bin, 'initdb'), [
    `--pgdata=${path}`,
    `--username=${admin.user}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
    '--no-instructions',
    // The smallest segments there are: every server gets a copy of the last one.
    '--wal-segsize=1',
    // Checksums would be computed for every page of a bulk load, and on by default only from version 18.
    ...(installation.major >= 18 ? ['--no-data-checksums'] : []),
  ]);
}
