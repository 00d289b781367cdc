import type pg from 'pg';
import { describe, expect, it } from 'vitest';
import { runInSessions, type SeedingTask } from '../../../harness/services/company/two-sessions.ts';

const sessions = ['one', 'two'] as unknown as readonly pg.ClientBase[];

function task(name: string, after: readonly string[], log: string[], fails = false): SeedingTask {
  return {
    name,
    after,
    cost: 1,
    async run() {
      log.push(`start ${name}`);
      await new Promise((resolve) => setImmediate(resolve));
      if (fails) throw new Error(`${name} failed`);
      log.push(`end ${name}`);
    },
  };
}

describe('tasks in two sessions', () => {
  it('run side by side, each after what it needs', async () => {
    const log: string[] = [];
    const done: string[] = [];
    await runInSessions(sessions, [task('c', ['a', 'b'], log), task('a', [], log), task('b', [], log)], ({ name }) =>
      done.push(name),
    );
    expect(log.slice(0, 2)).toEqual(['start a', 'start b']);
    expect(log.slice(4)).toEqual(['start c', 'end c']);
    expect(done.at(-1)).toBe('c');
  });

  it('stop at the first failure, and report it after the task under way has ended', async () => {
    const log: string[] = [];
    const failing = runInSessions(
      sessions,
      [task('a', [], log, true), task('b', [], log), task('c', [], log), task('d', ['a'], log)],
      () => {},
    );
    await expect(failing).rejects.toThrow('a failed');
    expect(log).toContain('end b');
    expect(log).not.toContain('start d');
  });

  it('report the failure that came first, whichever session had it', async () => {
    const crash = { ...task('crash', [], []), run: () => Promise.reject(new Error('disk full')) };
    const victim = {
      ...task('victim', [], []),
      run: () => new Promise<never>((_, reject) => setTimeout(() => reject(new Error('connection lost')), 5)),
    };
    await expect(runInSessions(sessions, [victim, crash], () => {})).rejects.toThrow('disk full');
  });
});
