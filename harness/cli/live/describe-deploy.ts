import type { DeployResult } from '../../domain/game-day.ts';
import type { Harm } from '../../domain/harm.ts';
import { describeHarm } from '../../reports/describe-harm.ts';
import { formatDuration, outcomeSigns } from '../../reports/format.ts';
import { plainText } from '../../reports/plain-text.ts';

/** What came of a deploy, for people. */
export function describeDeploy({ deploy, ok, seconds, migrations, stage, problem, harm }: DeployResult): string {
  const took = formatDuration(seconds * 1000);
  if (ok) {
    const migrated = migrations.length === 0 ? 'no new migrations' : `migrations: ${migrations.join(', ')}`;
    return `${outcomeSigns.pass} Deploy ${deploy} is live after ${took} (${migrated}).${meanwhile(harm)}`;
  }
  return `${outcomeSigns.fail} Deploy ${deploy} was refused at ${stage} after ${took}; the old version keeps serving.${meanwhile(harm)}\n${plainText(problem ?? '').trimEnd()}`;
}

function meanwhile(harm: Harm | undefined): string {
  return harm === undefined ? '' : `\n  Meanwhile ${describeHarm(harm)}.`;
}
