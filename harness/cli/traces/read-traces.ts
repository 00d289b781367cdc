import { join } from 'node:path';
import { usageError } from '../../domain/errors.ts';
import type { Trace } from '../../domain/trace.ts';
import { readJournal } from '../../run/journal.ts';
import { recordedTraces } from '../../run/recorded-traces.ts';
import type { FoundRun } from '../runs/find-run.ts';

/** The traces kept of a run, oldest first, also while it is running. Throws `NOT_TRACED`, `TRACES_ELSEWHERE`, `NO_TRACES`. */
export function readTraces({ run, directory }: FoundRun): readonly Trace[] {
  const tracing = readJournal(join(directory, 'events.jsonl')).find((event) => event.type === 'tracing.started');
  if (tracing === undefined) {
    throw usageError('NOT_TRACED', `The run ${run} was not traced.`, 'traces are kept of game days: gameday play');
  }
  if (!tracing.kept) {
    throw usageError(
      'TRACES_ELSEWHERE',
      `The app of ${run} sent its traces to ${tracing.endpoint}, as OTEL_EXPORTER_OTLP_ENDPOINT asked for.`,
      'look there; without that variable, gameday play keeps them itself',
    );
  }
  const traces = recordedTraces(directory);
  if (traces.length > 0) return traces;
  throw usageError(
    'NO_TRACES',
    `No trace of ${run} has arrived: ${describeShare(tracing.share)} is traced, and shown some seconds later.`,
    'try again while load flows: gameday status',
  );
}

/** The trace whose id begins like this. Throws `TRACE_UNKNOWN`. */
export function findTrace(traces: readonly Trace[], id: string): Trace {
  const found = traces.filter((trace) => trace.id.startsWith(id.toLowerCase()));
  if (found.length === 1) return found[0]!;
  if (found.length > 1) {
    const candidates = found.slice(0, 3).map((trace) => trace.id);
    throw usageError(
      'TRACE_UNKNOWN',
      `${found.length} traces begin with "${id}".`,
      `for example ${candidates.join(', ')}`,
    );
  }
  throw usageError(
    'TRACE_UNKNOWN',
    `There is no trace "${id}". The newest and the slowest of each route are kept.`,
    'gameday traces, gameday traces --slowest',
  );
}

function describeShare(share: number): string {
  return share >= 1 ? 'every request' : `one request in ${Math.round(1 / share)}`;
}
