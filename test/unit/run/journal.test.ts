import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalEvent } from '../../../harness/domain/journal.ts';
import { removeTemporaryDirectory, temporaryDirectory } from '../../../harness/platform/files.ts';
import { createJournal, readJournal } from '../../../harness/run/journal.ts';

let directory: string;
let file: string;
beforeEach(() => {
  directory = temporaryDirectory('journal-test');
  file = join(directory, 'run', 'events.jsonl');
});
afterEach(() => removeTemporaryDirectory(directory));

const note = (text: string) => ({ type: 'note.added', text }) as const;
const texts = (events: readonly JournalEvent[]) => events.map((event) => ('text' in event ? event.text : event.type));

describe('the journal', () => {
  it('gives back what was written, numbered from 1 and dated in UTC, while it is still open', () => {
    const journal = createJournal(file);
    const written = [journal.write(note('line\nbreak, ünïcode')), journal.write({ type: 'submitted' })];
    expect(readJournal(file)).toEqual(written);
    expect(written.map((event) => event.seq)).toEqual([1, 2]);
    for (const { at } of written) expect(new Date(at).toISOString()).toBe(at);
    journal.close();
    journal.close();
  });

  it('has the event on file before a listener hears of it, and tells nobody who stopped following', () => {
    const journal = createJournal(file);
    const heard: number[] = [];
    const stop = journal.follow((event) => {
      expect(readJournal(file).at(-1)).toEqual(event);
      heard.push(event.seq);
    });
    journal.write(note('a'));
    stop();
    journal.write(note('b'));
    expect(heard).toEqual([1]);
    journal.close();
  });

  it('refuses to acknowledge what it can no longer write', () => {
    const journal = createJournal(file);
    journal.close();
    expect(() => journal.write(note('late'))).toThrow();
  });

  it('leaves out a torn last line and continues after the last whole one', () => {
    const before = createJournal(file);
    before.write(note('a'));
    before.write(note('b'));
    before.close();
    appendFileSync(file, '{"seq":3,"at":"2026-01-01T00:00:00.000Z","type":"note.added","te');
    expect(texts(readJournal(file))).toEqual(['a', 'b']);
    const after = createJournal(file);
    expect(after.write(note('c')).seq).toBe(3);
    after.close();
    expect(texts(readJournal(file))).toEqual(['a', 'b', 'c']);
    expect(readFileSync(file, 'utf8').endsWith('\n')).toBe(true);
  });

  it('survives being cut at any byte', () => {
    const journal = createJournal(file);
    for (const text of ['a', 'é', 'c']) journal.write(note(text));
    journal.close();
    const whole = readFileSync(file);
    for (let length = 0; length <= whole.length; length++) {
      writeFileSync(file, whole.subarray(0, length));
      const lines = whole.subarray(0, length).filter((byte) => byte === 10).length;
      expect(texts(readJournal(file))).toEqual(['a', 'é', 'c'].slice(0, lines));
    }
  });

  it('says where it is damaged or that it is missing', () => {
    expect(() => readJournal(file)).toThrow(expect.objectContaining({ code: 'JOURNAL_UNREADABLE' }));
    createJournal(file).close();
    writeFileSync(file, '{"seq":1}\nnonsense\n{"seq":2}\n');
    expect(() => readJournal(file)).toThrow(/Line 2/);
  });
});
