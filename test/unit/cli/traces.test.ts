import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findTrace, readTraces } from '../../../harness/cli/traces/read-traces.ts';
import { selectTraces } from '../../../harness/cli/traces/select-traces.ts';
import type { JournalEntry } from '../../../harness/domain/journal.ts';
import { createJournal } from '../../../harness/run/journal.ts';
import { exampleTrace } from '../../support/example-trace.ts';
import { temporaryRuns } from '../../support/fake-game-day.ts';
import { span } from '../../support/spans.ts';

let runs: ReturnType<typeof temporaryRuns>;
beforeEach(() => {
  runs = temporaryRuns();
});
afterEach(() => runs.remove());

const tracing = { type: 'tracing.started', endpoint: 'http://127.0.0.1:4318', kept: true, share: 0.1 } as const;

function runWith(...entries: readonly JournalEntry[]) {
  const directory = join(runs.runs, 'a-run');
  mkdirSync(directory);
  const journal = createJournal(join(directory, 'events.jsonl'));
  for (const entry of entries) journal.write(entry);
  journal.close();
  return { run: 'a-run', directory };
}

describe('the traces of a run', () => {
  it('are read while they are kept', () => {
    const run = runWith(tracing);
    writeFileSync(join(run.directory, 'traces.jsonl'), `${JSON.stringify(exampleTrace)}\n`);
    expect(readTraces(run)).toEqual([exampleTrace]);
    appendFileSync(join(run.directory, 'traces.jsonl'), `${JSON.stringify({ ...exampleTrace, id: 'f'.repeat(32) })}\n`);
    expect(readTraces(run)).toHaveLength(2);
  });

  it.each([
    ['none arrived yet', [tracing], 'NO_TRACES', 'one request in 10'],
    ['the run was not traced', [], 'NOT_TRACED', 'a-run'],
    [
      'the user has them sent elsewhere',
      [{ ...tracing, kept: false, endpoint: 'https://otel.example:4318' }],
      'TRACES_ELSEWHERE',
      'https://otel.example:4318',
    ],
  ] as const)('say so when %s', (_, entries, code, words) => {
    const run = runWith(...entries);
    expect(() => readTraces(run)).toThrowError(
      expect.objectContaining({ code, message: expect.stringContaining(words), exitCode: 2 }),
    );
  });

  it('are found by how their id begins', () => {
    const other = { ...exampleTrace, id: `4bf0${'0'.repeat(28)}` };
    expect(findTrace([other, exampleTrace], '4BF9')).toBe(exampleTrace);
    for (const id of ['4bf', 'ffff'])
      expect(() => findTrace([other, exampleTrace], id)).toThrowError(
        expect.objectContaining({ code: 'TRACE_UNKNOWN' }),
      );
  });
});

describe('a list of traces', () => {
  const trace = (id: string, name: string, startMs: number, durationMs: number) => ({
    id,
    dropped: 0,
    spans: [span({ id: `root-${id}`, name, startMs, durationMs, kind: 'server' })],
  });
  const traces = [
    trace('1', 'GET /v1/me', 1_000, 5),
    trace('2', 'GET /v1/accounts', 2_000, 900),
    trace('3', 'GET /v1/accounts', 3_000, 80),
    { id: '4', dropped: 0, spans: [span({ parent: 'not arrived' })] },
  ];
  const ids = (wishes: Parameters<typeof selectTraces>[1]) => selectTraces(traces, wishes).map(({ id }) => id);

  it('has the newest first, or the slowest, of all routes or of one', () => {
    expect(ids({})).toEqual(['3', '2', '1']);
    expect(ids({ slowest: true })).toEqual(['2', '3', '1']);
    expect(ids({ route: 'get /V1/acc' })).toEqual(['3', '2']);
  });

  it('names the routes there are when none fits', () => {
    expect(() => ids({ route: 'orders' })).toThrowError(
      expect.objectContaining({ code: 'ROUTE_UNKNOWN', hint: expect.stringContaining('GET /v1/accounts, GET /v1/me') }),
    );
  });
});
