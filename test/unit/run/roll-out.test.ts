import { describe, expect, it } from 'vitest';
import { environmentError, usageError } from '../../../harness/domain/errors.ts';
import type { JournalEntry, JournalEvent } from '../../../harness/domain/journal.ts';
import type { SupervisedFleet } from '../../../harness/run/app-fleet.ts';
import type { AppBuild } from '../../../harness/run/build-app.ts';
import { rollOut } from '../../../harness/run/roll-out.ts';

const build = {} as AppBuild;

/** Rolls out to a fleet that behaves so; the signal of the migrations is at hand. */
function rolling(fleet: Partial<SupervisedFleet>, within = 60) {
  const written: JournalEntry[] = [];
  const journal = { write: (entry: JournalEntry) => written.push(entry) as unknown as JournalEvent } as never;
  const going: SupervisedFleet = { migrate: async () => ['0007_more.sql'], roll: async () => {}, ...fleet } as never;
  return { written, rolled: rollOut({ fleet: going, build, journal, within }, new AbortController().signal) };
}

describe('a roll-out', () => {
  it('migrates, replaces the processes, and tells how long it took', async () => {
    const { written, rolled } = rolling({});
    const record = await rolled;
    expect(record).toEqual({
      startedAt: expect.any(Number),
      endedAt: expect.any(Number),
      migrations: ['0007_more.sql'],
    });
    expect(written).toEqual([
      { type: 'roll-out.started' },
      { type: 'roll-out.ended', seconds: expect.any(Number), migrations: ['0007_more.sql'] },
    ]);
  });

  it.each([
    ['migrate', 'MIGRATION_FAILED', 'migrate'],
    ['roll', 'APP_UNHEALTHY', 'health'],
  ] as const)('that is refused by %s is the version’s own failure', async (step, code, stage) => {
    const { written, rolled } = rolling({
      [step]: async () => {
        throw usageError(code, 'it can not be done', 'Repair it.');
      },
    });
    expect((await rolled).refused).toEqual({ stage, problem: 'it can not be done' });
    expect(written.at(-1)).toMatchObject({ type: 'roll-out.ended', refused: { stage } });
  });

  it('whose migrations never end is refused, too', async () => {
    const { rolled } = rolling(
      {
        migrate: (_, signal) =>
          new Promise((_resolve, reject) => {
            signal?.addEventListener('abort', () => reject(usageError('MIGRATION_FAILED', 'ended', 'Repair it.')));
          }),
      },
      0.05,
    );
    expect((await rolled).refused?.stage).toBe('migrate');
  });

  it('that fails for another reason says nothing about the version', async () => {
    const { rolled } = rolling({
      roll: async () => {
        throw environmentError('APP_STOPPED', 'stopped');
      },
    });
    await expect(rolled).rejects.toMatchObject({ code: 'APP_STOPPED' });
  });
});
