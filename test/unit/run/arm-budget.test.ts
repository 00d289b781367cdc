import { describe, expect, it } from 'vitest';
import type { ArmKind } from '../../../harness/domain/proof.ts';
import { armBudget, dealArms } from '../../../harness/run/arm-budget.ts';
import type { PlannedArm } from '../../../harness/run/proof-arms.ts';

const arm = (variant: string, name: string, kind: ArmKind): PlannedArm => ({
  ...{ variant, name, kind, patches: [], size: 'small' },
});
const flawed = arm('one', 'flawed', 'flawed');
const solution = arm('one', 'solution', 'solution');
const decoys = ['a', 'b', 'c', 'd', 'e'].map((name) => arm('one', name, 'decoy'));
const sibling = [arm('other', 'flawed', 'flawed'), arm('other', 'solution', 'solution')];
const planned = [flawed, solution, ...decoys, ...sibling];

/** The names of those that are played when each takes ten seconds. */
function playedWithin(seconds?: number): readonly string[] {
  let now = 0;
  const budget = armBudget(planned, seconds, () => now);
  const played = planned.filter((each) => {
    if (!budget.hasTimeFor(each)) return false;
    budget.begin(each);
    now += 10_000;
    return true;
  });
  return played.map(({ name }) => name);
}

describe('the time of a proof', () => {
  it('is enough for all without a limit, and with a limit that is as long as they take', () => {
    const all = planned.map(({ name }) => name);
    expect(playedWithin()).toEqual(all);
    expect(playedWithin(90)).toEqual(all);
  });

  it('is kept for the app as handed out and the solution of the variants that come later', () => {
    expect(playedWithin(60)).toEqual(['flawed', 'solution', 'a', 'b', 'flawed', 'solution']);
  });

  it('always suffices for those', () => {
    expect(playedWithin(1)).toEqual(['flawed', 'solution', 'flawed', 'solution']);
  });
});

describe('the order of the arms', () => {
  it('begins each variant with the app as handed out and the solution, loses none, and stays for a day', () => {
    const dealt = dealArms(planned, 20_000);
    expect(dealt.slice(0, 2)).toEqual([flawed, solution]);
    expect(dealt.slice(-2)).toEqual(sibling);
    expect(new Set(dealt)).toEqual(new Set(planned));
    expect(dealArms(planned, 20_000)).toEqual(dealt);
  });

  it('lets every arm come last some day', () => {
    const days = Array.from({ length: 60 }, (_, day) => dealArms(planned, day)[6]);
    expect(new Set(days)).toEqual(new Set(decoys));
  });
});
