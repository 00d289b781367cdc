import { describe, expect, it } from 'vitest';
import type { Fault, Injection } from '../../../harness/domain/fault.ts';
import type { Journal, JournalEntry } from '../../../harness/domain/journal.ts';
import type { Sandbox } from '../../../harness/domain/sandbox.ts';
import { directTimeline } from '../../../harness/run/director.ts';

const sandbox = {} as Sandbox;

function memoryJournal(): { readonly journal: Journal; readonly entries: JournalEntry[] } {
  const entries: JournalEntry[] = [];
  const journal: Journal = {
    file: '',
    write(entry) {
      entries.push(entry);
      return { ...entry, seq: entries.length, at: '' };
    },
    follow: () => () => {},
    close() {},
  };
  return { journal, entries };
}

function fault(name: string, log: string[], injection: Partial<Injection> = {}): Fault {
  return {
    name,
    summary: name,
    async inject() {
      log.push(`+${name}`);
      return {
        receipt: `${name} done`,
        witness: async () => `${name} seen`,
        undo: async () => {
          log.push(`-${name}`);
        },
        ...injection,
      };
    },
  };
}

const never = new AbortController().signal;

describe('directTimeline', () => {
  it('has the opening faults in force when it has opened, and takes everything back newest first', async () => {
    const log: string[] = [];
    const { journal } = memoryJournal();
    const timeline = [
      { at: 0, fault: fault('first', log) },
      { at: 0.05, fault: fault('second', log) },
    ];
    const direction = directTimeline(timeline, sandbox, journal, never);
    await direction.opened;
    expect(log).toEqual(['+first']);
    await new Promise((resolve) => setTimeout(resolve, 150));
    const records = await direction.close();
    expect(log).toEqual(['+first', '+second', '-second', '-first']);
    expect(records.map(({ receipt, witness }) => [receipt, witness])).toEqual([
      ['first done', 'first seen'],
      ['second done', 'second seen'],
    ]);
  });

  it('takes a fault back when its time is over', async () => {
    const log: string[] = [];
    const { journal, entries } = memoryJournal();
    const direction = directTimeline([{ at: 0, lasting: 0.05, fault: fault('short', log) }], sandbox, journal, never);
    await direction.opened;
    await expect.poll(() => log).toEqual(['+short', '-short']);
    await direction.close();
    expect(log).toEqual(['+short', '-short']);
    expect(entries.map((entry) => entry.type)).toEqual(['fault.injected', 'fault.witnessed', 'fault.undone']);
  });

  it('records a fault that cannot be injected and goes on with the others', async () => {
    const log: string[] = [];
    const { journal } = memoryJournal();
    const broken: Fault = { name: 'broken', summary: '', inject: () => Promise.reject(new Error('no such table')) };
    const direction = directTimeline(
      [
        { at: 0, fault: broken },
        { at: 0, fault: fault('other', log) },
      ],
      sandbox,
      journal,
      never,
    );
    await direction.opened;
    const records = await direction.close();
    expect(records.find((record) => record.name === 'broken')?.problem).toBe('no such table');
    expect(log).toEqual(['+other', '-other']);
  });

  it('leaves a fault that nobody sees without a witness', async () => {
    const { journal } = memoryJournal();
    const unseen = fault('unseen', [], { witness: async () => undefined });
    const direction = directTimeline([{ at: 0, fault: unseen }], sandbox, journal, never);
    await direction.opened;
    const [record] = await direction.close();
    expect(record?.receipt).toBe('unseen done');
    expect(record?.witness).toBeUndefined();
  });

  it('takes back what is in force when it is aborted', async () => {
    const log: string[] = [];
    const { journal } = memoryJournal();
    const abort = new AbortController();
    const direction = directTimeline(
      [
        { at: 0, fault: fault('running', log) },
        { at: 60, fault: fault('later', log) },
      ],
      sandbox,
      journal,
      abort.signal,
    );
    await direction.opened;
    abort.abort(new Error('stop'));
    await direction.close();
    expect(log).toEqual(['+running', '-running']);
  });

  it('does not look for what nobody sees any longer when it is aborted', async () => {
    const { journal } = memoryJournal();
    const abort = new AbortController();
    let looks = 0;
    const unseen = fault('unseen', [], {
      async witness() {
        looks += 1;
        return undefined;
      },
    });
    const direction = directTimeline([{ at: 0, fault: unseen }], sandbox, journal, abort.signal);
    await direction.opened;
    abort.abort(new Error('stop'));
    await direction.close();
    expect(looks).toBe(1);
  });

  it('keeps the findings of a fault and says when its undo failed', async () => {
    const { journal } = memoryJournal();
    const measured = fault('measured', [], {
      findings: () => ({ ms: [1, 2] }),
      undo: () => Promise.reject(new Error('gone')),
    });
    const direction = directTimeline([{ at: 0, fault: measured }], sandbox, journal, never);
    await direction.opened;
    const [record] = await direction.close();
    expect(record?.findings).toEqual({ ms: [1, 2] });
    expect(record?.problem).toContain('gone');
  });
});
