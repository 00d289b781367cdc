import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { controlClient } from '../../harness/cli/control/control-client.ts';
import { readControlFile } from '../../harness/cli/control/control-file.ts';
import { playSession } from '../../harness/cli/live/play-session.ts';
import { createTerminal } from '../../harness/cli/terminal/terminal.ts';
import { ExitCode, GamedayError } from '../../harness/domain/errors.ts';
import { until } from '../../harness/platform/clock.ts';
import { fakeGameDay, passing, sample, temporaryRuns } from '../support/fake-game-day.ts';
import { memoryStreams } from '../support/memory-streams.ts';

let runs: ReturnType<typeof temporaryRuns>;

beforeEach(() => {
  runs = temporaryRuns();
});

afterEach(() => runs.remove());

function session(options: Parameters<typeof fakeGameDay>[1] = {}, { json = false } = {}) {
  const fake = fakeGameDay(runs.runs, options);
  const { streams, written } = memoryStreams();
  const aborter = new AbortController();
  const exitCode = playSession(
    fake.gameDay,
    createTerminal(streams, { json, input: true, color: true }),
    aborter.signal,
  );
  const client = () =>
    until('the control file', async () => readControlFile(fake.directory), { timeoutMs: 5_000, everyMs: 5 }).then(
      controlClient,
    );
  return { ...fake, written, aborter, exitCode, client };
}

describe('a session without a terminal', () => {
  it('prints lines, writes reports, and leaves no address behind', async () => {
    const { client, journal, exitCode, written, directory } = session();
    await (await client()).act('note', { text: 'looking \u001b[31mat it' });
    journal.write({ type: 'live.sampled', sample });
    await (await client()).act('submit');
    expect(await exitCode).toBe(ExitCode.ok);
    expect(written.stderr).toMatch(/participant +Note: looking at it\n/);
    expect(written.stderr).toContain('errors 1.2 % | worst p95 481 ms (list accounts)');
    expect(written.stdout).toContain('Verdict: ✔ pass');
    expect(readFileSync(`${directory}/report.md`, 'utf8')).toContain('# Game day report: The account list is slow');
    expect(existsSync(`${directory}/post-mortem.md`)).toBe(true);
    expect(existsSync(`${directory}/control.json`)).toBe(false);
  });

  it('the data is one JSON document when asked for', async () => {
    const { client, exitCode, written } = session({}, { json: true });
    await (await client()).act('submit');
    await exitCode;
    expect(JSON.parse(written.stdout)).toMatchObject({
      scenario: 'slow-list',
      outcome: 'pass',
      files: { report: expect.stringContaining('report.md') },
    });
  });

  it.each([
    ['fail', ExitCode.objectivesNotMet],
    ['inconclusive', ExitCode.environment],
  ] as const)('a submission judged %s exits with %d', async (outcome, expected) => {
    const { client, exitCode } = session({ judgement: { ...passing, outcome } });
    await (await client()).act('submit');
    expect(await exitCode).toBe(expected);
  });

  it.each([
    [undefined, ExitCode.environment],
    [false, ExitCode.objectivesNotMet],
    [true, ExitCode.ok],
  ])('when its time is up with objectives met: %s it ends by itself and exits with %d', async (met, expected) => {
    const { journal, exitCode, calls } = session({ minutes: 0.005 });
    if (met !== undefined) journal.write({ type: 'objectives.changed', met, why: 'measured' });
    expect(await exitCode).toBe(expected);
    expect(calls).toEqual(['end the time is up']);
  });

  it('an interruption is passed on after everything is written', async () => {
    const { gameDay, aborter, exitCode, directory, client } = session();
    await client();
    aborter.abort(
      new GamedayError({ code: 'INTERRUPTED', message: 'Interrupted by SIGINT', exitCode: ExitCode.interrupted }),
    );
    await gameDay.end('interrupted');
    await expect(exitCode).rejects.toMatchObject({ exitCode: 130 });
    expect(existsSync(`${directory}/report.md`)).toBe(true);
  });
});
