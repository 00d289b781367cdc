import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalEvent } from '../../../harness/domain/journal.ts';
import { projectRoot, removeTemporaryDirectory, temporaryDirectory } from '../../../harness/platform/files.ts';
import { type Balancer, type Network, startNetwork } from '../../../harness/platform/network/network.ts';
import { isRunning } from '../../../harness/platform/processes.ts';
import { createFleet, type SupervisedFleet } from '../../../harness/run/app-fleet.ts';
import type { AppBuild } from '../../../harness/run/build-app.ts';
import { createJournal, readJournal } from '../../../harness/run/journal.ts';

/** An app of one file: answers every path with its version, its instance and its clock, unless it is told to be broken. */
const app = (version: string, healthy: boolean) => `
import { createServer } from 'node:http';
const server = createServer((req, res) => {
  res.statusCode = ${healthy} || !req.url.endsWith('z') ? 200 : 503;
  res.setHeader('Connection', 'close');
  res.end(JSON.stringify({ version: '${version}', instance: process.env.INSTANCE, now: Date.now() }));
});
server.listen(Number(process.env.PORT), '127.0.0.1');
console.log('version ${version} of', process.env.INSTANCE);
process.on('SIGTERM', () => server.close(() => process.exit(0)));
`;

let directory: string;
let network: Network;
let balancer: Balancer;
let fleet: SupervisedFleet;
let closeJournal: () => void;

beforeEach(async () => {
  directory = temporaryDirectory('fleet');
  network = startNetwork();
  balancer = await network.balancer();
  const journal = createJournal(join(directory, 'events.jsonl'));
  closeJournal = () => journal.close();
  fleet = createFleet({ balancer, environment: {}, logDirectory: directory, journal, replicas: 2 });
});

afterEach(async () => {
  await fleet.stop();
  await network.close();
  closeJournal();
  removeTemporaryDirectory(directory);
});

function build(version: string, healthy = true): AppBuild {
  const folder = join(directory, version);
  mkdirSync(folder);
  for (const entry of ['api', 'worker']) writeFileSync(join(folder, `${entry}.mjs`), app(version, healthy));
  return {
    directory: folder,
    api: join(folder, 'api.mjs'),
    worker: join(folder, 'worker.mjs'),
    migrate: '',
    tracing: '',
    migrations: '',
    clockShift: join(projectRoot, 'harness/run/clock-shift.mjs'),
  };
}

async function ask(): Promise<{ version: string; instance: string; now: number }> {
  const answer = await fetch(new URL('/', fleet.entry));
  return (await answer.json()) as Awaited<ReturnType<typeof ask>>;
}

function events<T extends JournalEvent['type']>(type: T): readonly Extract<JournalEvent, { type: T }>[] {
  return readJournal(join(directory, 'events.jsonl')).filter(
    (event): event is Extract<JournalEvent, { type: T }> => event.type === type,
  );
}

describe('the fleet', () => {
  it('starts two replicas and a worker and rolls them to a new version without a failed request', async () => {
    await fleet.start(build('one'));
    expect(fleet.processes().map((process) => process.name)).toEqual(['api-1', 'api-2', 'worker-1']);
    const before = fleet.processes().map((process) => process.pid);

    const versions: string[] = [];
    let asking = true;
    const visitor = (async () => {
      while (asking) versions.push((await ask()).version);
    })();
    await fleet.roll(build('two'));
    asking = false;
    await visitor;

    expect(versions[0]).toBe('one');
    expect((await ask()).version).toBe('two');
    await expect.poll(() => before.filter(isRunning)).toEqual([]);
    expect(events('app.exited').every((event) => event.planned)).toBe(true);
  });

  it('keeps the old version serving when the new one does not get ready, and says why', async () => {
    await fleet.start(build('one'));
    const broken = build('broken');
    writeFileSync(broken.api, 'console.error("cannot find the teapot"); process.exit(4);');
    await expect(fleet.roll(broken)).rejects.toMatchObject({
      code: 'APP_UNHEALTHY',
      message: expect.stringMatching(/api-1.*code 4[\s\S]*teapot/),
    });
    expect((await ask()).version).toBe('one');
    expect(fleet.processes()).toHaveLength(3);
  });

  it('ends migrations that take too long, and says so', async () => {
    const slow = build('slow');
    const migrate = join(slow.directory, 'migrate.mjs');
    writeFileSync(migrate, 'console.error("waiting for a lock"); setInterval(() => {}, 1_000);');
    const patience = new AbortController();
    const migrating = fleet.migrate({ ...slow, migrate }, patience.signal);
    setTimeout(() => patience.abort(), 500);
    await expect(migrating).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      message: expect.stringMatching(/SIGTERM[\s\S]*waiting for a lock/),
    });
  });

  it('replaces no process when any of the new ones does not get ready', async () => {
    await fleet.start(build('one'));
    const half = build('half');
    writeFileSync(half.worker, 'process.exit(1);');
    await expect(fleet.roll(half)).rejects.toMatchObject({ code: 'APP_UNHEALTHY' });
    for (let i = 0; i < 4; i++) expect((await ask()).version).toBe('one');
  });

  it('does not wait for what an old process has begun, and leaves none behind when it stops', async () => {
    const stuck = build('stuck');
    writeFileSync(stuck.api, `${app('stuck', true)}\nprocess.removeAllListeners('SIGTERM').on('SIGTERM', () => {});`);
    await fleet.start(stuck);
    const old = fleet.processes().map((process) => process.pid);
    await fleet.roll(build('two'));
    expect((await ask()).version).toBe('two');
    expect(old.some(isRunning)).toBe(true);
    await fleet.stop();
    expect(old.filter(isRunning)).toEqual([]);
  });

  it('gives up a roll-out that is under way when it stops', async () => {
    await fleet.start(build('one'));
    const rolling = fleet.roll(build('never', false));
    rolling.catch(() => {});
    await expect.poll(() => events('app.started').length).toBe(6);
    await fleet.stop();
    await expect(rolling).rejects.toMatchObject({ code: 'APP_UNHEALTHY' });
    expect(events('app.started').filter(({ pid }) => isRunning(pid))).toEqual([]);
  });

  it('starts a crashed process again', async () => {
    await fleet.start(build('one'));
    const { oldPid, newPid } = await fleet.crash('api-2');
    expect(newPid).not.toBe(oldPid);
    expect(events('app.exited').find((event) => event.pid === oldPid)).toMatchObject({
      signal: 'SIGKILL',
      planned: false,
    });
    expect((await ask()).version).toBe('one');
  });

  it('does not wait for a crashed process to come back when it stops', async () => {
    await fleet.start(build('one'));
    const crashed = fleet.crash('api-2');
    crashed.catch(() => {});
    // Looked for often: it is still being started when it is seen.
    await expect.poll(() => events('app.started').length, { interval: 5 }).toBe(4);
    await fleet.stop();
    await expect(crashed).rejects.toMatchObject({ code: 'APP_STOPPED' });
    expect(events('app.started').filter(({ pid }) => isRunning(pid))).toEqual([]);
  });

  it('refuses to crash a process that is not there, naming those that are', async () => {
    await fleet.start(build('one'));
    await expect(fleet.crash('api-9')).rejects.toMatchObject({
      code: 'PROCESS_UNKNOWN',
      hint: expect.stringContaining('worker-1'),
    });
  });

  it('moves the clocks of running processes and of those started later', async () => {
    await fleet.start(build('one'));
    const tenMinutes = 600_000;
    await fleet.shiftClocks(tenMinutes);
    await expect.poll(async () => (await ask()).now - Date.now()).toBeGreaterThan(tenMinutes - 5_000);
    await fleet.roll(build('two'));
    expect((await ask()).now - Date.now()).toBeGreaterThan(tenMinutes - 5_000);
  });
});
