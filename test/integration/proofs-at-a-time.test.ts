import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { proveBeside } from '../../harness/cli/prove/prove-beside.ts';
import type { ProofResult } from '../../harness/domain/proof.ts';
import { until } from '../../harness/platform/clock.ts';
import { projectRoot } from '../../harness/platform/files.ts';
import { gone, offspringOf } from '../support/offspring.ts';

const prove = (args: readonly string[]) =>
  execa(process.execPath, [join(projectRoot, 'harness/cli/gameday.mjs'), 'prove', ...args, '--jobs', '2'], {
    reject: false,
  });

describe('proofs at a time', { timeout: 240_000 }, () => {
  // The short proof that every contributor runs; all arms, variants and scenarios are proven by `npm run prove`.
  // Once more when the machine was too busy to tell: an inconclusive arm is nobody's defect, two in a row are.
  it('come out as in this process: handed out it fails, with the reference solution it passes; what there is no time for is named', {
    retry: 1,
  }, async () => {
    const { stdout, stderr, exitCode } = await prove([
      ...['search-leak', '--variant', 'people', '--arm', 'solution', '--arm', 'literal-substring'],
      ...['--within', '1s', '--json'],
    ]);
    const proofs = JSON.parse(stdout) as readonly ProofResult[];
    expect(proofs.map(({ scenario, arms }) => [scenario, arms.map(({ outcome }) => outcome)])).toEqual([
      ['search-leak', ['fail', 'pass']],
    ]);
    expect(proofs.map(({ leftOut }) => leftOut)).toEqual([
      [{ variant: 'people', arm: 'literal-substring', kind: 'accepted' }],
    ]);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^ {2}search-leak ✔ /m);
  });

  it('are all over when they are interrupted', async () => {
    const proving = prove(['search-leak', 'still-active', '--arm', 'flawed']);
    const servers = async () =>
      (await offspringOf(proving.pid!)).filter(({ command }) => command.includes('postgres -D')).length;
    await until('two databases to be up', async () => (await servers()) === 2, { timeoutMs: 30_000, everyMs: 100 });
    const started = await offspringOf(proving.pid!);
    proving.kill('SIGINT');
    expect((await proving).exitCode).toBe(130);
    await gone(started);
  });

  it('that end without a result are named, with what they said last', async () => {
    const part = { scenario: 'no-such-scenario', variants: [] };
    const proving = proveBeside(
      [part],
      2,
      () => [],
      () => {},
      new AbortController().signal,
    );
    await expect(proving.next()).rejects.toThrow(
      /the proof of no-such-scenario ended without a result.*no-such-scenario/is,
    );
  });
});
