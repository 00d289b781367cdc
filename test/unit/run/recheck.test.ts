import { describe, expect, it } from 'vitest';
import { type PlayedArm, recheck } from '../../../harness/run/recheck.ts';
import { proof } from '../../support/proof.ts';

const [, solution] = proof.arms;
const played = (ok: boolean): PlayedArm => ({ result: { ...solution!, outcome: ok ? 'pass' : 'fail', ok } });

/** The first play came out otherwise, then it is played again. */
async function outcomeOf(...further: readonly boolean[]) {
  const left = [...further];
  const { result } = await recheck(played(false), async () => played(left.shift()!));
  return { ok: result.ok, outcome: result.outcome, right: result.unsteady?.right, left: left.length };
}

describe('an arm that came out otherwise', () => {
  it('is as it should be when two further plays say so, and unsteady', async () => {
    expect(await outcomeOf(true, true)).toEqual({ ok: true, outcome: 'pass', right: 2, left: 0 });
  });

  it('is not when only one does', async () => {
    expect(await outcomeOf(false, true)).toEqual({ ok: false, outcome: 'fail', right: 1, left: 0 });
    expect(await outcomeOf(true, false)).toEqual({ ok: false, outcome: 'fail', right: 1, left: 0 });
  });

  it('is steadily wrong when none does', async () => {
    expect(await outcomeOf(false, false)).toEqual({ ok: false, outcome: 'fail', right: undefined, left: 0 });
  });
});
