import type { ProofArm } from '../../domain/proof.ts';
import { formatDuration } from '../../reports/format.ts';
import { plainText } from '../../reports/plain-text.ts';
import { unsteadiness, whyNot } from './proof-table.ts';

/** How an arm came out, as is said when it has been played. */
export function armLine(arm: ProofArm): string {
  return `${arm.ok ? '✔' : '✘'} ${arm.variant} / ${arm.arm}: ${arm.outcome} after ${formatDuration(arm.seconds * 1000)}${arm.ok ? '' : `; ${whyNot(arm)}`}${unsteadiness(arm)}`;
}

/**
 * The line about an arm in what another process says of the proof that it plays, without what is left there: it does not know of the others. Undefined when the line is about
 * something else.
 */
export function armLineIn(line: string): string | undefined {
  return /^ +([✔✘] .*?)(?: \d+\/\d+(?:, (?:about [^,;]* left|time is up))?)?$/.exec(plainText(line))?.[1];
}
