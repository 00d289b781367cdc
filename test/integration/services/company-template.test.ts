import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findRemovable } from '../../../harness/cli/runs/find-removable.ts';
import type { CompanyServer } from '../../../harness/services/company/company-server.ts';
import { embeddedPostgres } from '../../../harness/services/company/local-provider.ts';
import { checksums, openDirectory, query, remove } from '../../support/company-fixture.ts';

describe('the template of the seeded company', () => {
  let directory: string;
  let server: CompanyServer;
  let fresh: Readonly<Record<string, string>>;
  let template: string;

  beforeAll(async () => {
    directory = await openDirectory('template');
    vi.stubEnv('GAMEDAY_CACHE', join(directory, 'cache'));
    server = await start();
    fresh = await checksums(server.adminUrl);
    const root = join(directory, 'cache', 'company');
    template = join(root, (await readdir(root))[0]!);
  });
  afterAll(async () => {
    await server?.stop();
    vi.unstubAllEnvs();
    await remove(directory);
  });

  const start = (onProgress = (_: number, _label: string) => {}) =>
    embeddedPostgres.start({ directory, size: 'small', onProgress });

  it('is never written to, whatever happens to the servers started from it', async () => {
    const before = await fingerprint(template);
    expect(before.length).toBeGreaterThan(700);
    await ruin(server);
    await query(server.adminUrl, 'VACUUM FULL users');
    await query(server.adminUrl, 'VACUUM (FREEZE)');
    await query(server.adminUrl, 'CHECKPOINT');
    await server.reset();
    process.kill(server.pid!, 'SIGKILL');
    expect(await server.lost).toMatch(/SIGKILL/);
    await server.stop();
    server = await start();
    expect(await fingerprint(template)).toEqual(before);
  });

  it('is what a reset goes back to, also while sessions are open', async () => {
    await ruin(server);
    expect(await checksums(server.adminUrl)).not.toEqual(fresh);
    await server.reset();
    expect(await checksums(server.adminUrl)).toEqual(fresh);
  });

  it('is what a reset goes back to with the settings of the app’s role, too', async () => {
    const settings = async () =>
      query(server.adminUrl, `SELECT rolconfig FROM pg_roles WHERE rolname = '${server.appRole}'`);
    const before = await settings();
    await query(server.adminUrl, `ALTER ROLE ${server.appRole} SET work_mem = '64kB'`);
    expect(await settings()).not.toEqual(before);
    await server.reset();
    expect(await settings()).toEqual(before);
  });

  it('can not be connected to', async () => {
    await expect(query(server.adminUrl.replace(/tradepost$/, 'company'), 'SELECT')).rejects.toThrow(
      /not currently accepting|Permission denied/,
    );
  });

  it('goes when nobody used it for a month', async () => {
    const monthAgo = new Date(Date.now() - 31 * 86_400_000);
    const abandoned = join(template, '..', 'small-abandoned');
    await mkdir(abandoned);
    await utimes(abandoned, monthAgo, monthAgo);
    await utimes(template, monthAgo, monthAgo);
    await server.stop();
    server = await start();
    expect((await readdir(join(template, '..'))).filter((name) => !name.includes('.used.'))).toEqual([
      basename(template),
    ]);
  });

  it('is not removed by `gameday clean` while a server uses it, whatever run that belongs to', async () => {
    const wishes = { runs: false, cache: true };
    const { removable, kept } = await findRemovable(wishes);
    expect(removable).toEqual([]);
    expect(kept).toEqual([{ name: basename(template), reason: `process ${process.pid} is using it` }]);
    await server.stop();
    expect(await findRemovable(wishes)).toMatchObject({ removable: [{ kind: 'cache', path: template }], kept: [] });
    server = await start();
  });

  it('is built again when it is damaged', async () => {
    await server.stop();
    const [file] = await readdir(join(template, 'database'));
    await rm(join(template, 'database', file!));
    const labels: string[] = [];
    server = await start((_, label) => labels.push(label));
    expect(labels).toContain('order_items');
    expect(await checksums(server.adminUrl)).toEqual(fresh);
  });

  it('is built once when two ask for it at the same time', async () => {
    await server.stop();
    await rm(join(directory, 'cache'), { recursive: true });
    const other = await openDirectory('other');
    const labels: string[] = [];
    const collect = (_: number, label: string) => labels.push(label);
    const [one, two] = await Promise.all([
      start(collect),
      embeddedPostgres.start({ directory: other, size: 'small', onProgress: collect }),
    ]);
    server = one;
    await two.stop();
    await remove(other);
    expect(labels.filter((label) => label === 'order_items')).toHaveLength(1);
    expect(labels).toContain('another gameday is seeding');
  });
});

async function ruin({ appUrl }: CompanyServer): Promise<void> {
  await query(appUrl(), `UPDATE orders SET notes = 'changed' WHERE id % 2 = 0`);
  await query(
    appUrl(),
    'DELETE FROM order_events WHERE id % 3 = 0; CREATE INDEX ON order_items (order_id); DROP TABLE shipments',
  );
}

/** Name, owner, mode, time of change and content of every file of a directory tree. */
async function fingerprint(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        const { mode, uid, mtimeMs } = await stat(path);
        const content = createHash('sha256')
          .update(await readFile(path))
          .digest('hex');
        return `${path} ${uid} ${mode} ${mtimeMs} ${content}`;
      }),
  ).then((lines) => lines.sort());
}
