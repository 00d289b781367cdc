import { existsSync, readdirSync } from 'node:fs';
import { usageError } from '../domain/errors.ts';
import type { Scenario } from '../domain/scenario.ts';
import type { Rate } from '../domain/workload.ts';
import { exportK6 } from '../engines/k6/export-k6.ts';
import { removeTemporaryDirectory, temporaryDirectory } from '../platform/files.ts';
import { startCompanyDatabase } from '../services/company/company-database.ts';
import { prepareLoadPlan } from './load-plan.ts';
import { planOf } from './plan-of.ts';
import { runSetUp } from './run-set-up.ts';

export interface ExportOptions {
  readonly scenario: Scenario;
  readonly variant?: string;
  /** Requests per second; default: the scenario's, and the lowest it may have where it depends on the machine. */
  readonly ratePerSecond?: number;
  readonly folder: string;
  readonly operator: boolean;
  readonly onStep?: (step: string, share?: number) => void;
}

const seed = 1;

/**
 * Writes a scenario's workload as a folder for k6. Its pools are drawn from the seeded company, whose database is started for that and stopped again.
 * Returns the names of the files. Throws `FOLDER_NOT_EMPTY`, `VARIANT_UNKNOWN`, `EXPORT_NEEDLESS` for a workload that is a script of k6 already, and
 * whatever starting the database throws.
 */
export async function exportLoad(options: ExportOptions): Promise<readonly string[]> {
  const { scenario, folder, operator, onStep = () => {} } = options;
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw usageError('FOLDER_NOT_EMPTY', `${folder} is not empty.`, 'Choose another folder with --out, or remove it.');
  const { plan, variant } = planOf(scenario, options.variant);
  const { workload } = plan;
  if (workload.k6 !== undefined)
    throw usageError('EXPORT_NEEDLESS', `${scenario.id} is a script of k6 already.`, `k6 run ${workload.k6.script}`);

  const directory = temporaryDirectory('export');
  try {
    const database = await startCompanyDatabase({
      directory,
      size: scenario.definition.size,
      onProgress: (share, label) => onStep(`PostgreSQL: ${label}`, share),
    });
    try {
      await runSetUp({ postgres: database }, plan.setUp ?? []);
      onStep('Drawing rows');
      const loadPlan = await prepareLoadPlan(plan, { databaseUrl: database.readerUrl, seed });
      return await exportK6(folder, {
        name: scenario.variants.length > 1 ? `${scenario.id}-${variant}` : scenario.id,
        title: scenario.definition.title,
        plan: loadPlan,
        ratePerSecond: options.ratePerSecond ?? lowestRate(workload.rate),
        stages: plan.incidentRate,
        operator,
      });
    } finally {
      await database.stop();
    }
  } finally {
    removeTemporaryDirectory(directory);
  }
}

function lowestRate(rate: Rate): number {
  return 'perSecond' in rate ? rate.perSecond : rate.atLeast;
}
