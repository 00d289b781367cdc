import type { PlanSeen } from '../domain/evidence.ts';
import type { Sandbox } from '../domain/sandbox.ts';
import type { LoadPlan } from '../domain/workload.ts';
import { recordPlans } from './plans.ts';
import { surveyApp } from './survey.ts';

/** Far more than the requests of a workload cause. */
const most = 100;

/**
 * How the database runs the statements of each request that is sent alone, however quick they are: the slowest plan of each. Rejects where plans can't be recorded.
 */
export async function surveyPlans(sandbox: Sandbox, plan: LoadPlan): Promise<readonly PlanSeen[]> {
  const recorder = await recordPlans(sandbox, { fromMs: 0, share: 1, most });
  try {
    await surveyApp(sandbox, plan, { repetitions: 2 });
    return await recorder.cut();
  } finally {
    await recorder.stop();
  }
}
