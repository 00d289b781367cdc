import type { Measurement } from './bench.ts';

/** Where results come from. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly platform: string;
  /** Runnable processes averaged over the last minute, before the benches: above the number of cores the figures are not to be trusted. */
  readonly loadBefore: number;
  /** Of the source; ends with a plus sign when files differ from it. */
  readonly commit: string | undefined;
  /** By program; `missing` where one to compare with is not there. */
  readonly versions: Readonly<Record<string, string>>;
}

export interface BenchResult {
  readonly name: string;
  readonly about: string;
  readonly measurements: readonly Measurement[];
  /** Why nothing could be measured. */
  readonly problem?: string;
}

/** What a run of benches found. */
export interface Results {
  /** RFC 3339. */
  readonly at: string;
  readonly machine: Machine;
  readonly benches: readonly BenchResult[];
}

/** What became of a promise. */
export type Standing = 'met' | 'missed' | 'inconclusive';

export function standingOf({ ok, inconclusive }: Measurement): Standing {
  if (inconclusive) return 'inconclusive';
  return ok ? 'met' : 'missed';
}
