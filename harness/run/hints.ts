import { usageError } from '../domain/errors.ts';
import type { Journal } from '../domain/journal.ts';
import type { Scenario } from '../domain/scenario.ts';
import { readHint } from './scenario-files.ts';

const defaultCosts = [5, 10, 20] as const;

export interface Hints {
  taken(): number;
  left(): number;
  /** What the next one costs; undefined when none is left. */
  nextCost(): number | undefined;
  /** Reveals the next hint and journals its cost. Throws `NO_HINT_LEFT`. */
  take(): Promise<{ readonly number: number; readonly cost: number; readonly text: string }>;
}

/** The hints of one game day. */
export function createHints(scenario: Scenario, journal: Journal): Hints {
  const costs = scenario.definition.hintCosts ?? defaultCosts;
  let taken = 0;
  return {
    taken: () => taken,
    left: () => costs.length - taken,
    nextCost: () => costs[taken],
    async take() {
      const cost = costs[taken];
      if (cost === undefined)
        throw usageError('NO_HINT_LEFT', `All ${costs.length} hints are taken.`, '`gameday report` shows them again.');
      const number = ++taken;
      const text = await readHint(scenario, number);
      journal.write({ type: 'hint.taken', hint: number, cost });
      return { number, cost, text };
    },
  };
}
