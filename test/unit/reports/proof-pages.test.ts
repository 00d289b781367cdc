import { expect, it } from 'vitest';
import { keepProof } from '../../../harness/domain/kept-proof.ts';
import type { ProofArm } from '../../../harness/domain/proof.ts';
import { renderCatalogue, renderProofs } from '../../../harness/reports/proof-pages.ts';
import { findScenario } from '../../../harness/run/catalogue.ts';

const arm = (kind: 'flawed' | 'solution', value: number): ProofArm => {
  const outcome = kind === 'flawed' ? 'fail' : 'pass';
  const figures = [{ label: 'p95', value, bound: 500, unit: 'ms' }];
  const results = [{ check: 'fast', claim: '', outcome, summary: '', figures } as const];
  return { variant: 'v', arm: kind, kind, expected: outcome, outcome, results, reasons: [], seconds: 20, ok: true };
};
const proof = keepProof(
  { scenario: 'slow-account-list', arms: [arm('flawed', 4_000), arm('solution', 40)], ok: true },
  { provenOn: '2026-11-25', machine: '2 cores' },
);

it('the page about the catalogue says what is behind a scenario, and when it was proven', async () => {
  const scenario = await findScenario('slow-account-list');
  expect(renderCatalogue([{ scenario, proof }])).toMatch(
    /\| \[slow-account-list\].* \| mid \| 60 \| .*N\+1 queries in a list endpoint.* \| 2026-11-25 \|/,
  );
  expect(renderCatalogue([{ scenario, proof: undefined }])).toContain('| not yet |');
});

it('the page about the proofs says what lies between an arm that fails and the solution', async () => {
  const page = renderProofs([{ scenario: await findScenario('slow-account-list'), proof }]);
  expect(page).toContain('## slow-account-list\n\n2026-11-25, 2 cores: 2 arms in 40 s. Passed: solution.');
  expect(page).toContain('| v | flawed | fast | p95 (ms) | 4,000 | 500 | 40 | 100x |');
});

it('of several rounds the pages say how many there were, and the figures are the nearest of them', async () => {
  const arms = [arm('flawed', 4_000), arm('solution', 40), arm('flawed', 2_000), arm('solution', 100)];
  const repeated = keepProof(
    { scenario: 'slow-account-list', arms, ok: true },
    { provenOn: '2026-11-27', machine: '2 cores' },
  );
  const proven = [{ scenario: await findScenario('slow-account-list'), proof: repeated }];
  expect(renderCatalogue(proven)).toContain('| 2026-11-27, 2 rounds |');
  expect(renderProofs(proven)).toContain('2026-11-27, 2 cores: 2 arms in 40 s, 2 rounds that agree. Passed: solution.');
  expect(renderProofs(proven)).toContain('| 2,000 | 500 | 100 | 20x |');
});

it('of arms that were played beside each other the page says how many at a time, and how long that took', async () => {
  const arms = [arm('flawed', 4_000), arm('solution', 40)];
  const beside = keepProof(
    { scenario: 'slow-account-list', arms, ok: true, atATime: 2 },
    { provenOn: '2026-11-27', machine: '2 cores' },
  );
  const page = renderProofs([{ scenario: await findScenario('slow-account-list'), proof: beside }]);
  expect(page).toContain('2 arms in 20 s, 2 at a time. Passed: solution.');
});
