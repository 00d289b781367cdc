import type { PhaseName } from '../domain/evidence.ts';
import type { Check } from '../domain/verdict.ts';
import { defineCheck, inconclusive, required, verdict } from './define-check.ts';

/**
 * At most `atMost` statements (default 0) of the app that read or write had to wait for a lock on a table for longer than `overMs` milliseconds, by
 * samples of the server's own list of locks. They are counted: a busy machine makes no more of them.
 */
export function heldUp(objective: {
  readonly overMs: number;
  readonly atMost?: number;
  readonly during?: PhaseName;
  readonly name?: string;
}): Check {
  const { overMs, atMost = 0, during = 'incident', name = 'held-up' } = objective;
  return defineCheck({
    name,
    claim: `at most ${atMost} statements wait longer than ${overMs} ms for a lock on a table in the ${during} phase`,
    judge({ phases }) {
      const { heldUp: seen } = required(phases[during].activity, 'the activity of the database');
      if (seen === undefined) return inconclusive('nobody looked at the locks');
      const held = seen.waitsMs.filter((ms) => ms > overMs).length;
      const longest = Math.round(seen.waitsMs[0] ?? 0);
      return verdict(
        held <= atMost,
        `${held} statements waited longer than ${overMs} ms for a lock on a table, the longest ${longest} ms; at most ${atMost} may`,
        [
          { label: 'held up', value: held, bound: atMost, unit: 'statements' },
          { label: 'longest', value: longest, bound: overMs, unit: 'ms' },
          { label: 'at once', value: seen.atOnce, unit: 'statements' },
        ],
      );
    },
  });
}
