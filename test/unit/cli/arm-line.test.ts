import { describe, expect, it } from 'vitest';
import { armLine, armLineIn } from '../../../harness/cli/prove/arm-line.ts';
import type { ProofArm } from '../../../harness/domain/proof.ts';

const arm: ProofArm = {
  ...{ variant: 'orders', arm: 'first, then all', kind: 'decoy', expected: 'fail', outcome: 'fail' },
  ...{ results: [], reasons: [], seconds: 14, ok: true },
};

describe('what another process says of an arm', () => {
  it.each([' 3/7, about 1 min 20 s left', ' 3/7, time is up', ' 7/7', ''])(
    'is found without what is left there (%s)',
    (left) => {
      expect(armLineIn(`  ${armLine(arm)}${left}`)).toBe(armLine(arm));
    },
  );

  it('is found where it is painted', () => {
    expect(armLineIn(`  ${armLine(arm)} \u001b[2m3/7, about 20 s left\u001b[22m`)).toBe(armLine(arm));
  });

  it('is not what it says of anything else', () => {
    expect(armLineIn('search-leak: Somebody else in the list 3/7')).toBeUndefined();
  });
});
