import type { ArmKind, ProofArm, ProofResult } from './proof.ts';
import type { Figure } from './verdict.ts';

/** How far a repair and an app that fails lie apart in one figure that a check held against its bound. */
export interface Separation {
  readonly variant: string;
  /** The arm that fails: `flawed`, or a decoy. */
  readonly arm: string;
  readonly kind: ArmKind;
  readonly check: string;
  readonly label: string;
  readonly unit: string;
  readonly bound: number;
  readonly failing: number;
  /** The same figure of the reference solution. */
  readonly solved: number;
}

/** How many times apart the two are; infinite when one of them is nothing at all. */
export function factorOf({ failing, solved }: Pick<Separation, 'failing' | 'solved'>): number {
  return Math.max(failing, solved) / Math.min(failing, solved);
}

/** Less than this apart, and a busy machine may decide. */
export const WANTED_FACTOR = 5;

/**
 * What separated every failing arm from the solution, per check that caught it, widest apart first within an arm. Of a decoy only the check it names counts. Of repetitions the two count that lie
 * nearest to each other. A check without a bounded figure beyond its bound (for example one that counts timeouts instead of latencies) is not among them.
 */
export function separationsOf({ arms }: Pick<ProofResult, 'arms'>): readonly Separation[] {
  const failing = new Map<string, ProofArm[]>();
  for (const arm of arms.filter(({ expected, outcome }) => expected === 'fail' && outcome === 'fail')) {
    const key = `${arm.variant}/${arm.arm}`;
    failing.set(key, [...(failing.get(key) ?? []), arm]);
  }
  return [...failing.values()].flatMap((repetitions) => {
    const { variant } = repetitions[0]!;
    const solved = arms.filter((arm) => arm.variant === variant && arm.kind === 'solution' && arm.ok);
    return separationsOfArm(repetitions, solved);
  });
}

function separationsOfArm(failing: readonly ProofArm[], solved: readonly ProofArm[]): readonly Separation[] {
  const [{ variant, arm, kind, caughtBy, results }] = failing as [ProofArm];
  const checks = results.filter(({ check, outcome }) => outcome === 'fail' && (caughtBy ?? check) === check);
  const separations = checks.flatMap(({ check, figures }) => {
    const bounded = figures.filter((figure) => figure.bound !== undefined);
    const candidates = bounded.flatMap(({ label, unit, bound }): readonly Separation[] => {
      const bad = valuesOf(failing, check, label);
      const good = valuesOf(solved, check, label);
      const nearest = nearestTo(bound!, bad, good);
      if (nearest === undefined) return [];
      return [{ variant, arm, kind, check, label, unit, bound: bound!, ...nearest }];
    });
    return widest(candidates).slice(0, 1);
  });
  return widest(separations);
}

const widest = (separations: readonly Separation[]) => [...separations].sort((a, b) => factorOf(b) - factorOf(a));

function valuesOf(arms: readonly ProofArm[], check: string, label: string): readonly number[] {
  const figures = arms.flatMap(({ results }) => results.find((result) => result.check === check)?.figures ?? []);
  return figures.filter((figure: Figure) => figure.label === label).map(({ value }) => value);
}

/** The two of either side that lie nearest to each other, with the bound between them; undefined where it is not. */
function nearestTo(bound: number, bad: readonly number[], good: readonly number[]) {
  if (bad.length === 0 || good.length === 0) return undefined;
  const least = { bad: Math.min(...bad), good: Math.min(...good) };
  const most = { bad: Math.max(...bad), good: Math.max(...good) };
  if (least.bad > bound && most.good <= bound) return { failing: least.bad, solved: most.good };
  if (most.bad < bound && least.good >= bound) return { failing: most.bad, solved: least.good };
  return undefined;
}
