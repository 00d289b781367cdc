import type { CompanySize } from './company.ts';

/** One figure of a check, for one version of the app with so much data. */
export interface CurvePoint {
  readonly size: CompanySize;
  /** `flawed`: the app as handed out. */
  readonly arm: 'flawed' | 'solution';
  readonly check: string;
  readonly claim: string;
  /** What was measured; or why the app as handed out got so slow that there is no figure any more. */
  readonly measured:
    | { readonly label: string; readonly unit: string; readonly value: number; readonly bound: number }
    | { readonly beyond: string };
}

/** How figures of a scenario grow with the data, with the same load at every size. */
export interface Curve {
  readonly scenario: string;
  readonly variant: string;
  /** Day, for example `2026-11-25`. */
  readonly measuredOn: string;
  readonly machine: string;
  readonly points: readonly CurvePoint[];
}

/** The points of each check, in the order in which they were measured. */
export function pointsByCheck({ points }: Curve): readonly (readonly CurvePoint[])[] {
  const checks = [...new Set(points.map(({ check }) => check))];
  return checks.map((check) => points.filter((point) => point.check === check));
}
