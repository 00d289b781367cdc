import { rootOf, type Span, statementOf, type Trace } from '../../domain/trace.ts';
import { formatNumber } from '../../reports/format.ts';
import { oneLine } from '../../reports/plain-text.ts';
import { textTable } from '../terminal/table.ts';

/** A trace in one row. */
export interface TraceSummary {
  readonly id: string;
  /** RFC 3339, UTC. */
  readonly at: string;
  /** Method and route template, for example `GET /v1/accounts/:id`. */
  readonly route: string;
  readonly status?: number;
  /** Until the answer, not until the last job was done. */
  readonly durationMs: number;
  readonly spans: number;
  readonly statements: number;
  /** Every process it passed through. */
  readonly processes: readonly string[];
}

/** As much of a trace's id as is shown in passing: enough to name it, and to find it in the logs. */
export const shortId = (id: string): string => id.slice(0, 16);

/** Undefined while its first span has not arrived. */
export function summariseTrace(trace: Trace): TraceSummary | undefined {
  const root: Span | undefined = rootOf(trace);
  if (root === undefined) return undefined;
  const status = root.attributes['http.response.status_code'];
  return {
    id: trace.id,
    at: new Date(root.startMs).toISOString(),
    route: root.name,
    ...(typeof status === 'number' && { status }),
    durationMs: root.durationMs,
    spans: trace.spans.length + trace.dropped,
    statements: trace.spans.filter((span) => statementOf(span) !== undefined).length,
    processes: [...new Set(trace.spans.map(({ process }) => process))],
  };
}

/** One line per trace, in the order given. */
export function traceTable(traces: readonly TraceSummary[]): string {
  return textTable(
    [
      { title: 'Began' },
      { title: 'Request' },
      { title: 'Status', align: 'right' },
      { title: 'ms', align: 'right' },
      { title: 'Statements', align: 'right' },
      { title: 'Processes' },
      { title: 'Trace' },
    ],
    traces.map(({ id, at, route, status, durationMs, statements, processes }) => [
      at.slice(11, 23),
      oneLine(route, 50),
      status === undefined ? '' : String(status),
      formatNumber(durationMs),
      String(statements),
      processes.map((process) => oneLine(process)).join(' '),
      shortId(id),
    ]),
  );
}
