import { expect, it } from 'vitest';
import { inTurns } from '../../../harness/bench/in-turns.ts';

it('lets arms take turns, every other round backwards, and leaves the first round out', async () => {
  const turns: string[] = [];
  const arm = (name: string) => async () => {
    turns.push(name);
    return turns.length;
  };
  const rounds = await inTurns(2, { ours: arm('ours'), theirs: arm('theirs') });
  expect(turns).toEqual(['ours', 'theirs', 'theirs', 'ours', 'ours', 'theirs']);
  expect(rounds).toEqual([
    { theirs: 3, ours: 4 },
    { ours: 5, theirs: 6 },
  ]);
});
