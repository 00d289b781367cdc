import type { Check } from '../domain/verdict.ts';
import { nothingCounted } from './nothing-counted.ts';

/**
 * Ordinary searches find all that contains what was searched for and nothing else, whatever characters it has.
 * @param options.fault the fault that searches; default `tenant-searches`
 */
export function searchesFind(options: { readonly fault?: string; readonly name?: string } = {}): Check {
  return nothingCounted({
    name: options.name ?? 'searches-find',
    claim: 'searches find what contains the words, whatever characters they have',
    fault: options.fault ?? 'tenant-searches',
    finding: 'misses',
    tries: 'searches',
    wrong: 'did not find just what they should',
  });
}
