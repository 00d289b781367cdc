import type { Evidence } from '../domain/evidence.ts';
import type { GradedArm } from '../domain/scorecard.ts';

/** A version of the app in a grade, and what was measured of it. */
export type MeasuredArm = readonly [arm: GradedArm['arm'], evidence: Evidence];

/** Those that were measured, in the order in which they are shown. */
export function measuredArms(evidence: Readonly<Partial<Record<GradedArm['arm'], Evidence>>>): readonly MeasuredArm[] {
  return (['flawed', 'reference', 'candidate'] as const).flatMap((arm): readonly MeasuredArm[] => {
    const one = evidence[arm];
    return one ? [[arm, one]] : [];
  });
}
