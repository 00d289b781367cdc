import type { ProofArm, ProofResult } from '../../harness/domain/proof.ts';

const arm = (
  kind: ProofArm['kind'],
  name: string,
  expected: ProofArm['expected'],
  more: Partial<ProofArm> = {},
): ProofArm => ({
  variant: 'accounts',
  arm: name,
  kind,
  expected,
  outcome: expected,
  reasons: [],
  results: [
    {
      check: 'p95-under',
      claim: 'p95 is under 300 ms',
      outcome: expected,
      summary: 'p95 481 ms',
      figures: [{ label: 'p95', value: 481.2, bound: 300, unit: 'ms' }],
    },
    {
      check: 'same-responses',
      claim: 'same answers',
      outcome: 'pass',
      summary: 'all 12 answers are the same',
      figures: [],
    },
  ],
  seconds: 24.1,
  ok: true,
  ...more,
});

/** A proof in which everything that can go wrong went wrong once. */
export const proof: ProofResult = {
  scenario: 'slow-list',
  ok: false,
  leftOut: [{ variant: 'accounts', arm: 'cursor', kind: 'accepted' }],
  arms: [
    arm('flawed', 'flawed', 'fail'),
    arm('solution', 'solution', 'pass'),
    arm('accepted', 'dataloader', 'pass', {
      outcome: 'inconclusive',
      ok: false,
      results: [],
      reasons: ['the load engine sent nothing & gave up'],
    }),
    arm('decoy', 'bigger-pool', 'fail', { caughtBy: 'p95-under' }),
    arm('decoy', 'empty-page', 'fail', { caughtBy: 'same-responses', ok: false }),
    arm('decoy', 'lean-page', 'fail', { caughtBy: 'p95-under', withoutLoad: true, seconds: 2 }),
    arm('harmless', 'flawed at small', 'pass', { outcome: 'fail', ok: false }),
  ],
};
