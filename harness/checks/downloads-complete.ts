import type { Check } from '../domain/verdict.ts';
import { nothingCounted } from './nothing-counted.ts';

/**
 * Every file arrives whole, in time.
 * @param options.fault the fault that downloads; default `downloads`
 */
export function downloadsComplete(options: { readonly fault?: string; readonly name?: string } = {}): Check {
  return nothingCounted({
    name: options.name ?? 'downloads-complete',
    claim: 'every file that customers download arrives whole',
    fault: options.fault ?? 'downloads',
    finding: 'incomplete',
    tries: 'downloads',
    wrong: 'did not arrive whole and in time',
  });
}
