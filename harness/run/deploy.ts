import { join } from 'node:path';
import { GamedayError, messageOf } from '../domain/errors.ts';
import type { DeployResult } from '../domain/game-day.ts';
import type { Journal, JournalEvent } from '../domain/journal.ts';
import { harmOf } from '../reports/roll-out-harm.ts';
import type { SupervisedFleet } from './app-fleet.ts';
import { buildApp } from './build-app.ts';

export interface Deployer {
  /** Builds the workspace, applies its new migrations, rolls the replicas. Refusals are results, with the old version still serving. */
  deploy(): Promise<DeployResult>;
  /** How many deploys were tried. */
  count(): number;
}

/** Deploys one workspace to one fleet; `buildDirectory` gets a folder per deploy. Deploys are done one after the other. */
export function createDeployer({
  workspace,
  buildDirectory,
  fleet,
  journal,
}: {
  workspace: string;
  buildDirectory: string;
  fleet: () => SupervisedFleet;
  journal: Journal;
}): Deployer {
  let deploys = 0;
  let last: Promise<unknown> = Promise.resolve();

  async function deployNow(): Promise<DeployResult> {
    const deploy = ++deploys;
    const started = performance.now();
    const seconds = () => Math.round(performance.now() - started) / 1_000;
    journal.write({ type: 'deploy.started', deploy });
    const since: JournalEvent[] = [];
    const unfollow = journal.follow((event) => void since.push(event));
    const harm = () => {
      const done = harmOf(since);
      return done.seconds > 0 ? { harm: done } : {};
    };
    let stage: NonNullable<DeployResult['stage']> = 'build';
    let migrations: readonly string[] = [];
    try {
      const build = await buildApp(workspace, join(buildDirectory, String(deploy)));
      stage = 'migrate';
      migrations = await fleet().migrate(build);
      stage = 'health';
      await fleet().roll(build);
      journal.write({ type: 'deploy.finished', deploy, seconds: seconds(), migrations });
      return { deploy, ok: true, seconds: seconds(), migrations, ...harm() };
    } catch (error) {
      if (!(error instanceof GamedayError)) throw error;
      const problem = messageOf(error);
      journal.write({ type: 'deploy.failed', deploy, stage, problem });
      return { deploy, ok: false, seconds: seconds(), migrations, stage, problem, ...harm() };
    } finally {
      unfollow();
    }
  }

  return {
    deploy() {
      const next = last.then(deployNow, deployNow);
      last = next;
      return next;
    },
    count: () => deploys,
  };
}
