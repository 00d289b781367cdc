import { describe, expect, it } from 'vitest';
import { findScenario } from '../../harness/run/catalogue.ts';
import { proveScenario } from '../../harness/run/prove.ts';

const never = new AbortController().signal;

/** The short proof that every contributor runs; all arms, variants and scenarios are proven by `npm run prove`. */
describe('the proof of', () => {
  // Once more when the machine was too busy to tell: an inconclusive arm is nobody's defect, two in a row are.
  it.each(['slow-account-list'])(
    '%s: handed out it fails, with the reference solution it passes',
    { timeout: 240_000, retry: 1 },
    async (id) => {
      const scenario = await findScenario(id);
      const proof = await proveScenario(scenario, {
        variants: scenario.variants.slice(0, 1),
        arms: ['solution'],
        signal: never,
      });
      const told = proof.arms.map(({ arm, outcome, reasons }) => `${arm}: ${outcome} ${reasons.join('; ')}`.trim());
      expect(told).toEqual(['flawed: fail', 'solution: pass']);
    },
  );
});
