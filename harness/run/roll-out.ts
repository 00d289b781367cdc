import { GamedayError } from '../domain/errors.ts';
import type { RollOutRecord } from '../domain/evidence.ts';
import type { Journal } from '../domain/journal.ts';
import { atTheLatest } from '../platform/clock.ts';
import type { SupervisedFleet } from './app-fleet.ts';
import type { AppBuild } from './build-app.ts';

/** Refusals that are the new version's own. */
const refusals = { MIGRATION_FAILED: 'migrate', APP_UNHEALTHY: 'health' } as const;

/**
 * Deploys a version as `gameday deploy` does, migrations first, then process by process, and tells how that went; a version that does not come up is told, too.
 * Migrations that are not through after `within` seconds are ended. Throws for any other reason than the version's own.
 */
export async function rollOut(
  {
    fleet,
    build,
    journal,
    within,
  }: {
    readonly fleet: SupervisedFleet;
    readonly build: AppBuild;
    readonly journal: Journal;
    readonly within: number;
  },
  signal: AbortSignal,
): Promise<RollOutRecord> {
  const startedAt = Date.now();
  journal.write({ type: 'roll-out.started' });
  const told = (outcome: Pick<RollOutRecord, 'migrations' | 'refused'>): RollOutRecord => {
    const endedAt = Date.now();
    journal.write({ type: 'roll-out.ended', seconds: (endedAt - startedAt) / 1_000, ...outcome });
    return { startedAt, endedAt, ...outcome };
  };
  let migrations: readonly string[] = [];
  try {
    migrations = await fleet.migrate(build, atTheLatest(within * 1_000, signal));
    await fleet.roll(build);
    return told({ migrations });
  } catch (error) {
    signal.throwIfAborted();
    const stage = error instanceof GamedayError && refusals[error.code as keyof typeof refusals];
    if (!stage) throw error;
    return told({ migrations, refused: { stage, problem: error.message } });
  }
}
