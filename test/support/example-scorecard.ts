import type { GradedArm, Scorecard } from '../../harness/domain/scorecard.ts';
import type { CheckResult, Outcome } from '../../harness/domain/verdict.ts';

const result = (check: string, outcome: Outcome, value: number): CheckResult => ({
  check,
  claim: `claims of ${check}`,
  outcome,
  summary: `it was ${value} ms; the bound is 100 ms`,
  figures: [{ label: 'p95', value, bound: 100, unit: 'ms' }],
});

const arm = (name: GradedArm['arm'], outcome: Outcome, value: number): GradedArm => ({
  ...{ arm: name, plays: 1, agreeing: 1, outcome, reasons: [] },
  results: [result('list-p95', outcome, value)],
});

/** A graded submission with something of everything. */
export const exampleScorecard: Scorecard = {
  format: 1,
  candidate: 'ada-1',
  scenario: 'slow-account-list',
  title: 'The list that takes the morning',
  variant: 'accounts',
  run: '20261124-101500-slow-account-list',
  gradedAt: '2026-11-24T12:00:00.000Z',
  machine: '2 cores (Example), Node 20.20.2',
  isolation: 'own user',
  seed: 7,
  grade: 'fail',
  reasons: [],
  arms: [arm('flawed', 'fail', 3_000), arm('reference', 'pass', 20), arm('candidate', 'fail', 300)],
  changes: [{ path: 'src/accounts/service.ts', added: 12, removed: 3 }],
  concerns: ['src/api.ts:20 starts processes or threads'],
  diagnosis: {
    claims: [
      {
        section: 'Root cause',
        sentence: 'It takes 102 statements.',
        kind: 'survey',
        source: 'open list,before',
        quantity: { value: 102, unit: 'statements' },
        verdict: 'confirmed',
        why: '102 statements before the change',
        against: 'measured again',
      },
    ],
    uncited: [{ section: 'Symptom', sentence: 'p95 was 5 s.' }],
    empty: ['Prevention'],
    points: 8,
    of: 15,
  },
  answers: [
    {
      exercise: 'review-order-search',
      title: 'Search orders',
      inShort: '1 of 2 issues found, false alarms: 0.',
      findings: [
        {
          outcome: 'found',
          what: 'words-become-sql (critical)',
          means: 'A quote breaks it.',
          said: 'critical: bind it',
        },
        { outcome: 'missed', what: 'index-of-no-use (medium)', means: 'It only costs writes.', said: '' },
      ],
    },
  ],
  journey: {
    verdict: 'fail',
    deploys: 2,
    hints: 1,
    detectMs: 65_000,
    rollOut: { failed: 3, requests: 900, worstP95Ms: 1_200 },
  },
  facts: ['Each row of the page is looked up by a statement of its own.'],
  human: [
    {
      name: 'Diagnosis',
      anchors: { 1: 'Says that it is slow.', 3: 'Names the loop.', 5: 'Shows the loop in a trace.' },
    },
    { name: 'Repair', anchors: { 1: 'A larger pool.', 3: 'One query.', 5: 'One query for every caller.' } },
  ],
};
