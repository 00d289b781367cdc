import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalEvent } from '../../harness/domain/journal.ts';
import { until } from '../../harness/platform/clock.ts';
import { projectRoot, removeTemporaryDirectory, temporaryDirectory } from '../../harness/platform/files.ts';
import { readJournal } from '../../harness/run/journal.ts';
import { gone, offspringOf } from '../support/offspring.ts';

const bin = join(projectRoot, 'harness', 'cli', 'gameday.mjs');

let runs: string;
let play: ChildProcess;
let output: string;
let exited: Promise<{ readonly code: number | null; readonly signal: string | null }>;

beforeEach(() => {
  runs = temporaryDirectory('accidents');
  output = '';
  play = spawn(process.execPath, [bin, 'play', 'still-active', '--no-input', '--rate', '10'], {
    env: { ...process.env, GAMEDAY_RUNS: runs },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [play.stdout, play.stderr]) stream?.on('data', (chunk) => (output += chunk));
  exited = new Promise((resolve) => play.once('exit', (code, signal) => resolve({ code, signal })));
});

afterEach(async () => {
  play.kill('SIGKILL');
  await exited;
  removeTemporaryDirectory(runs);
});

function events(): readonly JournalEvent[] {
  const [run] = readdirSync(runs);
  return run === undefined ? [] : readJournal(join(runs, run, 'events.jsonl'));
}

/** What the game day has started, and what that has started. */
const offspring = () => offspringOf(play.pid!);

const live = () =>
  until('the load to flow', async () => events().some((event) => event.type === 'live.sampled'), {
    timeoutMs: 90_000,
    everyMs: 100,
  });
describe('a game day that is', { timeout: 150_000 }, () => {
  it('killed leaves no process, and a journal that can be read', async () => {
    await live();
    const started = await offspring();
    expect(started.map(({ command }) => command).join('\n')).toMatch(/postgres -D/);
    play.kill('SIGKILL');
    await exited;
    await gone(started);
    const kept = events();
    expect(kept.map((event) => event.seq)).toEqual(kept.map((_, index) => index + 1));
    const report = await execa(process.execPath, [bin, 'report'], { env: { GAMEDAY_RUNS: runs } });
    expect(report.stdout).toContain('still-active');
  });

  it('interrupted while it boots exits with 130 and leaves nothing', async () => {
    await until('a service to be up', async () => events().some((event) => event.type === 'service.started'), {
      timeoutMs: 30_000,
      everyMs: 20,
    });
    const started = await offspring();
    play.kill('SIGINT');
    expect(await exited).toEqual({ code: 130, signal: null });
    await gone(started);
  });

  it('interrupted while it is live exits with 130 and leaves nothing', async () => {
    await live();
    const started = await offspring();
    play.kill('SIGINT');
    expect(await exited).toEqual({ code: 130, signal: null });
    await gone(started);
    expect(events().at(-1)).toMatchObject({ type: 'run.ended' });
  });

  it('robbed of its database says so, exits with 3 and leaves nothing', async () => {
    await live();
    const started = await offspring();
    const postmaster = started.find(({ command }) => /\bpostgres -D\b/.test(command));
    process.kill(postmaster!.pid, 'SIGKILL');
    expect(await exited).toEqual({ code: 3, signal: null });
    expect(output).toMatch(/PostgreSQL/);
    expect(events().find((event) => event.type === 'service.lost')).toMatchObject({ service: 'PostgreSQL' });
    await gone(started);
  });
});
