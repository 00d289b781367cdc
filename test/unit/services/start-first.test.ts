import { describe, expect, it } from 'vitest';
import type { RunningService, ServiceProvider } from '../../../harness/domain/service.ts';
import { startFirst } from '../../../harness/services/start-first.ts';

function provider(
  name: string,
  { declines, fails }: { declines?: string; fails?: string } = {},
): ServiceProvider<string, RunningService> {
  return {
    name,
    declines: async () => declines,
    start: async () => {
      if (fails !== undefined) throw new Error(fails);
      return { kind: 'redis', provider: name, host: '127.0.0.1', port: 1, version: '1', stop: async () => {} };
    },
  };
}

const words = { what: 'Redis', hint: 'Install it.' };

describe('startFirst', () => {
  it('takes the first provider that does not decline and says why the others were passed over', async () => {
    const told: string[] = [];
    const { running, declined } = await startFirst(
      [provider('a', { declines: 'no' }), provider('b', { fails: 'broken' }), provider('c'), provider('d')],
      'need',
      { ...words, onDecline: ({ provider: name }) => told.push(name) },
    );
    expect(running.provider).toBe('c');
    expect(declined).toEqual([
      { provider: 'a', reason: 'no' },
      { provider: 'b', reason: 'broken' },
    ]);
    expect(told).toEqual(['a', 'b']);
  });

  it('names every reason and the next command when none is left', async () => {
    const nothing = startFirst([provider('a', { declines: 'no' }), provider('b', { fails: 'broken' })], 'need', words);
    await expect(nothing).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      message: expect.stringMatching(/a: no[\s\S]*b: broken/),
      hint: 'Install it.',
      exitCode: 3,
    });
  });

  it('does not try the next one when the disk is full', async () => {
    const told: string[] = [];
    const full = startFirst([provider('a', { fails: 'No space left on device' }), provider('b')], 'need', {
      ...words,
      onDecline: ({ provider: name }) => told.push(name),
    });
    await expect(full).rejects.toMatchObject({
      code: 'DISK_FULL',
      message: 'Redis (a) could not be started, because a disk is full: No space left on device',
      exitCode: 3,
    });
    expect(told).toEqual([]);
  });
});
