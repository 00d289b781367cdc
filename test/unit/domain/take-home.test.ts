import { describe, expect, it } from 'vitest';
import { variantFor } from '../../../harness/domain/take-home.ts';

const variants = ['items', 'shipments', 'events'];

describe('the variant of a candidate', () => {
  it('is always the same', () => {
    expect(variantFor('2026-041', 'slow', variants)).toBe(variantFor('2026-041', 'slow', variants));
  });

  it.each(['2026-0', 'ada', 'c.'])('differs between neighbours of a list numbered %s…', (stem) => {
    for (let number = 1; number < 60; number++) {
      const [one, next] = [number, number + 1].map((n) => variantFor(`${stem}${n}`, 'slow', variants));
      expect(one, `${stem}${number}`).not.toBe(next);
    }
  });

  it('is drawn from all variants, also for names without a number', () => {
    const names = [...'abcdefghijklmnopqrstuvwxyz'].map((letter) => `${letter}nn`);
    expect(new Set(names.map((name) => variantFor(name, 'slow', variants)))).toEqual(new Set(variants));
  });

  it('is the only one where there is only one, however long the number', () => {
    expect(variantFor('2026112600000000000000000001', 'one', ['default'])).toBe('default');
  });
});
