import type { Check } from '../domain/verdict.ts';
import { nothingCounted } from './nothing-counted.ts';

/**
 * No search shows anything that belongs to another tenant, whatever is searched for.
 * @param options.fault the fault that searches; default `tenant-searches`
 */
export function tenantsApart(options: { readonly fault?: string; readonly name?: string } = {}): Check {
  return nothingCounted({
    name: options.name ?? 'tenants-apart',
    claim: 'no search shows anything of another tenant',
    fault: options.fault ?? 'tenant-searches',
    finding: 'foreignValues',
    tries: 'searches',
    wrong: 'showed what belongs to others',
  });
}
