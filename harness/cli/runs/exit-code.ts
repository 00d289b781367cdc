import { ExitCode } from '../../domain/errors.ts';
import type { Outcome } from '../../domain/verdict.ts';
import type { RunSummary } from '../../reports/run-summary.ts';

const exitCodes: Readonly<Record<Outcome, ExitCode>> = {
  pass: ExitCode.ok,
  fail: ExitCode.objectivesNotMet,
  inconclusive: ExitCode.environment,
};

/** The exit code of a verdict. */
export function exitCodeOfOutcome(outcome: Outcome): ExitCode {
  return exitCodes[outcome];
}

/** The exit code of a run: of its verdict; without one, 99 when the objectives were broken when last judged, 0 when met, 3 when never judged. */
export function exitCodeOf({ outcome, objectivesMet }: RunSummary): ExitCode {
  if (outcome !== undefined) return exitCodes[outcome];
  if (objectivesMet === undefined) return ExitCode.environment;
  return objectivesMet ? ExitCode.ok : ExitCode.objectivesNotMet;
}
