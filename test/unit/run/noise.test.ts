import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../harness/domain/fault.ts';
import type { JournalEntry } from '../../../harness/domain/journal.ts';
import type { Sandbox } from '../../../harness/domain/sandbox.ts';
import { startNoise } from '../../../harness/run/noise.ts';

const nowhere = {} as Sandbox;
const never = new AbortController().signal;

function world() {
  const written: JournalEntry[] = [];
  const ended: string[] = [];
  const write = (entry: JournalEntry) => {
    written.push(entry);
    return { ...entry, seq: written.length, at: '2026-11-25T08:00:00.000Z' };
  };
  const journal = { file: '', write, follow: () => () => {}, close() {} };
  const oddity = (name: string, undo = async () => void ended.push(name)): Fault => ({
    name,
    summary: `${name} is there.`,
    inject: async () => ({ receipt: 'there', witness: async () => 'seen', undo }),
  });
  const told = () =>
    written.map((entry) => ('fault' in entry ? `${entry.type} ${entry.fault}` : 'problem' in entry && entry.problem));
  return { journal, oddity, ended, told };
}

describe('noise', () => {
  it('is there until it is stopped, the newest first, and stops once', async () => {
    const { journal, oddity, ended, told } = world();
    const noise = await startNoise([oddity('one'), oddity('two')], nowhere, journal, never);
    expect(told()).toEqual(['noise.started one', 'noise.started two']);
    expect(ended).toEqual([]);
    await noise.stop();
    await noise.stop();
    expect(ended).toEqual(['two', 'one']);
  });

  it('that can not be started or ended is noted, and keeps nothing from going on', async () => {
    const { journal, oddity, ended, told } = world();
    const broken: Fault = { ...oddity('broken'), inject: () => Promise.reject(new Error('no connection')) };
    const stuck = oddity('stuck', () => Promise.reject(new Error('gone')));
    const noise = await startNoise([broken, oddity('fine'), stuck], nowhere, journal, never);
    await noise.stop();
    expect(told()).toEqual([
      'noise broken: no connection',
      'noise.started fine',
      'noise.started stuck',
      'noise stuck went on: gone',
    ]);
    expect(ended).toEqual(['fine']);
  });
});
