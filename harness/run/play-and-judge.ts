import { GamedayError } from '../domain/errors.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Judgement } from '../domain/game-day.ts';
import { writeFileAtomic } from '../platform/files.ts';
import { judge } from './judge.ts';
import { type ArmOptions, playArm } from './play-arm.ts';

/** One play of one version. Without evidence: it did not get so far as to be measured. */
export interface Play {
  readonly judgement: Judgement;
  readonly evidence?: Evidence;
}

/** Refusals that are the app's own: it can't be built up at all. */
const appRefusals = new Set(['MIGRATION_FAILED', 'APP_UNHEALTHY']);

/**
 * Plays one version of the app and judges it; the evidence is kept as JSON in `evidenceFile`. An app whose migrations fail or that does not get ready
 * has failed. Throws what playing throws for any other reason: that is not the app's doing.
 */
export async function playAndJudge(options: ArmOptions, evidenceFile: string): Promise<Play> {
  let evidence: Evidence;
  try {
    evidence = await playArm(options);
  } catch (error) {
    if (!(error instanceof GamedayError && appRefusals.has(error.code))) throw error;
    return { judgement: didNotStart(error.message) };
  }
  writeFileAtomic(evidenceFile, JSON.stringify(evidence, null, 1));
  return { judgement: judge(options.plan, evidence), evidence };
}

function didNotStart(summary: string): Judgement {
  const result = {
    check: 'app-starts',
    claim: 'The app migrates its database and starts',
    outcome: 'fail',
    summary,
    figures: [],
  } as const;
  return { outcome: 'fail', results: [result], reasons: [] };
}
