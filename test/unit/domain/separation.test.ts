import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../../harness/domain/kept-proof.ts';
import type { ArmKind, ProofArm } from '../../../harness/domain/proof.ts';
import { proofWarnings } from '../../../harness/domain/proof-warnings.ts';
import { factorOf, separationsOf } from '../../../harness/domain/separation.ts';
import { unbrokenChecks } from '../../../harness/domain/unbroken-checks.ts';
import type { CheckResult } from '../../../harness/domain/verdict.ts';

function result(check: string, value: number, bound: number, outcome: 'pass' | 'fail', label = check): CheckResult {
  return { check, claim: '', outcome, summary: '', figures: [{ label, value, bound, unit: 'ms' }] };
}

function arm(kind: ArmKind, name: string, results: readonly CheckResult[], more: Partial<ProofArm> = {}): ProofArm {
  const expected = kind === 'flawed' || kind === 'decoy' ? 'fail' : 'pass';
  return {
    variant: 'v',
    arm: name,
    kind,
    expected,
    outcome: expected,
    results,
    reasons: [],
    seconds: 1,
    ok: true,
    ...more,
  };
}

const solved = arm('solution', 'solution', [result('fast', 50, 500, 'pass'), result('once', 0, 0, 'pass')]);
const flawed = arm('flawed', 'flawed', [result('fast', 5_000, 500, 'fail'), result('once', 12, 0, 'fail')]);
const proofOf = (...arms: readonly ProofArm[]) => ({ scenario: 's', arms, ok: true });
const warningsOf = (...arms: readonly ProofArm[]) => proofWarnings(findingsOf(proofOf(...arms)));

describe('separationsOf', () => {
  it('is as many times as the figures lie apart, widest first; nothing at all is infinitely far', () => {
    expect(separationsOf(proofOf(flawed, solved))).toMatchObject([
      { arm: 'flawed', check: 'once', failing: 12, solved: 0 },
      { arm: 'flawed', check: 'fast', failing: 5_000, bound: 500, solved: 50 },
    ]);
    expect(separationsOf(proofOf(flawed, solved)).map(factorOf)).toEqual([Number.POSITIVE_INFINITY, 100]);
  });

  it('of a decoy it looks at the check that must catch it only', () => {
    const decoy = arm('decoy', 'patience', flawed.results, { caughtBy: 'fast' });
    expect(separationsOf(proofOf(decoy, solved)).map(({ check }) => check)).toEqual(['fast']);
  });

  it('of repetitions it takes those nearest to each other', () => {
    const again = arm('flawed', 'flawed', [result('fast', 900, 500, 'fail')]);
    const slower = arm('solution', 'solution', [result('fast', 300, 500, 'pass')]);
    expect(separationsOf(proofOf(flawed, solved, again, slower))).toContainEqual(
      expect.objectContaining({ check: 'fast', failing: 900, solved: 300 }),
    );
  });

  it('works the other way round, where more is better', () => {
    const few = arm('flawed', 'flawed', [result('hits', 10, 80, 'fail')]);
    const many = arm('solution', 'solution', [result('hits', 90, 80, 'pass')]);
    expect(separationsOf(proofOf(few, many))).toMatchObject([{ failing: 10, solved: 90 }]);
    expect(separationsOf(proofOf(few, many)).map(factorOf)).toEqual([9]);
  });

  it('has nothing to say of a figure that did not decide', () => {
    const timedOut = arm('flawed', 'flawed', [result('fast', 3, 500, 'fail')]);
    expect(separationsOf(proofOf(timedOut, solved))).toEqual([]);
    expect(separationsOf(proofOf(flawed))).toEqual([]);
  });
});

describe('unbrokenChecks', () => {
  it('are those that the solution was held against and nothing failed by, whoever was meant to', () => {
    const guarded = arm('solution', 'solution', [...solved.results, result('same', 0, 0, 'pass')]);
    const once = arm('decoy', 'once', [result('once', 3, 0, 'fail')], { caughtBy: 'fast' });
    expect(unbrokenChecks([once, guarded, guarded])).toEqual(['fast', 'same']);
    expect(unbrokenChecks([flawed, guarded])).toEqual(['same']);
    expect(unbrokenChecks([flawed])).toEqual([]);
  });
});

describe('proofWarnings', () => {
  const decoys = ['a', 'b', 'c'].map((name) => arm('decoy', name, flawed.results, { caughtBy: 'fast' }));
  const accepted = ['all solutions', 'd', 'e'].map((name) => arm('accepted', name, solved.results));

  it('is silent when everything is there and far enough apart', () => {
    expect(warningsOf(flawed, solved, ...decoys, ...accepted)).toEqual([]);
  });

  it('tells of an arm that nothing separates by five times, once', () => {
    const close = arm('flawed', 'flawed', [result('fast', 600, 500, 'fail')]);
    const slower = arm('solution', 'solution', [result('fast', 300, 500, 'pass')]);
    expect(warningsOf(close, close, slower, ...decoys, ...accepted)).toEqual([
      'v / flawed: fast separates it by 2.0x only (wanted: 5x)',
    ]);
  });

  it('counts decoys and accepted fixes by name', () => {
    expect(warningsOf(flawed, solved, decoys[0]!, decoys[0]!, accepted[0]!)).toEqual([
      '1 decoys (wanted: 3)',
      '0 accepted fixes (wanted: 2)',
    ]);
  });

  it('tells of a proof that nobody waits for; what is played again counts once', () => {
    const slow = arm('solution', 'solution', solved.results, { seconds: 180 });
    expect(warningsOf(flawed, slow, slow, ...decoys, ...accepted)).toEqual(['it takes 187 s (wanted: 180 s at most)']);
  });
});
