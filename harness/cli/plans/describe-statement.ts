import type { SlowStatement } from '../../meters/plan-log.ts';
import { formatNumber } from '../../reports/format.ts';
import { oneLine } from '../../reports/plain-text.ts';
import { describePlan } from '../runs/describe-plan.ts';
import type { Paint } from '../terminal/paint.ts';
import { shortId } from '../traces/trace-table.ts';

/** A slow statement with its slowest plan, and the trace to look at. */
export function describeStatement({ slowest, traced, logged }: SlowStatement, paint: Paint): string {
  const facts = [
    `${formatNumber(slowest.durationMs)} ms`,
    `logged ${logged === 1 ? 'once' : `${formatNumber(logged)} times`}`,
  ];
  const link = traced?.traceId === undefined ? '' : traceLink(traced.traceId, traced.durationMs, paint);
  return `${paint('bold', facts.join(', '))}${link}\n${oneLine(slowest.query)}\n${indented(describePlan(slowest.plan, paint))}`;
}

function traceLink(id: string, durationMs: number, paint: Paint): string {
  return paint('dim', `   ${formatNumber(durationMs)} ms of trace ${shortId(id)}`);
}

/** A plan below what it belongs to. */
export function indented(plan: string): string {
  return plan.replace(/^/gm, '    ');
}
