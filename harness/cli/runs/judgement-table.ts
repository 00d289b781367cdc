import type { CheckResult, Outcome } from '../../domain/verdict.ts';
import { outcomeSigns } from '../../reports/format.ts';
import { oneLine } from '../../reports/plain-text.ts';
import type { Paint } from '../terminal/paint.ts';
import { textTable } from '../terminal/table.ts';

const styles = { pass: 'green', fail: 'red', inconclusive: 'yellow' } as const;

/** An outcome with its sign, coloured. */
export function paintOutcome(outcome: Outcome, paint: Paint): string {
  return paint(styles[outcome], `${outcomeSigns[outcome]} ${outcome}`);
}

/** Verdict per check, one line each. */
export function judgementTable(results: readonly CheckResult[], paint: Paint, width: number): string {
  const nameWidth = Math.max(5, ...results.map(({ check }) => check.length));
  return textTable(
    [{ title: 'Outcome' }, { title: 'Check' }, { title: 'Measured', max: Math.max(30, width - nameWidth - 20) }],
    results.map(({ check, outcome, summary }) => [paintOutcome(outcome, paint), check, oneLine(summary)]),
  );
}
