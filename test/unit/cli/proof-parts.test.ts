import { describe, expect, it } from 'vitest';
import { completeParts, joinParts, proofParts } from '../../../harness/cli/prove/proof-parts.ts';
import type { ArmKind, ProofArm, ProofResult } from '../../../harness/domain/proof.ts';
import { findScenario } from '../../../harness/run/catalogue.ts';

const scenario = await findScenario('search-leak');

const played = (variant: string, arm: string, ok = true): ProofArm => ({
  ...{ variant, arm, ok, results: [], reasons: [], seconds: 1 },
  kind: (arm === 'flawed' ? 'flawed' : 'solution') as ArmKind,
  expected: 'pass',
  outcome: ok ? 'pass' : 'fail',
});
const proof = (...arms: readonly ProofArm[]): ProofResult => ({
  scenario: 'search-leak',
  arms,
  ok: arms.every(({ ok }) => ok),
});

describe('the parts of a proof', () => {
  it('share the arms of the first variant, and leave its siblings together', async () => {
    const [one, other, siblings] = await proofParts(scenario, 2);
    expect(one?.variants).toEqual(['orders']);
    expect(siblings).toEqual({ scenario: 'search-leak', variants: ['people', 'products'], part: 3 });
    const [first, second] = [one?.arms ?? [], other?.arms ?? []];
    expect(Math.abs(first.length - second.length)).toBeLessThan(2);
    expect(new Set([...first, ...second]).size).toBe(first.length + second.length);
    expect([...first, ...second]).toContain('solution');
    expect([...first, ...second]).not.toContain('flawed');
  });

  it('are one where there is one hand, or less to do than hands', async () => {
    expect(await proofParts(scenario, 1)).toEqual([{ scenario: 'search-leak', variants: scenario.variants }]);
    expect(await proofParts(scenario, 2, ['people'], ['flawed'])).toEqual([
      { scenario: 'search-leak', variants: ['people'], arms: ['flawed'] },
    ]);
  });

  it('come together as soon as the last of a scenario is there', async () => {
    const parts = ['one', 'other', 'one'].map((id) => ({ scenario: id, variants: ['v'] }));
    async function* playing() {
      for (const { scenario } of parts) yield { ...proof(), scenario };
    }
    const together: string[] = [];
    for await (const ofOne of completeParts(playing(), parts))
      together.push(ofOne.map(({ scenario }) => scenario).join(' and '));
    expect(together).toEqual(['other', 'one and one']);
  });

  it('are joined in the order of a whole proof, the app as handed out once', async () => {
    const parts = [
      proof(played('people', 'flawed'), played('people', 'solution')),
      proof(played('orders', 'flawed'), played('orders', 'all solutions')),
      proof(played('orders', 'flawed'), played('orders', 'solution')),
    ];
    const joined = await joinParts(scenario, parts);
    expect(joined.arms.map(({ variant, arm }) => `${variant} ${arm}`)).toEqual([
      'orders flawed',
      'orders solution',
      'orders all solutions',
      'people flawed',
      'people solution',
    ]);
    expect(joined.ok).toBe(true);
  });

  it('show the app as handed out again where it came out otherwise', async () => {
    const parts = [proof(played('orders', 'flawed')), proof(played('orders', 'flawed', false))];
    const joined = await joinParts(scenario, parts);
    expect(joined.arms.map(({ ok }) => ok)).toEqual([true, false]);
    expect(joined.ok).toBe(false);
  });
});
