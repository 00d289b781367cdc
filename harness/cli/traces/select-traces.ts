import { usageError } from '../../domain/errors.ts';
import type { Trace } from '../../domain/trace.ts';
import { summariseTrace, type TraceSummary } from './trace-table.ts';

/** Traces in rows, newest or slowest first, of all routes or of those that contain a text, whatever the case. Throws `ROUTE_UNKNOWN`. */
export function selectTraces(
  traces: readonly Trace[],
  { route, slowest }: { readonly route?: string | undefined; readonly slowest?: boolean | undefined },
): readonly TraceSummary[] {
  const all = traces.map(summariseTrace).filter((summary) => summary !== undefined);
  const wanted = all.filter((summary) => summary.route.toLowerCase().includes((route ?? '').toLowerCase()));
  if (wanted.length === 0 && route !== undefined) {
    const known = [...new Set(all.map((summary) => summary.route))].sort();
    throw usageError('ROUTE_UNKNOWN', `No trace of a request like "${route}" is kept.`, `known: ${known.join(', ')}`);
  }
  return wanted.sort(slowest ? (a, b) => b.durationMs - a.durationMs : (a, b) => b.at.localeCompare(a.at));
}
