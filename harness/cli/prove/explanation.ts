import { findingsOf } from '../../domain/kept-proof.ts';
import type { ProofResult } from '../../domain/proof.ts';
import { proofWarnings } from '../../domain/proof-warnings.ts';
import { factorOf, WANTED_FACTOR } from '../../domain/separation.ts';
import { unbrokenChecks } from '../../domain/unbroken-checks.ts';
import { formatFactor, formatNumber, outcomeSigns } from '../../reports/format.ts';
import type { Paint } from '../terminal/paint.ts';
import { textTable } from '../terminal/table.ts';

/**
 * Which check separated which failing arm from the solution, and by what factor; what no arm failed by; and what is too close or missing. Where only the app as
 * handed out was played, what each check measured: its author looks for the load.
 */
export function explanation(proof: ProofResult, paint: Paint): string {
  return proof.arms.every(({ kind }) => kind === 'flawed') ? measured(proof) : separated(proof, paint);
}

function measured({ arms }: ProofResult): string {
  const rows = arms.flatMap(({ variant, results }) =>
    results.map(({ check, outcome, summary }) => [`${outcomeSigns[outcome]} ${outcome}`, variant, check, summary]),
  );
  return textTable([{ title: 'Outcome' }, { title: 'Variant' }, { title: 'Check' }, { title: 'Measured' }], rows);
}

function separated(proof: ProofResult, paint: Paint): string {
  const findings = findingsOf(proof);
  const rows = findings.separations.map((separation) => {
    const { variant, arm, check, label, unit, bound, failing, solved } = separation;
    const factor = factorOf(separation);
    const apart = factor < WANTED_FACTOR ? paint('yellow', formatFactor(factor)) : formatFactor(factor);
    return [variant, arm, check, label, formatNumber(failing), formatNumber(bound), formatNumber(solved), unit, apart];
  });
  const right = { align: 'right' } as const;
  const table = textTable(
    [
      { title: 'Variant' },
      { title: 'Arm' },
      { title: 'Check' },
      { title: 'Figure' },
      { title: 'Fails with', ...right },
      { title: 'Bound', ...right },
      { title: 'Solved', ...right },
      { title: 'Unit' },
      { title: 'Apart', ...right },
    ],
    rows,
  );
  const warnings = proofWarnings(findings).map((warning) => `${paint('yellow', '!')} ${warning}`);
  return [table, ...unbroken(proof), ...warnings].join('\n');
}

/** An objective is there for one way of going wrong; its author knows best whether an arm should go that way. */
function unbroken({ arms }: ProofResult): readonly string[] {
  const checks = unbrokenChecks(arms);
  return checks.length === 0 ? [] : [`No arm failed by: ${checks.join(', ')}`];
}
