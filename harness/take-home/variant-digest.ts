import { createHash } from 'node:crypto';

/** A variant in a take-home, for those who know the variants' names. */
export function variantDigest(canary: string, variant: string): string {
  return createHash('sha256').update(`${canary}\0${variant}`).digest('hex').slice(0, 16);
}
