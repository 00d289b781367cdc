import type { Check } from '../domain/verdict.ts';
import { nothingCounted } from './nothing-counted.ts';

/**
 * Every decision about a permission is the one that the company's rules ask for.
 * @param options.fault the fault that asks for decisions; default `answer-audit`
 */
export function answersMatch(options: { readonly fault?: string; readonly name?: string } = {}): Check {
  return nothingCounted({
    name: options.name ?? 'answers-match',
    claim: 'every decision about a permission is the one that the rules ask for',
    fault: options.fault ?? 'answer-audit',
    finding: 'wrongDecisions',
    tries: 'decisions',
    wrong: 'were not as the rules ask',
  });
}
