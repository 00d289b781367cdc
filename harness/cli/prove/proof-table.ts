import type { ProofArm, ProofResult } from '../../domain/proof.ts';
import { formatDuration } from '../../reports/format.ts';
import { unexpected } from '../../reports/junit.ts';
import { oneLine } from '../../reports/plain-text.ts';
import type { Paint } from '../terminal/paint.ts';
import { textTable } from '../terminal/table.ts';

/** A proof as a table, an arm per line, with what decided it. */
export function proofTable({ scenario, arms, ok, leftOut = [] }: ProofResult, paint: Paint, width: number): string {
  const rows = arms.map((arm) => [
    arm.ok ? paint('green', '✔') : paint('red', '✘'),
    arm.variant,
    arm.kind,
    arm.arm,
    arm.outcome,
    formatDuration(arm.seconds * 1000),
    `${arm.ok ? decidedBy(arm) : whyNot(arm)}${unsteadiness(arm)}`,
  ]);
  const fixed = [1, 2, 3].reduce((sum, column) => sum + Math.max(7, ...rows.map((row) => row[column]!.length)) + 2, 30);
  const table = textTable(
    [
      { title: '' },
      { title: 'Variant' },
      { title: 'Kind' },
      { title: 'Arm' },
      { title: 'Outcome' },
      { title: 'Took', align: 'right' },
      { title: 'Decided by', max: Math.max(30, width - fixed) },
    ],
    rows,
  );
  const verdict = ok ? paint('green', '✔ proven') : paint('red', '✘ not proven');
  const rest = leftOut.map(({ variant, arm }) => `${variant} / ${arm}`).join(', ');
  const untried = leftOut.length === 0 ? '' : `\n${paint('yellow', '!')} there was no time for ${rest}`;
  return `${paint('bold', scenario)}  ${verdict}\n${table}${untried}`;
}

/** The checks that failed; for a decoy the one that had to comes first. */
function decidedBy(arm: ProofArm): string {
  const failed = arm.results.filter((result) => result.outcome === 'fail').map((result) => result.check);
  if (failed.length === 0) return `all ${arm.results.length} checks pass`;
  const ordered =
    arm.caughtBy === undefined ? failed : [arm.caughtBy, ...failed.filter((check) => check !== arm.caughtBy)];
  return `${ordered.join(', ')}${arm.withoutLoad ? ' (before the load)' : ''}`;
}

/** Why an arm did not come out as it should have. */
export function whyNot(arm: ProofArm): string {
  return oneLine([unexpected(arm), ...troubles(arm).slice(0, 3)].join('; '));
}

/** That the plays of an arm did not agree, and what was otherwise; nothing when they did. */
export function unsteadiness({ unsteady, expected }: ProofArm): string {
  if (unsteady === undefined) return '';
  const { right, of, otherwise } = unsteady;
  const why = expected === 'pass' ? troubles(otherwise).slice(0, 1) : [otherwise.outcome];
  return oneLine(`; only ${right} of ${of} plays came out so (${why.join()})`);
}

function troubles({ reasons, results }: Pick<ProofArm, 'reasons' | 'results'>): readonly string[] {
  const checks = results.filter((result) => result.outcome !== 'pass');
  return [...reasons, ...checks.map((result) => `${result.check}: ${result.summary}`)];
}
