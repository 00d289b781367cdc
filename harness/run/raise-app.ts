import { environmentError } from '../domain/errors.ts';
import type { LoadEngine, PreparedLoad } from '../domain/load.ts';
import type { ScenarioPlan } from '../domain/scenario.ts';
import type { LoadPlan } from '../domain/workload.ts';
import { readMigrations } from '../services/company/migrations.ts';
import type { BootedSandbox } from './boot.ts';
import type { AppBuild } from './build-app.ts';
import { prepareLoadPlan } from './load-plan.ts';
import { runSetUp } from './run-set-up.ts';

export interface RaiseOptions {
  readonly sandbox: BootedSandbox;
  readonly plan: ScenarioPlan;
  readonly build: AppBuild;
  readonly seed: number;
}

/** Fresh database, set-up data, migrations, processes; and the workload's pools, drawn from that database. */
export async function raiseApp(options: RaiseOptions): Promise<LoadPlan> {
  const loadPlan = await raiseDatabase(options);
  await options.sandbox.app.start(options.build);
  return loadPlan;
}

/**
 * As `raiseApp`, and a load that waits for its start: it gets ready while the processes do. Throws `ENGINE_DECLINED` when the engine can't run it.
 */
export async function raiseAppAndLoad(
  options: RaiseOptions & { readonly engine: LoadEngine },
): Promise<{ readonly loadPlan: LoadPlan; readonly load: PreparedLoad }> {
  const { sandbox, build, engine } = options;
  const loadPlan = await raiseDatabase(options);
  const refusal = await engine.declines(loadPlan);
  if (refusal !== undefined)
    throw environmentError('ENGINE_DECLINED', `The ${engine.name} engine can't run this load: ${refusal}`);
  const [load, app] = await Promise.allSettled([engine.prepare(loadPlan, sandbox.app.entry), sandbox.app.start(build)]);
  if (load.status === 'rejected') throw load.reason;
  if (app.status === 'rejected') {
    await load.value.discard();
    throw app.reason;
  }
  return { loadPlan, load: load.value };
}

async function raiseDatabase({ sandbox, plan, build, seed }: RaiseOptions): Promise<LoadPlan> {
  await sandbox.reset();
  await runSetUp(sandbox, plan.setUp ?? []);
  if (await bringsMigrations(build)) await sandbox.app.migrate(build);
  return prepareLoadPlan(plan, { databaseUrl: sandbox.postgres.readerUrl, seed });
}

/** Whether a build has migrations that a fresh database has not seen. Its migrator would find that out, too, but takes as long to start as the app. */
async function bringsMigrations({ migrations }: AppBuild): Promise<boolean> {
  const [own, applied] = await Promise.all([readMigrations(migrations), readMigrations()]);
  const digest = (list: typeof own) => list.map(({ name, checksum }) => `${name} ${checksum}`).join('\n');
  return digest(own) !== digest(applied);
}
