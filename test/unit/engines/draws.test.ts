import { describe, expect, it } from 'vitest';
import { seededNumbers } from '../../../harness/domain/random.ts';
import type { Draw } from '../../../harness/domain/workload.ts';
import { createPoolDraws, inTurn, rowPosition } from '../../../harness/engines/draws.ts';

const rows = Array.from({ length: 100 }, (_, id) => ({ id }));
const pool = (draw: Draw, seed = 1) =>
  createPoolDraws(rowPosition(draw, rows.length, seededNumbers(seed, 'test'), inTurn()), rows.length);
const times = (count: number, draws: ReturnType<typeof pool>, from = 1) =>
  Array.from({ length: count }, (_, index) => rows[draws.position(from + index)]?.id);

function counts(ids: readonly (number | undefined)[]): number[] {
  const result = new Array<number>(rows.length).fill(0);
  for (const id of ids) result[id!]!++;
  return result;
}

describe('createPoolDraws', () => {
  it('draws the same rows for the same seed, and others for another', () => {
    for (const draw of ['uniform', 'zipf'] as const) {
      expect(times(50, pool(draw))).toEqual(times(50, pool(draw)));
      expect(times(50, pool(draw))).not.toEqual(times(50, pool(draw, 2)));
    }
  });

  it('uniform: every row equally often', () => {
    const drawn = counts(times(100_000, pool('uniform')));
    // 1000 expected each, standard deviation 32: five of them.
    expect(Math.min(...drawn)).toBeGreaterThan(840);
    expect(Math.max(...drawn)).toBeLessThan(1160);
  });

  it('zipf: row k with probability 1/(k H), H being the sum of 1/1 to 1/100', () => {
    const draws = 200_000;
    const drawn = counts(times(draws, pool('zipf')));
    const harmonic = rows.reduce((sum, _, index) => sum + 1 / (index + 1), 0);
    for (const rank of [1, 2, 3, 10, 50, 100]) {
      const expected = draws / (rank * harmonic);
      expect(Math.abs(drawn[rank - 1]! - expected)).toBeLessThan(5 * Math.sqrt(expected));
    }
  });

  it('once: in order, then nothing more', () => {
    const once = pool('once');
    expect(times(100, once)).toEqual(rows.map(({ id }) => id));
    expect(times(1, once)).toEqual([undefined]);
    expect(once.distinct()).toBe(100);
  });

  it('counts distinct rows since the last mark', () => {
    const uniform = pool('uniform');
    const first = times(60, uniform);
    expect(uniform.distinct()).toBe(new Set(first).size);
    uniform.mark();
    expect(uniform.distinct()).toBe(0);
    const second = times(60, uniform, 61);
    expect(uniform.distinct()).toBe(new Set(second).size);
  });
});
