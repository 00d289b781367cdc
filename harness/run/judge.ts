import type { Evidence } from '../domain/evidence.ts';
import type { Judgement } from '../domain/game-day.ts';
import type { ScenarioPlan } from '../domain/scenario.ts';
import { type Check, type CheckResult, overall } from '../domain/verdict.ts';
import { saturation } from '../engines/load-reading.ts';

/** Judges one version of the app: every objective, and whether the measurement can be trusted at all. Pure. */
export function judge(plan: Pick<ScenarioPlan, 'objectives' | 'timeline'>, evidence: Evidence): Judgement {
  const reasons = doubts(plan, evidence);
  const results = judgeChecks(plan.objectives, evidence);
  // An untrustworthy measurement is nobody's failure, whatever its checks say.
  return { outcome: reasons.length > 0 ? 'inconclusive' : overall(results), results, reasons };
}

/** Judges a list of checks; one that throws is inconclusive with the error, never the participant's failure. */
export function judgeChecks(checks: readonly Check[], evidence: Evidence): readonly CheckResult[] {
  return checks.map((check) => {
    try {
      return { check: check.name, claim: check.claim, ...check.judge(evidence) };
    } catch (error) {
      return {
        check: check.name,
        claim: check.claim,
        outcome: 'inconclusive',
        summary: `the check itself failed: ${error}`,
        figures: [],
      };
    }
  });
}

/** Whether the objectives are met; undefined when none is missed but some only because a busy machine may have made them late. */
export function objectivesMet(results: readonly CheckResult[]): boolean | undefined {
  if (results.some((result) => result.outcome === 'fail')) return false;
  return results.some((result) => result.excused) ? undefined : true;
}

/** Why this evidence can't be trusted as a whole: load that was not sent, faults that did not fire. */
function doubts(plan: Pick<ScenarioPlan, 'timeline'>, { phases, faults }: Evidence): readonly string[] {
  const reasons: string[] = [];
  const load = phases.incident.load;
  if (!load.ok) reasons.push(`the load engine has no figures: ${load.reason}`);
  else {
    if (load.value.intended === 0) reasons.push('the load engine sent nothing during the incident');
    const late = saturation(load.value);
    if (late !== undefined) reasons.push(late);
    if (load.value.exhausted > 0)
      reasons.push(`the load engine ran out of rows to use once (${load.value.exhausted} arrivals skipped)`);
  }
  for (const fault of faults) {
    if (fault.problem !== undefined) reasons.push(`fault ${fault.name} did not work: ${fault.problem}`);
    else if (fault.witness === undefined) reasons.push(`fault ${fault.name} was injected but nobody saw it`);
  }
  if (faults.length < plan.timeline.length)
    reasons.push(`${plan.timeline.length - faults.length} faults of the timeline were never injected`);
  return reasons;
}
