import type { Evidence } from '../domain/evidence.ts';
import type { Judgement } from '../domain/game-day.ts';

/** One play of one version. Without evidence: it did not get so far as to be measured. */
export interface Play {
  readonly judgement: Judgement;
  readonly evidence?: Evidence;
}
