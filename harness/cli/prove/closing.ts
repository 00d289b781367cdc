import type { ProofArm, ProofResult } from '../../domain/proof.ts';
import type { Paint } from '../terminal/paint.ts';
import { unsteadiness, whyNot } from './proof-table.ts';

/**
 * What stands last after the proofs of several scenarios: how many arms came out as they should, and each that did not or whose plays did not agree, for of a long log
 * often only the end is kept. Nothing for one scenario, whose table tells.
 */
export function closing(proofs: readonly ProofResult[], paint: Paint): string | undefined {
  if (proofs.length < 2) return undefined;
  const arms = proofs.flatMap(({ scenario, arms }) => arms.map((arm) => ({ scenario, ...arm })));
  const wrong = arms.filter(({ ok }) => !ok);
  const right = `${arms.length - wrong.length} of ${arms.length} arms of ${proofs.length} scenarios came out as they should.`;
  const leftOut = proofs.flatMap((proof) => proof.leftOut ?? []).length;
  const untried = leftOut === 0 ? '' : ` There was no time for ${leftOut} more.`;
  return [
    ...wrong.map((arm) => `${paint('red', '✘')} ${named(arm)}: ${whyNot(arm)}`),
    ...arms
      .filter(({ ok, unsteady }) => ok && unsteady !== undefined)
      .map((arm) => `${paint('yellow', '!')} ${named(arm)}: ${arm.outcome}${unsteadiness(arm)}`),
    `${wrong.length === 0 ? paint('green', '✔') : paint('red', '✘')} ${right}${untried}`,
  ].join('\n');
}

const named = ({ scenario, variant, arm }: ProofArm & { readonly scenario: string }) =>
  `${scenario} / ${variant} / ${arm}`;
