import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ControlServer, startControlServer } from '../../harness/cli/control/control-server.ts';
import { main } from '../../harness/cli/main.ts';
import { showLogs } from '../../harness/cli/runs/show-logs.ts';
import { createTerminal } from '../../harness/cli/terminal/terminal.ts';
import { until } from '../../harness/platform/clock.ts';
import { projectRoot } from '../../harness/platform/files.ts';
import { fakeGameDay, temporaryRuns } from '../support/fake-game-day.ts';
import { memoryStreams } from '../support/memory-streams.ts';

let runs: ReturnType<typeof temporaryRuns>;
let cache: string;

beforeEach(() => {
  runs = temporaryRuns();
  cache = mkdtempSync(join(tmpdir(), 'gameday-test-cache-'));
  vi.stubEnv('GAMEDAY_RUNS', runs.runs);
  vi.stubEnv('GAMEDAY_CACHE', cache);
});

afterEach(() => {
  vi.unstubAllEnvs();
  runs.remove();
  rmSync(cache, { recursive: true, force: true });
});

async function run(argv: readonly string[], input = '') {
  const { streams, written } = memoryStreams({ input, columns: 100 });
  const exitCode = await main(argv, streams);
  return { exitCode, ...written };
}

describe('commands in a second terminal', () => {
  let fake: ReturnType<typeof fakeGameDay>;
  let server: ControlServer;

  beforeEach(async () => {
    fake = fakeGameDay(runs.runs);
    server = await startControlServer(fake.gameDay, fake.journal, fake.directory);
  });

  afterEach(async () => {
    await server.close();
    fake.journal.close();
  });

  it('act in the running game day', async () => {
    expect((await run(['status'])).stdout).toContain('The account list is slow');
    expect((await run(['note', 'two', 'words'])).exitCode).toBe(0);
    expect((await run(['sql', '-'], 'SELECT 1')).stdout).toBe('id  name\n12  Ada\n 7  NULL\n');
    expect((await run(['explain', 'SELECT 2'])).stdout).toMatch(/^Seq Scan/);
    expect((await run(['hint'])).stdout).toBe('Look at the plan.\n');
    expect((await run(['deploy'])).stdout).toContain('✔ Deploy 1 is live after 1.2 s (migrations: 0007_index.sql).');
    expect((await run(['submit'])).stdout).toContain('Verdict: ✔ pass');
    expect(fake.calls).toEqual([
      'note two words',
      'sql SELECT 1',
      'explain SELECT 2',
      'hint',
      'deploy',
      'submit',
      'end submitted',
    ]);
  });

  it('answer with JSON alone on stdout', async () => {
    for (const argv of [['status'], ['hint'], ['deploy'], ['sql', 'SELECT 1'], ['explain', 'x'], ['report']]) {
      const { stdout } = await run([...argv, '--json']);
      expect(JSON.parse(stdout)).toBeTypeOf('object');
    }
  });

  it('stop is another name for end', async () => {
    expect((await run(['stop'])).exitCode).toBe(0);
    expect(fake.calls).toEqual(['end ended by the participant']);
  });

  it('clean removes finished runs and the cache, but nothing while it is in use, and nothing unasked', async () => {
    const finished = fakeGameDay(runs.runs, { run: '20260101-000000-old' });
    finished.journal.write({ type: 'run.ended', why: 'submitted' });
    finished.journal.close();
    const starting = fakeGameDay(runs.runs, { run: '20260101-000001-starting' });
    mkdirSync(join(cache, 'template'));
    expect(await run(['clean'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('CONFIRMATION_MISSING'),
    });
    expect((await run(['clean', '--dry-run'])).stderr).toContain('Would free');
    expect((await run(['clean', '--yes', '--older-than', '1h'])).stderr).toContain('Nothing to remove');
    expect(existsSync(finished.directory)).toBe(true);
    expect((await run(['clean', '--yes'])).stderr).toContain('a game day may be using it');
    expect([finished, fake, starting].map(({ directory }) => existsSync(directory))).toEqual([false, true, true]);
    expect(readdirSync(cache)).toEqual(['template']);
    await server.close();
    for (const { journal } of [fake, starting]) journal.write({ type: 'run.ended', why: 'submitted' });
    await run(['clean', '--yes', '--cache']);
    expect([existsSync(fake.directory), readdirSync(cache)]).toEqual([true, []]);
    starting.journal.close();
  });
});

describe('without a running game day', () => {
  it.each(['status', 'deploy', 'hint', 'submit', 'end'])('%s says so, and what to do', async (command) => {
    const { exitCode, stdout, stderr } = await run([command]);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain('No game day is running');
    expect(stderr).toContain('next: start one in another terminal: gameday play <scenario>');
  });

  it('report prints the latest run, and suggests a name that was meant', async () => {
    fakeGameDay(runs.runs, { run: '20260101-000000-old' }).journal.close();
    fakeGameDay(runs.runs, { run: '20260102-000000-new' }).journal.close();
    expect((await run(['report'])).stdout).toContain('20260102-000000-new');
    expect((await run(['report', '--post-mortem'])).stdout).toContain('# Post-mortem');
    expect((await run(['report', '20260101-000000-odl'])).stderr).toContain('did you mean 20260101-000000-old?');
  });
});

describe('logs', () => {
  const line = (time: number, level: number, msg: string) =>
    `${JSON.stringify({ level, time, msg, pid: 1, req: { method: 'GET' } })}\n`;

  it('merges processes by time, filters, and follows what is written, also by processes that start later', async () => {
    const { directory, run: name, journal } = fakeGameDay(runs.runs);
    journal.close();
    const logs = join(directory, 'logs');
    mkdirSync(logs);
    writeFileSync(join(logs, 'api-1.log'), line(1_000, 30, 'first') + line(3_000, 50, 'third'));
    writeFileSync(join(logs, 'api-2.log'), line(2_000, 30, 'sec\u001b[2Jond'));
    const all = (await run(['logs'])).stdout;
    expect(all.split('\n').slice(0, 3)).toEqual([
      '00:00:01.000 api-1     INFO  first  req.method=GET',
      '00:00:02.000 api-2     INFO  second  req.method=GET',
      '00:00:03.000 api-1     ERROR third  req.method=GET',
    ]);
    expect((await run(['logs', '--level', 'error'])).stdout).toMatch(/^.*third.*\n$/);
    expect((await run(['logs', '-n', '1'])).stdout).toMatch(/^.*third.*\n$/);
    expect((await run(['logs', '--grep', 'FIRST'])).stdout).toMatch(/^.*first.*\n$/);
    expect((await run(['logs', 'api-9'])).stderr).toContain('known: api-1, api-2');

    const { streams, written } = memoryStreams();
    const stop = new AbortController();
    const following = showLogs(
      { run: name, directory },
      { process: undefined, follow: true, lines: 0 },
      createTerminal(streams, { input: false, color: false }),
      stop.signal,
    );
    appendFileSync(join(logs, 'api-1.log'), line(4_000, 30, 'fourth').slice(0, 20));
    appendFileSync(join(logs, 'api-1.log'), line(4_000, 30, 'fourth').slice(20));
    writeFileSync(join(logs, 'worker-1.log'), line(5_000, 30, 'fifth'));
    await until('both lines', async () => written.stdout.includes('fourth') && written.stdout.includes('fifth'), {
      timeoutMs: 5_000,
      everyMs: 20,
    });
    stop.abort(new Error('enough'));
    await expect(following).rejects.toThrow('enough');
    expect(written.stdout).not.toContain('third');
  });
});

describe('the executable', () => {
  const gameday = (...argv: string[]) =>
    spawnSync(process.execPath, [join(projectRoot, 'harness/cli/gameday.mjs'), ...argv], {
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    });

  it('passes output and exit code on', () => {
    expect(gameday('--version')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      stderr: '',
    });
    expect(gameday('plya')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining('did you mean play?'),
    });
  });

  it('has colours when asked for, and none with --no-color', () => {
    const forced = { encoding: 'utf8', env: { ...process.env, NO_COLOR: '', FORCE_COLOR: '1' } } as const;
    const bin = join(projectRoot, 'harness/cli/gameday.mjs');
    expect(spawnSync(process.execPath, [bin, 'plya'], forced).stderr).toContain('\u001b[31m');
    expect(spawnSync(process.execPath, [bin, 'plya', '--no-color'], forced).stderr).not.toContain('\u001b');
  });
});
